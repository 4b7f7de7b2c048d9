import { delivery } from '../answers.ts'
import type { Caller } from '../callers/caller.ts'
import type { Platform } from '../platform.ts'
import { present } from '../present.ts'
import { shownState, type Delivery, type DeliveryFilter } from '../stores/deliveries.ts'
import { mapItems, type PageRequest } from '../stores/page.ts'

/** A page of a hundred has to fit into an answer. */
const SHOWN_CHARACTERS = 8000

/** What was sent, waits or was given up, newest first. What went over the wire is for owners. */
export const listDeliveries = async (
  platform: Platform,
  { role }: Pick<Caller, 'role'>,
  filter: DeliveryFilter,
  page: PageRequest,
) =>
  mapItems(await platform.stores.deliveries.list(filter, page), (record) =>
    presentDelivery(record, role === 'owner' ? sentAndAnswered(record) : {}),
  )

const sentAndAnswered = ({ body, lastAttempt }: Delivery) => ({
  ...lastAttempt,
  body: body.slice(0, SHOWN_CHARACTERS).toWellFormed(),
})

export const presentDelivery = ({ dueAt, ...record }: Omit<Delivery, 'body'>, more: object = {}) =>
  present(delivery(), {
    ...record,
    body: undefined,
    ...more,
    state: shownState(record.state),
    ...(record.state === 'waiting' && { dueAt }),
  })
