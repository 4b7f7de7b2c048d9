import type { PushValue } from '../../wechat/messages.ts'
import { isTestAccount } from '../../wechat/test-accounts.ts'
import { toIso, type EpochMs } from '../../time.ts'
import { databaseTime, newestFirst, type Platform } from '../platform.ts'
import type { NewDelivery } from '../stores/deliveries.ts'
import type { Match, SubscriptionRecord } from '../stores/subscriptions.ts'

/** What happened here, as business servers are told. */
export interface Announcement {
  readonly type:
    | 'binding.bound'
    | 'binding.revoked'
    | 'release.approved'
    | 'release.rejected'
    | 'release.released'
    | 'rollout.completed'
    | 'rollout.paused'
    | 'problem.opened'
    | 'problem.closed'
  readonly appid?: string | undefined
  /** Default: the business that the authorizer is bound to. */
  readonly businessId?: string | undefined
  /** Without secrets. Read only if somebody wants it; undefined: nothing happened after all. */
  readonly data: object | (() => Promise<object | undefined>)
  /** When it happened. Default: now. */
  readonly at?: EpochMs | undefined
  /** Names this very happening: announced again, it is delivered once. Default: each call is a happening of its own. */
  readonly key?: string | undefined
}

/**
 * Stores a delivery for every subscription that wants it; `processQueue` sends them. Never throws: the work that announces has
 * been done. Costs one read, and one write per delivery. (Pushes are not announced: `processQueue` finds them where they are stored.)
 */
export const announce = (platform: Platform, announcement: Announcement): Promise<void> =>
  announceAll(platform, [announcement])

/** The same for many, with one read. */
export async function announceAll(platform: Platform, announcements: readonly Announcement[]): Promise<void> {
  const told = announcements.filter(({ appid }) => appid === undefined || !isTestAccount(appid))
  if (told.length === 0) return
  let subscriptions: readonly SubscriptionRecord[]
  try {
    subscriptions = await platform.stores.subscriptions.all()
  } catch (error) {
    platform.log.error('events could not be stored for delivery', { count: told.length, reason: error })
    return
  }
  for (const announcement of told) await store(platform, announcement, subscriptions)
}

async function store(
  platform: Platform,
  announcement: Announcement,
  subscriptions: readonly SubscriptionRecord[],
): Promise<void> {
  const { type, appid, key = platform.ids.random(), at = databaseTime(platform) } = announcement
  try {
    const wanting = subscriptions.filter(({ enabled, match }) => enabled && wants(match, { type, appid }))
    if (wanting.length === 0) return
    const data = typeof announcement.data === 'function' ? await announcement.data() : announcement.data
    if (data === undefined) return
    const businessId = announcement.businessId ?? (appid === undefined ? undefined : await businessOf(platform, appid))
    const happening = { key: `${type}/${key}`, type, at, appid, businessId, data }
    for (const { subscriptionId } of wanting)
      await storeDelivery(platform, makeDelivery(platform, { ...happening, subscriptionId }))
  } catch (error) {
    platform.log.error('an event could not be stored for delivery', { type, appid, reason: error })
  }
}

/** Its id says whether it is there already: after a lost connection it is written once more. One that fails costs no other. */
async function storeDelivery(platform: Platform, delivery: NewDelivery): Promise<void> {
  const insert = () => platform.stores.deliveries.insert(delivery)
  try {
    await insert().catch(insert)
  } catch (error) {
    const { subscriptionId, type, appid } = delivery
    platform.log.error('an event could not be stored for delivery', { subscriptionId, type, appid, reason: error })
  }
}

const businessOf = async (platform: Platform, appid: string): Promise<string | undefined> =>
  (await platform.stores.bindings.ofAuthorizer(appid))?.businessId

export interface Happening {
  readonly subscriptionId: string
  readonly key: string
  readonly type: string
  readonly at: EpochMs
  readonly appid: string | undefined
  readonly businessId: string | undefined
  readonly data: unknown
}

/** The same happening for the same subscription has the same id, whoever stores it and how often. */
export function makeDelivery(platform: Platform, happening: Happening): NewDelivery {
  const { subscriptionId, key, type, at, appid, businessId, data } = happening
  const deliveryId = messageId(platform, 'delivery', subscriptionId, key)
  const body = JSON.stringify({ id: deliveryId, type, timestamp: toIso(at), appid, businessId, data })
  return { deliveryId, subscriptionId, type, appid, body, ...nextPlaces(platform) }
}

export const messageId = (platform: Platform, ...parts: readonly string[]): string =>
  `msg_${platform.ids.hash(...parts).slice(0, 32)}`

let stored = 0

const MOST = 999_999_999_999

/** `order` sorts oldest first, `place` newest first. */
function nextPlaces(platform: Platform): Pick<NewDelivery, 'order' | 'place'> {
  stored += 1
  const [millisecond, random] = newestFirst(platform).split('-')
  return {
    order: String(stored).padStart(12, '0'),
    place: `${millisecond}-${String(MOST - stored).padStart(12, '0')}-${random}`,
  }
}

interface Event {
  readonly type: string
  readonly infoType?: PushValue | undefined
  readonly event?: PushValue | undefined
  readonly appid?: string | undefined
}

export const wants = (match: Match, { type, infoType, event, appid }: Event): boolean =>
  fits(match.type, type) && fits(match.infoType, infoType) && fits(match.event, event) && fits(match.appid, appid)

/** False where no push can ever have a type that fits. */
export function mayWantPushes({ type = '*' }: Match): boolean {
  const [first = ''] = type.split('*')
  return first.startsWith(PUSHES) || PUSHES.startsWith(first)
}

const PUSHES = 'wechat.'

const fits = (pattern: string | undefined, value: PushValue | undefined): boolean =>
  pattern === undefined || /^\*+$/.test(pattern) || (typeof value === 'string' && matchesPattern(pattern, value))

/** `*` stands for any text, the empty one too. Each part is looked for once, from left to right. */
export function matchesPattern(pattern: string, value: string): boolean {
  const [first = '', ...others] = pattern.split('*')
  const last = others.pop()
  if (last === undefined) return pattern === value
  if (!value.startsWith(first)) return false
  let from = first.length
  for (const part of others) {
    const found = value.indexOf(part, from)
    if (found < 0) return false
    from = found + part.length
  }
  return value.length - last.length >= from && value.endsWith(last)
}
