import type { EpochMs } from '../../time.ts'
import type { Page, PageRequest } from './page.ts'

/** What a person decided about a browser that wants to be let in. */
export interface SessionRecord {
  readonly sessionId: string
  readonly state: 'approved' | 'denied'
  /** Of the person: `openid:…` or `uid:…`. */
  readonly identity: string
  readonly browser: string
  /** SHA-256, hex, of what only this browser has. */
  readonly secretHash: string
  readonly decidedAt: EpochMs
  /** Until when it lets in; when it was ended, if that was earlier. */
  readonly endsAt: EpochMs
}

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
