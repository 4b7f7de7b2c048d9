import { after, SECOND } from '../../time.ts'
import { needsHandling } from './handled-pushes.ts'
import { databaseTime, newestFirst, type Platform } from '../platform.ts'
import { toPush, type Received } from './received.ts'
import type { Push } from '../stores/pushes.ts'

/** If its handler has not finished by then, `processQueue` takes the push over. */
const HANDOVER_MS = 15 * SECOND

/** Stores the push. The push if it is new and has to be handled; throws when it could not be stored. */
export async function store(platform: Platform, received: Received): Promise<Push | undefined> {
  const push = toPush(received)
  const isHandled = needsHandling(push)
  const isNew = await platform.stores.pushes.insert(push, {
    done: !isHandled,
    order: newestFirst(platform),
    dueAt: after(databaseTime(platform), HANDOVER_MS),
  })
  platform.log.info('push stored', { type: push.type, appid: push.appid, createTime: push.createTime, isNew })
  return isNew && isHandled ? push : undefined
}
