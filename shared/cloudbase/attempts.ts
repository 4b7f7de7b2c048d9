import { Failure } from '../errors.ts'

const codeOf = (error: unknown): string => {
  const code: unknown = typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined
  return typeof code === 'string' || typeof code === 'number' ? String(code) : ''
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : '')

export const isDuplicate = (error: unknown): boolean => {
  const cause = error instanceof Failure ? error.cause : error
  return codeOf(cause) === 'DATABASE_DUPLICATE_WRITE' || /E11000|duplicate key/i.test(messageOf(cause))
}

/** The service said no before it did anything, so the same request may be sent again. */
const wasRefused = (error: unknown): boolean =>
  /^EXCEED_|^DATABASE_TRANSACTION_CONFLICT$|^ECONNREFUSED$|^ENOTFOUND$/.test(codeOf(error))

export const isConflict = (error: unknown): boolean => codeOf(error) === 'DATABASE_TRANSACTION_CONFLICT'

interface AttemptOptions {
  readonly random: () => number
  readonly repeat: keyof typeof doubtfulAttempts
  /** Told when it is sent again although it may have been applied. */
  readonly onDoubt?: () => void
  /** How often at most, where that differs for an error. */
  readonly attempts?: (error: unknown) => number | undefined
}

export const conflictAttempts = 40
export const refusedAttempts = 5
/** Of one that may be repeated although it may have been applied: reads, and more often what nobody would write again. */
const doubtfulAttempts = { always: 2, insistently: 5, whenRefused: 1 } as const
/** A caller who waits 5 s, as WeChat does, gets nothing from a repetition that begins later. */
const REPEAT_WITHIN_MS = 4000

/** Repeats what is known not to have been applied; turns everything else into one `Failure`. */
export async function attempt<T>(send: () => Promise<T>, options: AttemptOptions): Promise<T> {
  const begun = performance.now()
  for (let round = 1; ; round++) {
    try {
      return await send()
    } catch (error) {
      if (error instanceof Failure) throw error
      if (round >= attemptsAllowed(error, options, performance.now() - begun)) throw storageFailure(error)
      if (!wasRefused(error)) options.onDoubt?.()
      await pause(round, options.random)
    }
  }
}

/** With full jitter, up to 800 ms. */
export const pause = (round: number, random: () => number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, random() * Math.min(50 * 2 ** Math.min(round, 4), 800)))

function attemptsAllowed(error: unknown, options: AttemptOptions, elapsedMs: number): number {
  const own = options.attempts?.(error)
  if (own !== undefined) return own
  if (isConflict(error)) return conflictAttempts
  if (wasRefused(error)) return refusedAttempts
  return isTransient(error) && elapsedMs < REPEAT_WITHIN_MS ? doubtfulAttempts[options.repeat] : 1
}

/** Lost connections, and time-outs: those of the service come early, our own may leave no time for another. */
const isTransient = (error: unknown): boolean =>
  /^ECONNRESET$|^EPIPE$|^SYS_ERR$|^5\d\d$|TIMEOUT$|TIMEDOUT$/.test(codeOf(error)) || error instanceof SyntaxError

function storageFailure(error: unknown): Failure {
  const code = codeOf(error)
  if (code === 'DATABASE_COLLECTION_NOT_EXIST') return new Failure('COLLECTION_MISSING', { cause: error })
  if (code.startsWith('EXCEED_')) return new Failure('DATABASE_LIMIT', { params: { code }, cause: error })
  return new Failure('DATABASE_REFUSED', { ...(code !== '' && { params: { code } }), cause: error })
}
