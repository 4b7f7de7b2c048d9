import { list, mark, nested, number, optional, orElse, text, time, word, type RecordOf } from './forms.ts'

const noticeKinds = [
  'warned',
  'functionsBlocked',
  'takenDown',
  'blocked',
  'pageBlocked',
  'violation',
  'verification',
] as const

/** What WeChat announced to an account, or did to it. */
const notice = {
  /** WeChat's own; of the verification, which an account has one of, its kind. */
  id: text,
  kind: word(noticeKinds),
  at: time,
  /** The deadline, or the end of what was done. */
  until: optional(time),
  /** WeChat's words. */
  text: optional(text),
  /** A person said so, or an appeal was granted. */
  settled: mark,
}

export type AccountNotice = RecordOf<typeof notice>

const filing = {
  /** As WeChat counts: 2 to 6, and 1024 and more for what was not applied for. */
  status: number,
  at: time,
}

export type Filing = RecordOf<typeof filing>

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

/** What events and weekly readings tell of an account. */
export const watched = {
  notices: orElse(list(nested(notice)), []),
  filing: optional(nested(filing)),
  /** When WeChat was last asked. */
  watchedAt: optional(time),
}

export type Watched = RecordOf<typeof watched>
