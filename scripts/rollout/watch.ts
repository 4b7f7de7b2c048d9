import { setTimeout } from 'node:timers/promises'
import { MinifleetError, type Minifleet } from '../../client/src/client.ts'
import type { Watching } from './command.ts'
import { exitOf, exits } from './outcome.ts'
import { barOf, countIn, lineOf, type Rollout } from './progress.ts'

interface Screen {
  readonly isTTY?: boolean
  readonly columns?: number
  write(text: string): unknown
}

const TERMINAL_EVERY_MS = 2000
const LOG_EVERY_MS = 15_000

/** Follows a rollout until it ends or needs somebody. Trouble on the way to the platform is waited for. The exit status. */
export async function watch(
  client: Minifleet,
  rolloutId: string,
  { timeoutMs, everyMs, isReleasing }: Watching & { readonly isReleasing: boolean },
  screen: Screen,
): Promise<number> {
  const until = timeoutMs === undefined ? Number.POSITIVE_INFINITY : Date.now() + timeoutMs
  const pauseMs = everyMs ?? (screen.isTTY ? TERMINAL_EVERY_MS : LOG_EVERY_MS)
  let last = ''
  let approvedAtFirst: number | undefined
  const show = (line: string, bar = line): void => {
    if (screen.isTTY) screen.write(`\r\u001b[K${bar}`)
    else if (line !== last) screen.write(`${line}\n`)
    last = line
  }
  for (;;) {
    const rollout = await readPatiently(client, rolloutId)
    if (rollout === undefined) show('the platform does not answer; trying again')
    else show(lineOf(rollout), barOf(rollout, Date.now(), screen.columns ?? 80))
    approvedAtFirst ??= rollout && countIn(rollout, 'approved')
    // What was asked for is done by the platform's next run; the state says nothing of it.
    const isToCome =
      isReleasing && rollout !== undefined && countIn(rollout, 'approved') >= Math.max(approvedAtFirst ?? 0, 1)
    const exit = rollout && !isToCome ? exitOf(rollout) : undefined
    if (rollout && exit !== undefined) {
      if (screen.isTTY) screen.write('\n')
      await explain(client, rollout, screen)
      return exit
    }
    if (Date.now() + pauseMs > until) {
      screen.write(`${screen.isTTY ? '\n' : ''}it goes on; npm run rollout -- watch ${rolloutId}\n`)
      return exits.timeout
    }
    await setTimeout(pauseMs)
  }
}

async function readPatiently(client: Minifleet, rolloutId: string): Promise<Rollout | undefined> {
  try {
    return await client.call('rollouts.get', { rolloutId })
  } catch (error) {
    if (error instanceof MinifleetError && error.retryable) return undefined
    throw error
  }
}

const SHOWN = 20

/** What somebody has to look at, and what comes next. */
async function explain(client: Minifleet, rollout: Rollout, screen: Screen): Promise<void> {
  const { rolloutId, state, problem } = rollout
  if (problem) screen.write(`${problem.message}\n  ${problem.hint}\n`)
  if (countIn(rollout, 'rejected') > 0) {
    const { items: groups } = await client.call('rollouts.rejections', { rolloutId })
    for (const { reason, count } of groups.slice(0, SHOWN))
      screen.write(`rejected ${count} ×: ${reason.replaceAll('\n', ' / ')}\n`)
  }
  for (const wanted of ['failed', 'withdrawn', 'skipped'] as const) {
    const count = countIn(rollout, wanted)
    if (count === 0) continue
    const { items } = await client.call('rollouts.items', { rolloutId, state: wanted, limit: SHOWN })
    for (const { appid, problem: why } of items) screen.write(`${wanted} ${appid}${why ? `: ${why.message}` : ''}\n`)
    if (count > items.length) screen.write(`… and ${count - items.length} more ${wanted}\n`)
  }
  if (state === 'awaitingRelease') screen.write(`next: npm run rollout -- release ${rolloutId}\n`)
}
