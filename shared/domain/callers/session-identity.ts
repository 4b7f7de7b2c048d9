import { Failure } from '../../errors.ts'
import { databaseTime, isRecent, MEMORY_MS, type Platform } from '../platform.ts'
import type { SessionRecord } from '../stores/sessions.ts'
import type { Caller } from './caller.ts'
import { tooOften, type CallLimit } from './call-limit.ts'

/*
 * `mfs_<id>_<secret>_<signature>`. The secret is the browser's own, of which the platform keeps the hash; the signature proves without a
 * read that the platform handed the token out.
 */

const form = /^mfs_([0-9a-f]{32})_([0-9a-f]{64})_([\w-]{43})$/

const MAX_REMEMBERED = 5000

const signToken = (sessionId: string, secret: string): [purpose: string, message: string] => [
  'session',
  `${sessionId}.${secret}`,
]

export const tokenOf = ({ ids }: Platform, sessionId: string, secret: string): string =>
  `mfs_${sessionId}_${secret}_${ids.sign(...signToken(sessionId, secret))}`

/** Throws the same for sessions that are unknown, wrong, ended or over. Its role is asked for as for any person. */
export async function callerOfSession(platform: Platform, shown: string, mayCall: CallLimit): Promise<Caller> {
  const [, sessionId = '', secret = '', signature = ''] = form.exec(shown) ?? []
  if (sessionId === '' || !platform.ids.verify(...signToken(sessionId, secret), signature)) throw notAccepted()
  if (!mayCall(sessionId)) throw tooOften()
  const record = await read(platform, sessionId)
  const isGood =
    record?.state === 'approved' &&
    platform.ids.isSame(record.secretHash, platform.ids.hashOfHex(secret)) &&
    record.endsAt > databaseTime(platform)
  if (!isGood) throw notAccepted()
  return { identity: record.identity, session: record.sessionId }
}

async function read(platform: Platform, sessionId: string): Promise<SessionRecord | undefined> {
  const { sessions } = platform.memory
  const known = sessions.get(sessionId)
  if (known && isRecent(platform, known.readAt, MEMORY_MS)) return known.record
  const record = await platform.stores.sessions.find(sessionId)
  if (sessions.size >= MAX_REMEMBERED) sessions.clear()
  sessions.set(sessionId, { record, readAt: platform.clock() })
  return record
}

const notAccepted = (): Failure => new Failure('SESSION_NOT_ACCEPTED')
