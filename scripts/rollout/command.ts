import { InvalidArgumentError, Option } from '@commander-js/extra-typings'
import type { Operations } from '../../client/src/operations.ts'
import { isRecord } from '../../shared/record.ts'
import { retryableStates, warningCodes, type WarningCode } from '../../shared/domain/stores/rollouts.ts'
import { anyNumber, commandLine, words } from '../command-line.ts'
import { readText } from '../deploy/read-text.ts'
import { messageOf } from '../deploy/words.ts'

const verbs = {
  pause: 'starts nothing new; reviews go on',
  resume: 'goes on after a pause',
  cancel: 'ends it; what was released stays',
  release: 'releases what is approved',
  rollback: 'puts the version before back online, wherever this one was released',
} as const

type Verb = keyof typeof verbs | 'retry'

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
        readonly rehearsal: 'text' | 'json' | undefined
      }
    | { readonly kind: 'watch'; readonly rolloutId: string }
    | {
        readonly kind: 'steer'
        readonly operation: `rollouts.${Verb}`
        readonly input: Operations['rollouts.retry']['input']
      }
  )

/** What was asked for makes no sense; the command was understood. */
export class BadCommand extends Error {
  override readonly name = 'BadCommand'
}

const pair = (text: string, before: Readonly<Record<string, string>> = {}): Readonly<Record<string, string>> => {
  const at = text.indexOf('=')
  if (at < 1) throw new InvalidArgumentError('It must be NAME=VALUE.')
  return { ...before, [text.slice(0, at)]: text.slice(at + 1) }
}

function instant(text: string): string {
  const at = Date.parse(text)
  if (Number.isNaN(at)) throw new InvalidArgumentError('It must be a time such as 2026-12-01T09:30:00+08:00.')
  return new Date(at).toISOString()
}

type Input = Operations['rollouts.create']['input']

function quietHours(text: string): NonNullable<Input['quietHours']> {
  const [, from = '', to = '', timeZone = ''] = /^([\d:]+)-([\d:]+)@(.+)$/.exec(text) ?? []
  if (timeZone === '') throw new InvalidArgumentError('It must be FROM-TO@ZONE.')
  return { from, to, timeZone }
}

const percents = (text: string): readonly number[] => text.split(',').map(anyNumber)

const someOf =
  <W extends string>(choices: readonly W[]) =>
  (text: string): readonly W[] =>
    text.split(',').map((word) => {
      const choice = choices.find((one) => one === word)
      if (!choice) throw new InvalidArgumentError(`It must be of ${choices.join(', ')}.`)
      return choice
    })

/** Whether the values make sense is for the platform to say: it knows the rules. */
export function rolloutCommand(act: (command: RolloutCommand) => Promise<void>) {
  const rollout = commandLine(
    'npm run rollout --',
    "Ships a template to many merchants over the platform's API and shows how far it is; for CI too. Needs PUBLIC_BASE_URL and MINIFLEET_API_KEY (an operator's; `npm run admin -- key ci operator`), from .env or the process environment. On a terminal a bar, elsewhere a line whenever something has changed. Stopping it stops nothing: the rollout runs on the platform. Exits with 0 when all is done (or waits for release), 1 when some failed or were rejected or the platform refused, 2 for a wrong command, 3 when the rollout is paused or cancelled, 4 when --timeout is over.",
    [
      'npm run rollout -- start --template 7 --version 1.4.0 --description 新首页 --all --dry-run',
      'npm run rollout -- start --template 7 --version 1.4.0 --description 新首页 --all --waves 5,30,100',
      'npm run rollout -- start --template 7 --version 1.4.0 --description 新首页 --attribute city=杭州 --auto-release',
      'npm run rollout -- retry ro-5f2c --state rejected --reason 缺少隐私说明',
    ],
  )
    .option('--no-wait', 'does not stay until it ends, or needs somebody')
    .option('--timeout <minutes>', 'stays no longer', anyNumber)
    .option('--every <seconds>', 'between two looks', anyNumber)
  const watching = (): Watching => {
    const { wait, timeout, every } = rollout.opts()
    return { wait, timeoutMs: timeout && timeout * 60_000, everyMs: every && every * 1000 }
  }
  const steer = (verb: Verb, input: Operations['rollouts.retry']['input']): Promise<void> =>
    act({ kind: 'steer', operation: `rollouts.${verb}`, input, ...watching() })

  rollout
    .command('start')
    .description('plans a rollout and follows it')
    .requiredOption('--template <id>', 'which template', anyNumber)
    .requiredOption('--version <v>', 'as merchants see it')
    .requiredOption('--description <text>', 'what is new')
    .option('--all', 'to every merchant')
    .option('--appids <list>', 'to these, by comma', words)
    .option('--appids-file <file>', 'to those in the file')
    .option('--attribute <name=value>', 'to those with this attribute; may be given several times', pair)
    .option('--live-version <v>', 'to those with this version online')
    .option('--live-version-not <v>', 'to those with another version online')
    .option('--live-version-older <v>', 'to those with an older version online')
    .option('--source <appid>', 'to those whose version came from this source mini program')
    .option('--never-released', 'to those with nothing online')
    .option('--dry-run', 'shows what is online beside what would be sent, the odd ones first; sends nothing')
    .option('--json', 'with --dry-run: as JSON')
    .option('--name <text>', 'of the rollout')
    .option(
      '--waves <percents>',
      'for example 10,50,100; unless given, a few (5 %, at least 3), then 30 %, then all',
      percents,
    )
    .addOption(new Option('--next-wave-when <state>', 'of all in the wave').choices(['approved', 'released'] as const))
    .option('--max-failures <n>', 'pauses beyond so many; unless given, 5 %, at least 3', anyNumber)
    .option('--quota-reserve <n>', 'reviews of the month left to others', anyNumber)
    .option('--canary <list>', 'these go first, by comma', words)
    .option('--gray <percents>', 'each release widens to these, one a day, for example 5,30,100', percents)
    .addOption(
      new Option('--guard <then>', 'judges each wave by the errors of users; what is done when it is worse').choices([
        'pause',
        'rollback',
      ] as const),
    )
    .option('--start-at <time>', 'begins then, for example 2026-12-01T09:30:00+08:00', instant)
    .option('--quiet-hours <from-to@zone>', 'rests then, for example 22:00-08:00@Asia/Shanghai', quietHours)
    .option('--auto-release', 'releases what is approved by itself')
    .option('--no-submit', 'only commits')
    .option('--ext <file.json>', "what the code reads; the template's settings unless given")
    .option('--allow <codes>', 'ships in spite of these warnings, by comma', someOf(warningCodes))
    .option('--setup <file.json>', 'domains and privacy to set before')
    .option('--key <key>', 'idempotency key: a repetition starts no other rollout')
    .action(async ({ key, dryRun, json, ...plan }) => {
      if (json && !dryRun) throw new BadCommand('--json goes with --dry-run')
      const rehearsal = dryRun ? (json ? 'json' : 'text') : undefined
      await act({ kind: 'start', input: await planOf(plan), key, rehearsal, ...watching() })
    })
  rollout
    .command('watch <rolloutId>')
    .description('follows one that was started elsewhere')
    .action((rolloutId) => act({ kind: 'watch', rolloutId, ...watching() }))
  for (const [verb, description] of Object.entries(verbs))
    rollout
      .command(`${verb} <rolloutId>`)
      .description(description)
      .action((rolloutId) => (isVerb(verb) ? steer(verb, { rolloutId }) : undefined))
  rollout
    .command('retry <rolloutId>')
    .description('takes up again what failed or was rejected')
    .option('--state <states>', `of ${retryableStates.join(', ')}, by comma`, someOf(retryableStates))
    .option('--reason <text>', 'only those with this reason')
    .action((rolloutId, { state, reason }) =>
      steer('retry', { rolloutId, ...(state && { states: [...state] }), ...(reason !== undefined && { reason }) }),
    )
  return rollout
}

const isVerb = (word: string): word is keyof typeof verbs => Object.hasOwn(verbs, word)

interface Plan {
  readonly template: number
  readonly version: string
  readonly description: string
  readonly all?: true | undefined
  readonly appids?: readonly string[] | undefined
  readonly appidsFile?: string | undefined
  readonly attribute?: Readonly<Record<string, string>> | undefined
  readonly liveVersion?: string | undefined
  readonly liveVersionNot?: string | undefined
  readonly liveVersionOlder?: string | undefined
  readonly source?: string | undefined
  readonly neverReleased?: true | undefined
  readonly name?: string | undefined
  readonly waves?: readonly number[] | undefined
  readonly nextWaveWhen?: 'approved' | 'released' | undefined
  readonly maxFailures?: number | undefined
  readonly quotaReserve?: number | undefined
  readonly canary?: readonly string[] | undefined
  readonly gray?: readonly number[] | undefined
  readonly guard?: 'pause' | 'rollback' | undefined
  readonly startAt?: string | undefined
  readonly quietHours?: Input['quietHours']
  readonly autoRelease?: true | undefined
  readonly submit: boolean
  readonly ext?: string | undefined
  readonly allow?: readonly WarningCode[] | undefined
  readonly setup?: string | undefined
}

async function planOf(plan: Plan): Promise<Operations['rollouts.create']['input']> {
  const { template: templateId, version, description, waves, nextWaveWhen, maxFailures, quotaReserve } = plan
  return {
    name: plan.name ?? `${version} (${description})`.slice(0, 128),
    templateId,
    version,
    description,
    ...(await choiceOf(plan)),
    ...(waves && { waves: [...waves] }),
    ...(nextWaveWhen && { nextWaveWhen }),
    ...(maxFailures !== undefined && { maxFailures }),
    ...(quotaReserve !== undefined && { quotaReserve }),
    ...(plan.canary && { canary: [...plan.canary] }),
    ...(plan.gray && { gray: [...plan.gray] }),
    ...(plan.guard && { guard: { then: plan.guard } }),
    ...(plan.startAt !== undefined && { startAt: plan.startAt }),
    ...(plan.quietHours && { quietHours: plan.quietHours }),
    ...(plan.autoRelease && { autoRelease: true }),
    ...(!plan.submit && { autoSubmit: false }),
    ...(plan.ext !== undefined && { ext: await jsonIn(plan.ext) }),
    ...(plan.allow && { allow: [...plan.allow] }),
    ...(plan.setup !== undefined && { setup: await jsonIn(plan.setup) }),
  }
}

async function choiceOf({
  all,
  appids,
  appidsFile,
  attribute,
  liveVersion,
  liveVersionNot,
  liveVersionOlder,
  source,
  neverReleased,
}: Plan): Promise<Pick<Operations['rollouts.create']['input'], 'all' | 'appids' | 'filter'>> {
  const named = appids ?? (appidsFile === undefined ? undefined : (await textIn(appidsFile)).split(/[\s,]+/))
  const filter = {
    ...(attribute && { attributes: { ...attribute } }),
    ...(liveVersion !== undefined && { liveVersion }),
    ...(liveVersionNot !== undefined && { liveVersionNot }),
    ...(liveVersionOlder !== undefined && { liveVersionOlder }),
    ...(source !== undefined && { source }),
    ...(neverReleased && { neverReleased }),
  }
  if ([all, named, Object.keys(filter).length > 0].filter(Boolean).length !== 1)
    throw new BadCommand('say to whom: --all, --appids, --appids-file, or what they are: --attribute, --live-version …')
  if (all) return { all: true }
  return named ? { appids: named.filter((appid) => appid !== '') } : { filter }
}

const textIn = (file: string): Promise<string> =>
  readText(file).catch((error: unknown) => {
    throw new BadCommand(messageOf(error))
  })

async function jsonIn(file: string): Promise<Record<string, unknown>> {
  const text = await textIn(file)
  try {
    const parsed: unknown = JSON.parse(text)
    if (isRecord(parsed)) return parsed
  } catch (error) {
    throw new BadCommand(messageOf(error))
  }
  throw new BadCommand(`${file} must hold a JSON object`)
}
