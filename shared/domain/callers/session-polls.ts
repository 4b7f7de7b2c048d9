import { SECOND, type EpochMs } from '../../time.ts'
import type { Platform } from '../platform.ts'
import type { SessionRecord } from '../stores/sessions.ts'
import { CODE_LASTS_MS, isOver, readCode } from './sign-in-code.ts'
import { tokenOf } from './session-identity.ts'

/** One look answers all who ask. */
const LOOK_EVERY_MS = SECOND

interface Poll {
  readonly sessionId: string
  readonly code: string
  /** Hex. */
  readonly secret: string
}

type PollAnswer =
  | { readonly state: 'pending' | 'denied' | 'expired' }
  | { readonly state: 'approved'; readonly token: string; readonly expiresAt: EpochMs }

/** Whoever has not the browser's secret learns nothing and costs no look into the database. */
export async function pollSession(
  platform: Platform,
  { sessionId, code, secret }: Poll,
  mayWait: () => boolean,
): Promise<PollAnswer> {
  const asked = readCode(platform, code)
  const isOwn = asked?.sessionId === sessionId && asked.secretHash === platform.ids.hashOfHex(secret)
  if (!isOwn || isOver(platform, asked)) return { state: 'expired' }
  const isThis = (session: SessionRecord): boolean => session.sessionId === sessionId
  const decided = platform.memory.signIns.decisions.find(isThis) ?? (await look(platform, mayWait)).find(isThis)
  if (!decided) return { state: 'pending' }
  if (decided.state === 'denied') return { state: 'denied' }
  return { state: 'approved', token: tokenOf(platform, sessionId, secret), expiresAt: decided.endsAt }
}

/** At most one look a second: whoever comes earlier waits for it if he may, else hears what was seen last. */
async function look(platform: Platform, mayWait: () => boolean): Promise<readonly SessionRecord[]> {
  const { signIns } = platform.memory
  if (signIns.looking) return signIns.looking
  const sinceLast = Math.abs(platform.clock() - signIns.lookedAt)
  if (sinceLast < LOOK_EVERY_MS && !mayWait()) return signIns.decisions
  const looking = async (): Promise<readonly SessionRecord[]> => {
    if (sinceLast < LOOK_EVERY_MS) await platform.sleep(LOOK_EVERY_MS - sinceLast)
    signIns.lookedAt = platform.clock()
    // Who decided just before the code's end is looked for until the end of those who may still ask.
    signIns.decisions = await platform.stores.sessions.decidedWithin(CODE_LASTS_MS + LOOK_EVERY_MS)
    return signIns.decisions
  }
  signIns.looking = looking().finally(() => {
    signIns.looking = undefined
  })
  return signIns.looking
}
