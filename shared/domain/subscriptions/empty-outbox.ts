import { isTestAccount } from '../../wechat/test-accounts.ts'
import { Notice, putIntoWords } from '../../notice.ts'
import { epochMs } from '../../time.ts'
import { isParams } from '../../words/params.ts'
import { makeDelivery, wants, type Message } from './new-deliveries.ts'
import type { Platform } from '../platform.ts'
import { presentRelease } from '../releases/release-states.ts'
import type { NewDelivery } from '../stores/deliveries.ts'
import { outboxSources, type Untold } from '../stores/outbox.ts'
import type { SubscriptionRecord } from '../stores/subscriptions.ts'
import { isRecord } from '../../record.ts'

/** Documents that are told of together. */
const PAGE = 100
const DELIVERIES_AT_ONCE = 100

/**
 * Makes deliveries of what happened here. It stands in the documents that it happened to until it was told, so nothing is lost; told
 * twice it has the same ids.
 */
export async function emptyOutbox(
  platform: Platform,
  subscriptions: readonly SubscriptionRecord[],
  isOver: () => boolean,
): Promise<void> {
  if (subscriptions.length === 0) return
  const since = epochMs(Math.min(...subscriptions.map((one) => one.since)))
  for (const source of outboxSources)
    while (!isOver()) {
      const documents = await platform.stores.outbox.untold(source, since, PAGE)
      if (documents.length === 0) break
      await storeDeliveries(platform, await messagesOf(platform, documents), subscriptions)
      const told = await platform.stores.outbox.told(documents)
      // The others changed in the meantime: they are told with the next run.
      if (documents.length < PAGE || told === 0) break
    }
}

async function storeDeliveries(
  platform: Platform,
  messages: readonly Message[],
  subscriptions: readonly SubscriptionRecord[],
): Promise<void> {
  const deliveries: NewDelivery[] = messages.flatMap((message) =>
    subscriptions
      .filter(({ match, since }) => message.at >= since && wants(match, message))
      .map(({ subscriptionId }) => makeDelivery(platform, subscriptionId, message)),
  )
  for (let start = 0; start < deliveries.length; start += DELIVERIES_AT_ONCE)
    await platform.stores.deliveries.insertAll(deliveries.slice(start, start + DELIVERIES_AT_ONCE))
}

async function messagesOf(platform: Platform, documents: readonly Untold[]): Promise<readonly Message[]> {
  const happenings = documents
    .flatMap(({ source, id, release, happenings: all }) =>
      all.map(({ revision, data, ...happening }) => ({
        ...happening,
        appid: happening.appid ?? release?.appid,
        key: `${happening.type}/${source}/${id}/${revision}`,
        data: release ? withoutNulls({ ...presentRelease(release), ...data }) : withNotices(data),
      })),
    )
    .filter(({ appid }) => appid === undefined || !isTestAccount(appid))
    .toSorted((a, b) => a.at - b.at)
  const appids = new Set(happenings.flatMap(({ appid, businessId }) => (businessId === undefined && appid) || []))
  const authorizers = appids.size === 0 ? [] : await platform.stores.authorizers.findMany([...appids])
  const businesses = new Map(authorizers.map(({ appid, businessId }) => [appid, businessId]))
  const told = happenings.map(async (happening) => ({
    ...happening,
    data: await putIntoWords(happening.data, 'zh'),
    businessId: happening.businessId ?? (happening.appid === undefined ? undefined : businesses.get(happening.appid)),
  }))
  return Promise.all(told)
}

/** What was stored of a problem becomes one again: the data itself, or its member. */
function withNotices(data: Readonly<Record<string, unknown>>): unknown {
  const { code, params, message: _, hint: __, ...more } = data
  if (typeof code === 'string' && isParams(params)) return new Notice(code, params, more)
  const { problem } = data
  return isRecord(problem) ? { ...data, problem: withNotices(problem) } : data
}

const withoutNulls = (data: Readonly<Record<string, unknown>>): object =>
  Object.fromEntries(Object.entries(data).filter(([, value]) => value !== null))
