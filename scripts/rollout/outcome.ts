import { countIn, type Rollout, type State } from './progress.ts'

/** Exit statuses of `npm run rollout`. */
export const exits = {
  /** All that could be was shipped; or it waits for `release`, as planned. */
  done: 0,
  /** Some failed, were rejected or withdrawn; or the platform refused the command. */
  failures: 1,
  usage: 2,
  /** Paused or cancelled. */
  stopped: 3,
  /** Still under way when the time was over. */
  timeout: 4,
} as const

const failures: readonly State[] = ['failed', 'rejected', 'withdrawn']

/** Undefined while there is nothing to do but wait. */
export function exitOf(rollout: Rollout): number | undefined {
  const { state } = rollout
  if (state === 'scheduled' || state === 'running' || state === 'resting' || state === 'waitingForQuota')
    return undefined
  if (state === 'paused' || state === 'cancelled') return exits.stopped
  return failures.some((one) => countIn(rollout, one) > 0) ? exits.failures : exits.done
}
