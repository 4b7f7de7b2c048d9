import type { Operations } from '../../client/src/operations.ts'

export type Rollout = Operations['rollouts.get']['data']

/** In the order in which merchants go through them. */
const shown = [
  'pending',
  'committing',
  'committed',
  'submitting',
  'auditing',
  'delayed',
  'approved',
  'gray',
  'released',
  'rolledBack',
  'rejected',
  'withdrawn',
  'failed',
  'skipped',
] as const

export type State = keyof Rollout['counts']

export const countIn = ({ counts: found }: Rollout, state: State): number => found[state]

const counts = (rollout: Rollout): string =>
  shown
    .filter((state) => countIn(rollout, state) > 0)
    .map((state) => `${countIn(rollout, state)} ${state}`)
    .join(', ')

const percent = ({ progress }: Rollout): string => `${(progress * 100).toFixed(1)} %`

function waveOf({ wave, waves, canary }: Rollout): string {
  const last = waves.length + (canary === undefined ? 0 : 1)
  return last > 1 ? `, wave ${wave} of ${last}` : ''
}

const BAR = 24

/** One line that is drawn over and over. `width` in columns. */
export function barOf(rollout: Rollout, now: number, width: number): string {
  const full = Math.round(rollout.progress * BAR)
  const bar = '█'.repeat(full) + '░'.repeat(BAR - full)
  const end = rollout.expectedEndAt === undefined ? '' : ` · ${remaining(Date.parse(rollout.expectedEndAt) - now)} left`
  return `${bar} ${percent(rollout)} ${rollout.state}${waveOf(rollout)}: ${counts(rollout)}${end}`.slice(0, width - 1)
}

/** One line of a log; the same line as before means that nothing has happened. */
export const lineOf = (rollout: Rollout): string =>
  `${percent(rollout)} ${rollout.state}${waveOf(rollout)}: ${counts(rollout)}`

export function remaining(milliseconds: number): string {
  const minutes = Math.max(Math.ceil(milliseconds / 60_000), 1)
  if (minutes < 120) return `${minutes} min`
  return minutes < 48 * 60 ? `${Math.round(minutes / 60)} h` : `${Math.round(minutes / 60 / 24)} days`
}
