import { parseArgs } from 'node:util'
import { messageOf } from '../deploy/words.ts'

/** What is asked of the platform, as its own operations are. */
export interface OperationCommand {
  readonly operation: string
  readonly input: object
  readonly local: string | undefined
}

/** What is done on the database itself. */
export interface DataCommand {
  readonly work: 'export' | 'check' | 'import' | 'reseal'
  readonly file: string
  readonly merge: boolean
  readonly local: string | undefined
}

/** What takes the platform's operations several calls. */
export interface ErrandCommand {
  readonly errand: 'adopt' | 'sync'
  readonly file: string
  readonly dryRun: boolean
  readonly local: string | undefined
}

export type AdminCommand = OperationCommand | DataCommand | ErrandCommand

export const adminUsage = `usage: npm run admin -- list | put ID ROLE [NAME] | delete ID | keys | key NAME ROLE [EXPIRES] | revoke KEYID
                     | adopt FILE [--dry-run] | sync | export FILE | check FILE | import FILE [--merge] | reseal   [--local URL]`

interface Form {
  readonly operation: string
  /** Names of the arguments in order; those with a `?` may be left out. */
  readonly takes: readonly string[]
  readonly fixed?: object
}

const forms: Readonly<Record<string, Form>> = {
  list: { operation: 'admins.list', takes: [], fixed: { limit: 100 } },
  put: { operation: 'admins.put', takes: ['id', 'role', 'name?'] },
  delete: { operation: 'admins.delete', takes: ['id'] },
  keys: { operation: 'apiKeys.list', takes: [], fixed: { limit: 100 } },
  key: { operation: 'apiKeys.create', takes: ['name', 'role', 'expiresAt?'] },
  revoke: { operation: 'apiKeys.revoke', takes: ['keyId'] },
}

const works: Readonly<Record<DataCommand['work'], readonly string[]>> = {
  export: ['file'],
  check: ['file'],
  import: ['file'],
  reseal: [],
}

const errands: Readonly<Record<ErrandCommand['errand'], readonly string[]>> = { adopt: ['file'], sync: [] }

export function readAdminCommand(args: string[]): AdminCommand | { readonly problem: string } {
  try {
    const options = {
      local: { type: 'string' },
      merge: { type: 'boolean' },
      'dry-run': { type: 'boolean' },
    } as const
    const { values, positionals } = parseArgs({ args, allowPositionals: true, options })
    const [word = '', ...given] = positionals
    const { local, merge = false, 'dry-run': dryRun = false } = values
    if (merge && word !== 'import') return { problem: '--merge is for import' }
    if (dryRun && word !== 'adopt') return { problem: '--dry-run is for adopt' }
    if (isErrand(word))
      return countProblem(word, errands[word], given) ?? { errand: word, file: given[0] ?? '', dryRun, local }
    if (isWork(word))
      return countProblem(word, works[word], given) ?? { work: word, file: given[0] ?? '', merge, local }
    const form = Object.hasOwn(forms, word) ? forms[word] : undefined
    if (!form) return { problem: word === '' ? 'say what to do' : `unknown command ${word}` }
    const named = given.map((value, index) => [form.takes[index]?.replace('?', ''), value])
    return (
      countProblem(word, form.takes, given) ?? {
        operation: form.operation,
        input: { ...form.fixed, ...Object.fromEntries(named) },
        local,
      }
    )
  } catch (error) {
    return { problem: messageOf(error) }
  }
}

const isErrand = (word: string): word is ErrandCommand['errand'] => Object.hasOwn(errands, word)
const isWork = (word: string): word is DataCommand['work'] => Object.hasOwn(works, word)

function countProblem(word: string, takes: readonly string[], given: readonly string[]) {
  const needed = takes.filter((name) => !name.endsWith('?')).length
  if (given.length >= needed && given.length <= takes.length) return undefined
  return { problem: `${word} takes ${takes.join(' ') || 'nothing'}` }
}
