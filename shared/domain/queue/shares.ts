import { MINUTE, SECOND } from '../../time.ts'

/* How the steps of a run share its time and its width. */

export const WIDTH = 20
export const PAGE = 100

/** With less time left nothing new is begun. */
export const LAST_STEP_MS = 20 * SECOND

/** What the steps keep in reserve is meant for a limit of a minute; a shorter one shrinks it. */
export function inProportion(timeLeft: () => number): () => number {
  const factor = Math.max(1, MINUTE / Math.max(1, timeLeft()))
  return () => timeLeft() * factor
}

/** True for one caller per `everyMs`. */
export type TakeTurn = (name: string, everyMs: number) => Promise<boolean>
