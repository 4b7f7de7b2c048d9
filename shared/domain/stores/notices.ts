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

export interface Filing {
  /** As WeChat counts: 2 to 6, and 1024 and more for what was not applied for. */
  readonly status: number
  readonly at: EpochMs
}

type FilingState = 'underReview' | 'refused' | 'filed'

/** WeChat looks at it and may refuse it; then the authority does. */
const filingStates: ReadonlyMap<number, FilingState> = new Map([
  [2, 'underReview'],
  [3, 'refused'],
  [4, 'underReview'],
  [5, 'refused'],
  [6, 'filed'],
])

export const filingStateOf = ({ status }: Pick<Filing, 'status'>): FilingState | 'notFiled' =>
  filingStates.get(status) ?? 'notFiled'

/** What events and slow readings tell of an account. */
export interface Watched {
  readonly notices: readonly AccountNotice[]
  readonly filing?: Filing
  /** When WeChat was last asked. */
  readonly watchedAt?: EpochMs
}
