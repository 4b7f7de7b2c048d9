import { list, number, optional, text, time, word, type RecordOf } from './forms.ts'
import { releaseStates, type ReleaseRecord } from './releases.ts'

/** What happened to an account itself. */
export const accountHappenings = ['authorized', 'bound', 'unbound', 'revoked', 'punished', 'restored'] as const

export const accountHappening = {
  kind: word(accountHappenings),
  at: time,
  businessId: optional(text),
  /** `account_status`. */
  code: optional(number),
  /** The identity of the caller here who did it. */
  who: optional(text),
}

export type AccountHappening = RecordOf<typeof accountHappening>

/** What happened to a release of it. */
export const releaseHappening = {
  state: word(releaseStates),
  at: time,
  /** The reviewer's own words, and pictures. */
  text: optional(text),
  screenshots: optional(list(text)),
  percentage: optional(number),
  who: optional(text),
}

export type ReleaseHappening = RecordOf<typeof releaseHappening> &
  Pick<ReleaseRecord, 'releaseId' | 'version' | 'templateId'>
