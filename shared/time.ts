/** Milliseconds since 1970-01-01T00:00:00Z. A type of its own so that WeChat's unix seconds cannot slip in. */
export type EpochMs = number & { readonly unit: 'epoch-ms' }

/** Reads the present; the composition root hands it down so that tests can patch `Date`. */
export type Clock = () => EpochMs

export const epochMs = (milliseconds: number): EpochMs => milliseconds as EpochMs

export const fromUnixSeconds = (seconds: number): EpochMs => epochMs(seconds * 1000)

export const toUnixSeconds = (time: EpochMs): number => Math.floor(time / 1000)

export const after = (time: EpochMs, milliseconds: number): EpochMs => epochMs(time + milliseconds)

export const toIso = (time: EpochMs): string => new Date(time).toISOString()

export const SECOND = 1000
export const MINUTE = 60 * SECOND
export const HOUR = 60 * MINUTE
export const DAY = 24 * HOUR
