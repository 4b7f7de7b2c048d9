import { parseArgs } from 'node:util'
import type { Operations } from '../../client/src/operations.ts'
import { retryableStates } from '../../shared/domain/stores/rollouts.ts'
import { readText } from '../deploy/read-text.ts'
import { messageOf } from '../deploy/words.ts'

export const usage = `usage: npm run rollout -- start --template ID --version V --description TEXT
           (--all | --appids A,B | --appids-file FILE | --attribute NAME=VALUE … | --live-version V)
           [--name TEXT] [--waves 10,50,100] [--next-wave-when approved|released] [--max-failures N] [--quota-reserve N]
           [--auto-release] [--no-submit] [--ext FILE.json] [--setup FILE.json] [--key IDEMPOTENCY_KEY]
       npm run rollout -- watch | pause | resume | cancel | release | rollback ROLLOUT
       npm run rollout -- retry ROLLOUT [--state failed,rejected …] [--reason TEXT]
       any: [--no-wait] [--timeout MINUTES] [--every SECONDS]`

const verbs = ['pause', 'resume', 'cancel', 'release', 'rollback', 'retry'] as const

type Verb = (typeof verbs)[number]

export interface Watching {
  /** Stay until it ends, or needs somebody. */
  readonly wait: boolean
  readonly timeoutMs: number | undefined
  readonly everyMs: number | undefined
}

export type RolloutCommand = Watching &
  (
    | {
        readonly kind: 'start'
        readonly input: Operations['rollouts.create']['input']
        readonly key: string | undefined
      }
    | { readonly kind: 'watch'; readonly rolloutId: string }
    | {
        readonly kind: 'steer'
        readonly operation: `rollouts.${Verb}`
        readonly input: Operations['rollouts.retry']['input']
      }
  )

/** An option that was not understood. */
export class BadCommand extends Error {
  override readonly name = 'BadCommand'
}

const options = {
  template: { type: 'string' },
  version: { type: 'string' },
  description: { type: 'string' },
  name: { type: 'string' },
  all: { type: 'boolean' },
  appids: { type: 'string' },
  'appids-file': { type: 'string' },
  attribute: { type: 'string', multiple: true },
  'live-version': { type: 'string' },
  waves: { type: 'string' },
  'next-wave-when': { type: 'string' },
  'max-failures': { type: 'string' },
  'quota-reserve': { type: 'string' },
  'auto-release': { type: 'boolean' },
  'no-submit': { type: 'boolean' },
  ext: { type: 'string' },
  setup: { type: 'string' },
  key: { type: 'string' },
  state: { type: 'string' },
  reason: { type: 'string' },
  'no-wait': { type: 'boolean' },
  timeout: { type: 'string' },
  every: { type: 'string' },
} as const

const parse = (args: string[]) => parseArgs({ args, allowPositionals: true, options })

type Given = ReturnType<typeof parse>['values']

/** Whether the values make sense is for the platform to say: it knows the rules. */
export async function readCommand(args: string[]): Promise<RolloutCommand> {
  const { values, positionals } = attempt(() => parse(args))
  const [word = '', rolloutId, ...more] = positionals
  const watching: Watching = {
    wait: values['no-wait'] !== true,
    timeoutMs: times(numberIn('timeout', values.timeout), 60_000),
    everyMs: times(numberIn('every', values.every), 1000),
  }
  if (more.length > 0) throw new BadCommand(`one rollout at a time: ${more.join(' ')} is too much`)
  if (word === 'start') {
    if (rolloutId !== undefined) throw new BadCommand(`start takes no ${rolloutId}`)
    return { kind: 'start', input: await planOf(values), key: values.key, ...watching }
  }
  const verb = verbs.find((one) => one === word)
  if (word !== 'watch' && !verb) throw new BadCommand(word === '' ? 'say what to do' : `unknown command ${word}`)
  if (rolloutId === undefined) throw new BadCommand(`${word} takes the rolloutId`)
  if (!verb) return { kind: 'watch', rolloutId, ...watching }
  const states = values.state?.split(',').filter((state) => isRetryable(state))
  if (values.state !== undefined && states?.length !== values.state.split(',').length)
    throw new BadCommand(`--state takes ${retryableStates.join(', ')}`)
  const group = { ...(states && { states }), ...(values.reason !== undefined && { reason: values.reason }) }
  return { kind: 'steer', operation: `rollouts.${verb}`, input: { rolloutId, ...group }, ...watching }
}

const isRetryable = (state: string): state is (typeof retryableStates)[number] =>
  retryableStates.some((one) => one === state)

async function planOf(given: Given): Promise<Operations['rollouts.create']['input']> {
  const { template, version, description } = given
  const templateId = numberIn('template', template)
  if (templateId === undefined || version === undefined || description === undefined)
    throw new BadCommand('start needs --template, --version and --description')
  const when = given['next-wave-when']
  if (when !== undefined && when !== 'approved' && when !== 'released')
    throw new BadCommand('--next-wave-when takes approved or released')
  const waves = given.waves?.split(',').map((part) => numberIn('waves', part) ?? Number.NaN)
  const maxFailures = numberIn('max-failures', given['max-failures'])
  const quotaReserve = numberIn('quota-reserve', given['quota-reserve'])
  return {
    name: given.name ?? `${version} (${description})`.slice(0, 128),
    templateId,
    version,
    description,
    ...(await choiceOf(given)),
    ...(waves && { waves }),
    ...(when && { nextWaveWhen: when }),
    ...(maxFailures !== undefined && { maxFailures }),
    ...(quotaReserve !== undefined && { quotaReserve }),
    ...(given['auto-release'] && { autoRelease: true }),
    ...(given['no-submit'] && { autoSubmit: false }),
    ...(given.ext !== undefined && { ext: await jsonIn(given.ext) }),
    ...(given.setup !== undefined && { setup: await jsonIn(given.setup) }),
  }
}

async function choiceOf(
  given: Given,
): Promise<Pick<Operations['rollouts.create']['input'], 'all' | 'appids' | 'filter'>> {
  const named = given.appids ?? (given['appids-file'] && (await textIn(given['appids-file'])))
  const pairs = (given.attribute ?? []).map((pair): [string, string] => {
    const at = pair.indexOf('=')
    if (at < 1) throw new BadCommand(`--attribute takes NAME=VALUE, not ${pair}`)
    return [pair.slice(0, at), pair.slice(at + 1)]
  })
  const liveVersion = given['live-version']
  const isFiltered = pairs.length > 0 || liveVersion !== undefined
  if ([given.all, named, isFiltered].filter(Boolean).length !== 1)
    throw new BadCommand('say to whom: --all, --appids, --appids-file, or --attribute and --live-version')
  if (given.all) return { all: true }
  if (named) return { appids: named.split(/[\s,]+/).filter((appid) => appid !== '') }
  return {
    filter: {
      ...(pairs.length > 0 && { attributes: Object.fromEntries(pairs) }),
      ...(liveVersion !== undefined && { liveVersion }),
    },
  }
}

function numberIn(name: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined
  if (!/^\d+(?:\.\d+)?$/.test(text)) throw new BadCommand(`--${name} takes a number, not ${text}`)
  return Number(text)
}

const times = (value: number | undefined, factor: number): number | undefined =>
  value === undefined ? undefined : value * factor

const textIn = (file: string): Promise<string> =>
  readText(file).catch((error: unknown) => {
    throw new BadCommand(messageOf(error))
  })

async function jsonIn(file: string): Promise<Record<string, unknown>> {
  const text = await textIn(file)
  const parsed: unknown = attempt(() => JSON.parse(text))
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed))
    throw new BadCommand(`${file} must hold a JSON object`)
  return { ...parsed }
}

function attempt<T>(work: () => T): T {
  try {
    return work()
  } catch (error) {
    throw new BadCommand(messageOf(error))
  }
}
