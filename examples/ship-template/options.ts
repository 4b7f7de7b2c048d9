import { parseArgs } from 'node:util'
import type { Operations } from 'minifleet-client'

const usage =
  'ship --version V --description TEXT (--all | --appid WX… | --attribute NAME=VALUE) [--waves 10,50,100] [--max-failures N] [--auto-release] [--until submitted|done] [--timeout MINUTES] [--every SECONDS]'

export class CannotShip extends Error {}

const wrong = (message: string, cause?: unknown): CannotShip => new CannotShip(`${message}\n${usage}`, { cause })

type Rollout = Omit<Operations['rollouts.create']['input'], 'name' | 'templateId'>

export interface Options {
  /** Names this run; the same one goes on where it stopped. */
  readonly runId: string
  readonly rollout: Rollout
  readonly until: 'submitted' | 'done'
  readonly timeoutMs: number
  readonly everyMs: number
}

const options = {
  version: { type: 'string' },
  description: { type: 'string' },
  all: { type: 'boolean' },
  appid: { type: 'string', multiple: true },
  attribute: { type: 'string', multiple: true },
  waves: { type: 'string', default: '100' },
  'max-failures': { type: 'string' },
  'auto-release': { type: 'boolean', default: false },
  until: { type: 'string', default: 'submitted' },
  timeout: { type: 'string', default: '30' },
  every: { type: 'string', default: '15' },
} as const

export function readOptions(args: string[], env: NodeJS.ProcessEnv): Options {
  const { values } = parse(args)
  const { version, description, until } = values
  if (version === undefined || description === undefined) throw wrong('--version and --description are needed')
  if (until !== 'submitted' && until !== 'done') throw wrong('--until takes submitted or done')
  const maxFailures = values['max-failures']
  return {
    runId: env['CI_RUN_ID'] ?? version,
    rollout: {
      version,
      description,
      ...merchants(values),
      waves: values.waves.split(',').map(numberOf),
      autoRelease: values['auto-release'],
      ...(maxFailures !== undefined && { maxFailures: numberOf(maxFailures) }),
    },
    until,
    timeoutMs: numberOf(values.timeout) * 60_000,
    everyMs: numberOf(values.every) * 1000,
  }
}

function parse(args: string[]) {
  try {
    return parseArgs({ args, options })
  } catch (cause) {
    throw wrong(cause instanceof Error ? cause.message : String(cause), cause)
  }
}

function merchants({
  all,
  appid,
  attribute,
}: {
  all?: boolean
  appid?: string[]
  attribute?: string[]
}): Pick<Rollout, 'all' | 'appids' | 'filter'> {
  if ([all, appid, attribute].filter((choice) => choice !== undefined).length !== 1)
    throw wrong('Say to whom: --all, --appid or --attribute')
  if (appid) return { appids: appid }
  if (!attribute) return { all: true }
  const pairs = attribute.map((pair) => /^([^=]+)=(.*)$/.exec(pair) ?? [])
  return { filter: { attributes: Object.fromEntries(pairs.map(([, name = '', value = '']) => [name, value])) } }
}

function numberOf(text: string): number {
  if (!/^\d+(\.\d+)?$/.test(text)) throw wrong(`${text} is no number`)
  return Number(text)
}
