import { delivery } from '../answers.ts'
import type { Platform } from '../platform.ts'
import { present } from '../present.ts'
import type { Delivery, DeliveryFilter } from '../stores/deliveries.ts'
import { mapItems, type PageRequest } from '../stores/page.ts'

/** What was sent, waits or was given up, newest first; the events themselves are not in it. */
export const listDeliveries = async (platform: Platform, filter: DeliveryFilter, page: PageRequest) =>
  mapItems(await platform.stores.deliveries.list(filter, page), presentDelivery)

export const presentDelivery = ({ dueAt, ...record }: Delivery) =>
  present(delivery(), { ...record, ...(record.state === 'waiting' && { dueAt }) })
