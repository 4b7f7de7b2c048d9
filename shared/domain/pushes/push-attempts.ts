import { errcodeOf, Failure } from '../../errors.ts'
import { after, MINUTE, SECOND } from '../../time.ts'
import { isTestAccount } from '../../wechat/test-accounts.ts'
import { reportLostAuthorization } from '../authorizers/lost-authorizations.ts'
import { databaseTime, type Platform } from '../platform.ts'
import type { Push } from '../stores/pushes.ts'
import { act } from './push-handlers.ts'

const MAX_ATTEMPTS = 12

/** As long as the breaker lets nobody ask. */
const PAUSE_MS = 5 * SECOND

/** Handles a stored push and notes how it went. Never throws. */
export async function handle(platform: Platform, push: Push): Promise<void> {
  try {
    await act(platform, push)
    await platform.stores.pushes.finish(push, 'done')
  } catch (error) {
    platform.log.warn('a push could not be handled yet', {
      type: push.type,
      appid: push.appid,
      attempts: push.attempts,
      reason: error,
    })
    await putOff(platform, push, error).catch((reason: unknown) => {
      platform.log.error('a push could not be put off; its time comes all the same', { reason })
    })
  }
}

async function putOff(platform: Platform, push: Push, error: unknown): Promise<void> {
  const final =
    error instanceof Failure && !error.retryable && error.code !== 'INTERNAL' && error.code !== 'CONFIG_INVALID'
  if (!final && push.attempts < MAX_ATTEMPTS) {
    const delay = retryDelay(push.attempts, error instanceof Failure && error.paused)
    return platform.stores.pushes.postpone(push, after(databaseTime(platform), delay))
  }
  // The push comes last: once it has failed, nobody comes back to it.
  if (push.appid !== undefined && isAuthorization(push.type) && !isTestAccount(push.appid))
    await reportLostAuthorization(platform, push.appid, {
      errcode: errcodeOf(error),
      eventTime: push.createTime,
      preAuthCode: push.secrets['PreAuthCode'],
    })
  await platform.stores.pushes.finish(push, 'failed')
}

/** The next run of processQueue, within a minute, repeats it first; one that found WeChat paused cost nothing and waits for the end of that. */
function retryDelay(attempts: number, isPaused: boolean): number {
  if (attempts === 0) return 0
  if (isPaused && attempts < 3) return PAUSE_MS
  return Math.min(MINUTE * 2 ** (attempts - 1), 60 * MINUTE)
}

const isAuthorization = (type: string): boolean =>
  ['wechat.authorized', 'wechat.updateauthorized', 'wechat.notify_third_fasteregister'].includes(type)
