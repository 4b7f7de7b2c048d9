import { forEachConcurrently } from '../../concurrency.ts'
import { after, fromUnixSeconds, SECOND } from '../../time.ts'
import { isTestAccount } from '../../wechat/test-accounts.ts'
import { makeDelivery, mayWantPushes, wants } from './new-deliveries.ts'
import type { Platform } from '../platform.ts'
import { unreadableType } from '../pushes/received.ts'
import type { ReceivedPush } from '../stores/deliveries.ts'
import type { SubscriptionRecord } from '../stores/subscriptions.ts'

/** Within the ids that one query for authorizers takes. */
const PAGE = 100
/** With several subscriptions at once still within the connections of the smallest database plan. */
const WRITES_AT_ONCE = 4
/** Pushes of two instances may become visible in another order than that of their times. */
const OVERLAP_MS = 5 * SECOND

/** Makes deliveries of the pushes that came since the last time. A push is stored before it is answered, so none is missed. */
export async function takeInPushes(
  platform: Platform,
  subscription: SubscriptionRecord,
  isOver: () => boolean,
): Promise<void> {
  const { match, since, seenUntil, subscriptionId } = subscription
  if (!mayWantPushes(match)) return
  let from = after(seenUntil, -OVERLAP_MS)
  if (from < since) from = since
  while (!isOver()) {
    const pushes = await platform.stores.deliveries.pushesAfter(from, PAGE)
    const newest = pushes.at(-1)
    if (!newest) return
    await storeDeliveries(
      platform,
      subscriptionId,
      pushes.filter((push) => concerns(subscription, push)),
    )
    if (newest.receivedAt > seenUntil) await platform.stores.subscriptions.noteSeen(subscription, newest.receivedAt)
    if (pushes.length < PAGE) return
    // Others of the same millisecond may stand on the next page.
    const next = after(newest.receivedAt, -1)
    from = next > from ? next : newest.receivedAt
  }
}

function concerns({ match }: SubscriptionRecord, { type, appid, fields }: ReceivedPush): boolean {
  if (type === unreadableType || (appid !== undefined && isTestAccount(appid))) return false
  return wants(match, { type, appid, infoType: fieldOf(fields, 'InfoType'), event: fieldOf(fields, 'Event') })
}

const fieldOf = (fields: unknown, name: string): string | undefined => {
  const value = new Map(Object.entries(fields ?? {})).get(name)
  return typeof value === 'string' ? value : undefined
}

async function storeDeliveries(
  platform: Platform,
  subscriptionId: string,
  pushes: readonly ReceivedPush[],
): Promise<void> {
  const appids = new Set(pushes.flatMap(({ appid }) => appid ?? []))
  const authorizers = appids.size === 0 ? [] : await platform.stores.authorizers.findMany([...appids])
  const businesses = new Map(authorizers.map(({ appid, businessId }) => [appid, businessId]))
  const failures: unknown[] = []
  await forEachConcurrently(pushes, WRITES_AT_ONCE, async ({ id, type, appid, createTime, receivedAt, fields }) => {
    const at = createTime > 0 ? fromUnixSeconds(createTime) : receivedAt
    const businessId = appid === undefined ? undefined : businesses.get(appid)
    const message = { key: `push/${id}`, type, at, cameAt: receivedAt, appid, businessId, data: fields }
    try {
      await platform.stores.deliveries.insert(makeDelivery(platform, subscriptionId, message))
    } catch (error) {
      failures.push(error)
    }
  })
  if (failures.length > 0) throw failures[0]
}
