import { toIso } from '../../time.ts'
import type { Platform } from '../platform.ts'
import type { Delivery, DeliveryFilter } from '../stores/deliveries.ts'
import type { Page, PageRequest } from '../stores/page.ts'

/** What was sent, waits or was given up, newest first; the events themselves are not in it. */
export async function listDeliveries(
  platform: Platform,
  filter: DeliveryFilter,
  page: PageRequest,
): Promise<Page<object>> {
  const { items, ...rest } = await platform.stores.deliveries.list(filter, page)
  return {
    ...rest,
    items: items.map((delivery) => ({ subscriptionId: delivery.subscriptionId, ...presentDelivery(delivery) })),
  }
}

export function presentDelivery(delivery: Delivery): object {
  const { deliveryId, type, appid, state, attempts, createdAt, dueAt, endedAt, lastError } = delivery
  return {
    deliveryId,
    type,
    ...(appid !== undefined && { appid }),
    state,
    attempts,
    createdAt: toIso(createdAt),
    ...(state === 'waiting' && { dueAt: toIso(dueAt) }),
    ...(endedAt !== undefined && { endedAt: toIso(endedAt) }),
    ...(lastError !== undefined && { lastError }),
  }
}
