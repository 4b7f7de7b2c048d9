import type { KeptProblem } from '../../notice.ts'
import { after, DAY, toIso, type EpochMs } from '../../time.ts'
import type { Platform } from '../platform.ts'
import type { Authorizer } from '../stores/authorizers.ts'
import { filingStateOf, type AccountNotice, type Watched } from '../stores/notices.ts'
import type { Happening } from '../stores/outbox.ts'

/* What WeChat announced to an account: a punishment, the end of its verification, how its filing stands. */

/** One without a deadline counts for so long. */
const WITHOUT_TERM_MS = 30 * DAY

/** WeChat lists violations for so long: one that is over is kept, so that it is not taken for a new one. */
const KEPT_MS = 90 * DAY

/** Of the verification a reading tells that it is over. */
const isOpen = ({ kind, at, until = after(at, WITHOUT_TERM_MS), settled }: AccountNotice, now: EpochMs): boolean =>
  !settled && (kind === 'verification' || now < until)

/** Those that are not over, the first deadline first. */
export const openNotices = (
  { status, watched }: Pick<Authorizer, 'status' | 'watched'>,
  now: EpochMs,
): readonly AccountNotice[] =>
  status === 'revoked'
    ? []
    : watched.notices
        .filter((notice) => isOpen(notice, now))
        .toSorted((a, b) => (a.until ?? Infinity) - (b.until ?? Infinity))

/** What a person has to allow before code is sent. */
export function noticeWarning(account: Authorizer | undefined, now: EpochMs): KeptProblem | undefined {
  const open = account ? openNotices(account, now) : []
  const [first] = open
  if (!first) return undefined
  const { until, text } = first
  const notices = [...new Set(open.map(({ kind }) => kind))]
  return {
    code: 'NOTICE_OPEN',
    params: { notices, ...(until !== undefined && { until: toIso(until) }), ...(text !== undefined && { text }) },
  }
}

/** A notice takes the place of the one with its id; what was settled stays so, unless it is the next one of its kind. */
export function withNotice({ notices, ...rest }: Watched, notice: AccountNotice): Watched {
  const known = notices.find(({ id }) => id === notice.id)
  if (!known) return { ...rest, notices: [...notices, notice] }
  const isSettled = known.settled && known.until === notice.until
  const present: AccountNotice = { ...notice, ...(isSettled && { settled: true }) }
  return { ...rest, notices: notices.map((one) => (one === known ? present : one)) }
}

export const withoutNotice = ({ notices, ...rest }: Watched, id: string): Watched => ({
  ...rest,
  notices: notices.filter((notice) => notice.id !== id),
})

export const settled = ({ notices, ...rest }: Watched, id: string): Watched => ({
  ...rest,
  notices: notices.map((notice) => (notice.id === id ? { ...notice, settled: true } : notice)),
})

interface Changed {
  readonly before: Authorizer
  readonly after: Authorizer
}

/** Writes what is told of an account, and with it what others are to be told. Undefined where all was known. */
export async function changeWatched(
  platform: Platform,
  appid: string,
  now: EpochMs,
  change: (known: Watched) => Watched,
): Promise<Changed | undefined> {
  for (;;) {
    const before = await platform.stores.authorizers.find(appid)
    if (!before || before.status === 'revoked') return undefined
    const changed = change(before.watched)
    const watched = { ...changed, notices: changed.notices.filter((notice) => isKept(notice, now)) }
    if (areSame(watched, before.watched)) return undefined
    if (await platform.stores.authorizers.saveWatched(before, watched, ...happeningsOf(before, watched)))
      return { before, after: { ...before, watched } }
  }
}

export const areSame = (a: Watched, b: Watched): boolean =>
  JSON.stringify([a.notices, a.filing]) === JSON.stringify([b.notices, b.filing])

const isKept = (notice: AccountNotice, now: EpochMs): boolean => isOpen(notice, now) || now < after(notice.at, KEPT_MS)

function happeningsOf({ appid, watched: before }: Authorizer, { notices, filing }: Watched): Happening[] {
  const known = new Map(before.notices.map((notice) => [notice.id, notice]))
  const isNew = ({ id, kind, until }: AccountNotice): boolean =>
    !known.has(id) || (kind === 'verification' && known.get(id)?.until !== until)
  const told = notices.filter(isNew).map(({ id, kind, at, until, text }): Happening => {
    const type = kind === 'verification' ? 'account.expiring' : 'account.punished'
    const data = { kind, at: toIso(at), ...(until !== undefined && { until: toIso(until) }), ...(text && { text }) }
    return { type, appid, data: { appid, noticeId: id, ...data } }
  })
  if (!filing || filing.status === before.filing?.status) return told
  const { status, at } = filing
  const former = before.filing && { formerState: filingStateOf(before.filing) }
  const data = { appid, status, state: filingStateOf(filing), ...former, at: toIso(at) }
  return [...told, { type: 'filing.changed', appid, data }]
}
