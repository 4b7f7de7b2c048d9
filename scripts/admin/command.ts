import { parseArgs } from 'node:util'
import { messageOf } from '../deploy/words.ts'

export interface AdminCommand {
  readonly operation: string
  readonly input: object
  readonly local: string | undefined
}

export const adminUsage = `usage: npm run admin -- list | put ID ROLE [NAME] | delete ID | keys | key NAME ROLE [EXPIRES] | revoke KEYID  [--local URL]`

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

export function readAdminCommand(args: string[]): AdminCommand | { readonly problem: string } {
  try {
    const { values, positionals } = parseArgs({ args, allowPositionals: true, options: { local: { type: 'string' } } })
    const [word = '', ...given] = positionals
    const form = Object.hasOwn(forms, word) ? forms[word] : undefined
    if (!form) return { problem: word === '' ? 'say what to do' : `unknown command ${word}` }
    const needed = form.takes.filter((name) => !name.endsWith('?')).length
    if (given.length < needed || given.length > form.takes.length)
      return { problem: `${word} takes ${form.takes.join(' ') || 'nothing'}` }
    const named = given.map((value, index) => [form.takes[index]?.replace('?', ''), value])
    return { operation: form.operation, input: { ...form.fixed, ...Object.fromEntries(named) }, local: values.local }
  } catch (error) {
    return { problem: messageOf(error) }
  }
}
