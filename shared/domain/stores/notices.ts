import type { EpochMs } from '../../time.ts'

export const noticeKinds = [
  'warned',
  'functionsBlocked',
  'takenDown',
  'blocked',
  'pageBlocked',
  'violation',
  'verification',
] as const

/** What WeChat announced to an account, or did to it. */
export interface AccountNotice {
  /** WeChat's own; of the verification, which an account has one of, its kind. */
  readonly id: string
  readonly kind: (typeof noticeKinds)[number]
  readonly at: EpochMs
  /** The deadline, or the end of what was done. */
  readonly until?: EpochMs
  /** WeChat's words. */
  readonly text?: string
  /** A person said so, or an appeal was granted. */
  readonly settled?: true
}

/** Of `Filing.status`: by WeChat, by the authority. */
export const refusedFilings: readonly number[] = [3, 5]

export interface Filing {
  /** As WeChat counts: 2 to 6, and 1024 and more for what was not applied for. */
  readonly status: number
  readonly at: EpochMs
}

/** What events and slow readings tell of an account. */
export interface Watched {
  readonly notices: readonly AccountNotice[]
  readonly filing?: Filing
  /** When WeChat was last asked. */
  readonly watchedAt?: EpochMs
}
