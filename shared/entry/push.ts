import { store } from '../domain/pushes/inbox.ts'
import type { Platform } from '../domain/platform.ts'
import { textOf } from '../domain/pushes/received.ts'
import type { Push } from '../domain/stores/pushes.ts'
import { Failure, isFailure } from '../errors.ts'
import { textResponse } from '../http-message.ts'
import { clock, log } from '../app.ts'
import type { PushFields } from '../wechat/messages.ts'
import { pushKey } from '../wechat/push-identity.ts'
import { isTestAccount } from '../wechat/test-accounts.ts'
import { within } from './deadline.ts'
import { httpFunction } from './http.ts'
import { isForwarderTest, openPush, type OpenedPush } from './open-push.ts'

/** WeChat waits 5 s. What is not stored by then is sent again; the rest is the way, and a cold start. */
const STORE_WITHIN_MS = 4300

/** A handler that needs longer goes on by itself, or in `processQueue`. */
const HANDLE_WITHIN_MS = 3500

/** Below the time for storing, so that a database that hangs still gets WeChat its `retry`. */
const DATABASE_TIMEOUT_MS = 3200

const success = textResponse(200, 'success')

/** One answer for every refusal, so that a forger learns nothing. */
const forbidden = textResponse(403, 'forbidden')

const retry = textResponse(503, 'retry')

type Road = 'component' | 'message'

/** Receives what WeChat pushes on one of the platform's two URLs. */
export const pushFunction = (road: Road) =>
  httpFunction(
    { methods: ['POST'], kind: 'push', databaseTimeout: DATABASE_TIMEOUT_MS },
    async ({ app: { config, platform }, request }) => {
      const begun = clock()
      const left = (limitMs: number): number => limitMs - Math.abs(clock() - begun)
      const appid = road === 'message' ? appidIn(request.path) : undefined
      if (road === 'message' && appid === undefined) return forbidden
      const opened = await openPush(config, request, appid)
      if (!opened) return forbidden
      try {
        const taken = await within(left(STORE_WITHIN_MS), take(platform, opened, appid))
        if (taken === 'refused') return forbidden
        if (taken === 'late') throw new Failure('DATABASE_SLOW')
        // Most are only kept; the others wait for this code.
        if (taken !== 'known') {
          const { handle } = await import('../domain/pushes/push-attempts.ts')
          await within(left(HANDLE_WITHIN_MS), handle(platform, taken))
        }
      } catch (error) {
        if (!isFailure(error)) throw error
        log.error('a push could not be stored', { reason: error })
        return retry
      }
      if (appid === undefined || opened.unreadable !== undefined || !isTestAccount(appid)) return success
      const { replyToRobot } = await import('../domain/pushes/release-check.ts')
      const reply = replyToRobot(platform, opened.fields)
      if (reply === undefined) return success
      return reply === '' ? textResponse(200, '') : opened.reply(reply)
    },
  )

/** Stores it. `known`: it was there already, or there is nothing left to do. */
async function take(
  platform: Platform,
  opened: OpenedPush,
  appid: string | undefined,
): Promise<Push | 'known' | 'refused'> {
  const { fields, form, once, unreadable } = opened
  if (unreadable !== undefined) {
    const received = {
      id: pushKey({ unreadable }, appid),
      road: appid === undefined ? 'component' : 'message',
    } as const
    await store(platform, { ...received, ...(appid !== undefined && { appid }), fields, unreadable })
    return 'known'
  }
  const [isFresh, isMisdirected] = await Promise.all([
    once ? platform.stores.pushes.useNonce(once.nonceId, once.bodyId) : true,
    appid !== undefined && belongsToAnother(platform, appid, fields),
  ])
  if (!isFresh || isMisdirected) return 'refused'
  if (form === 'json' && isForwarderTest(fields)) return 'known'
  const push = await store(
    platform,
    // An authorization event names its account itself, whatever address it came to.
    appid === undefined || textOf(fields, 'InfoType') !== undefined
      ? { id: pushKey(fields), road: 'component', fields, ...(appid !== undefined && { address: appid }) }
      : { id: pushKey(fields, appid), road: 'message', appid, fields },
  )
  return push ?? 'known'
}

/** The last part of `/wechat/message/{appid}`, or all of the path where the route's prefix was stripped. */
const appidIn = (path: string): string | undefined =>
  /^(?:.*\/wechat\/message)?\/([A-Za-z0-9_-]{2,64})\/?$/.exec(path)?.[1]

/** So many owners are remembered, 200 bytes each; then it starts anew. */
const MAX_OWNERS = 50_000

/** Asked for one, the database tells its neighbours too, so many on each side: messages of the fleet soon need no look-up each. 120 KB. */
const OWNERS_AT_ONCE = 1000

/** A message that names another account than its address does was misdirected. */
async function belongsToAnother(platform: Platform, appid: string, fields: PushFields): Promise<boolean> {
  const userName = textOf(fields, 'ToUserName')
  if (userName === undefined || isTestAccount(appid)) return false
  const { owners } = platform.memory
  if (!owners.has(userName)) {
    const found = await platform.stores.authorizers.ownersAround(userName, OWNERS_AT_ONCE)
    if (owners.size + found.size > MAX_OWNERS) owners.clear()
    for (const [name, owner] of found) owners.set(name, owner)
  }
  const owner = owners.get(userName)
  return owner !== undefined && owner !== appid
}
