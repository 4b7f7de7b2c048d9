import { id, text, time, word, type RecordOf } from './forms.ts'
import type { Page, PageRequest } from './page.ts'

/** What a person decided about a browser that wants to be let in. */
export const session = {
  sessionId: id,
  state: word(['approved', 'denied']),
  /** Of the person: `openid:…` or `uid:…`. */
  identity: text,
  browser: text,
  /** SHA-256, hex, of what only this browser has. */
  secretHash: text,
  decidedAt: time,
  /** Until when it lets in; when it was ended, if that was earlier. */
  endsAt: time,
}

export type SessionRecord = RecordOf<typeof session>

export type NewSession = Omit<SessionRecord, 'decidedAt' | 'endsAt'> & {
  readonly order: string
  /** Milliseconds that it lets in. */
  readonly lasts: number
}

export interface SessionStore {
  /** False when this was decided before. */
  decide(session: NewSession): Promise<boolean>
  find(sessionId: string): Promise<SessionRecord | undefined>
  /** All decisions of the last `milliseconds`, the newest 1,000. */
  decidedWithin(milliseconds: number): Promise<readonly SessionRecord[]>
  /** Those that were approved, newest first; of everybody where no identity is given. */
  list(identity: string | undefined, page: PageRequest): Promise<Page<SessionRecord>>
  /** False when it had ended, or there is none. */
  end(sessionId: string): Promise<boolean>
}
