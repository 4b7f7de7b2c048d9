import type { Minifleet, Rollout } from 'minifleet-client'

type State = keyof Rollout['counts']

const total = ({ counts }: Rollout, states: readonly State[]): number =>
  states.reduce((sum, state) => sum + counts[state], 0)

const notSubmitted: readonly State[] = ['pending', 'committing', 'committed', 'submitting']
const bad: readonly State[] = ['failed', 'rejected', 'withdrawn', 'skipped']

/** The exit status, or undefined while there is something to wait for. */
export function outcomeOf(rollout: Rollout, until: 'submitted' | 'done'): number | undefined {
  if (rollout.state === 'paused' || rollout.state === 'cancelled') return 3
  const isOver = rollout.state === 'completed' || rollout.state === 'awaitingRelease'
  if (!isOver && (until === 'done' || total(rollout, notSubmitted) > 0)) return undefined
  return total(rollout, bad) > 0 ? 1 : 0
}

/** One line, for a log. */
export function summaryOf({ state, wave, waves, counts, expectedEndAt }: Rollout): string {
  const some = Object.entries(counts).filter(([, count]) => count > 0)
  const list = some.map(([name, count]) => `${count} ${name}`).join(', ')
  return `${state}, wave ${wave} of ${waves.length}: ${list}${expectedEndAt === undefined ? '' : `; until ${expectedEndAt}`}`
}

/** The merchants that somebody has to look at, with the reason and the cure. */
export async function* troubleIn(minifleet: Minifleet, { rolloutId, problem }: Rollout): AsyncGenerator<string> {
  if (problem) yield `${problem.message}\n  ${problem.hint ?? ''}`
  for await (const { appid, state, problem: cause } of minifleet.all('rollouts.items', { rolloutId }))
    if (bad.includes(state)) yield `${appid} ${state}: ${cause?.message ?? ''} ${cause?.hint ?? ''}`
}
