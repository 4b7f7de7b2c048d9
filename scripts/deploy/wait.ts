import { setTimeout as pauseFor } from 'node:timers/promises'
import { both, type Words } from './words.ts'

/** How long a deployment waits for one change, seconds. */
export const PATIENCE_S = 60
const LONGEST_PAUSE_MS = 1000
const PROGRESS_EVERY_MS = 10_000

export interface Waiting {
  readonly say: (line: string) => void
  readonly pause: (milliseconds: number) => Promise<void>
}

export const pause = (milliseconds: number): Promise<void> => pauseFor(milliseconds)

/** Looks until it is so, telling what is waited for. False where `PATIENCE_S` were not enough. */
export async function waitUntil(
  isSo: () => Promise<boolean>,
  what: () => Words,
  { say, pause }: Waiting,
): Promise<boolean> {
  const start = performance.now()
  let paused = 0
  let next = LONGEST_PAUSE_MS / 4
  let told = 0
  for (;;) {
    if (await isSo()) return true
    // A look may take long itself.
    const waited = Math.max(paused, performance.now() - start)
    if (waited >= PATIENCE_S * 1000) return false
    if (waited - told >= PROGRESS_EVERY_MS) {
      told = waited
      say(`    … ${Math.round(waited / 1000)} s: ${both(what())}`)
    }
    await pause(next)
    paused += next
    next = Math.min(next * 2, LONGEST_PAUSE_MS)
  }
}
