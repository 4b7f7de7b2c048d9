import type { MinifleetError } from './error.ts'

/** `Retry-After`: seconds, or a date. */
export function secondsIn(header: string | null, now: number): number | undefined {
  if (header === null) return undefined
  const seconds = /^\d+$/.test(header) ? Number(header) : (Date.parse(header) - now) / 1000
  return Number.isNaN(seconds) ? undefined : Math.max(0, seconds)
}

/**
 * What the platform asks for and up to a second more, as others wait for the same moment; else half a second, then two, with jitter.
 *
 * @returns milliseconds; undefined where that is longer than the caller would wait
 */
export function pauseBefore(error: MinifleetError, round: number, longestMs: number): number | undefined {
  const jitter = Math.random()
  const { code, retryAfterSeconds } = error
  if (retryAfterSeconds !== undefined)
    return retryAfterSeconds * 1000 > longestMs ? undefined : (retryAfterSeconds + jitter) * 1000
  // A used-up quota does not come back within seconds.
  return code === 'QUOTA_EXCEEDED' ? undefined : Math.min(125 * 4 ** round, longestMs) * (0.75 + jitter / 2)
}

/** A timer takes no more: 24 days. */
const LONGEST_MS = 2 ** 31 - 1

/** @throws the reason of the signal */
export const pause = (milliseconds: number, signal: AbortSignal | undefined): Promise<void> =>
  new Promise((resolve, reject) => {
    const stop = (): void => {
      clearTimeout(timer)
      reject(signal?.reason)
    }
    const timer = setTimeout(
      () => {
        signal?.removeEventListener('abort', stop)
        resolve()
      },
      Math.min(milliseconds, LONGEST_MS),
    )
    signal?.addEventListener('abort', stop, { once: true })
  })
