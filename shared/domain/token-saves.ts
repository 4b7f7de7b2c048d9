import { Failure } from '../errors.ts'
import { after, DAY, HOUR, MINUTE, SECOND } from '../time.ts'
import type { Platform } from './platform.ts'
import type { Claim, NewTokens } from './stores.ts'
import type { LiveToken } from './tokens.ts'

interface Received {
  readonly accessToken: string
  readonly refreshToken?: string
  readonly expiresInSeconds: number
  /** How long before the end the sweep comes by. */
  readonly headstartMs: number
}

const UNRESOLVED_MS = 10 * MINUTE

/** Together below the lease's 20 s less WeChat's 8 s: the save must land while the lease is ours. */
const SAVE_PAUSES_MS = [0, 200, 500, 1500]

/**
 * Saves what WeChat handed out and ends the claim. A database that fails just now is asked again; if it stays away the
 * caller still gets the token, and the next claim finds the attempt unresolved.
 * Undefined: another claimer came in between, whose result counts.
 */
export async function saveTokens(platform: Platform, claim: Claim, received: Received): Promise<LiveToken | undefined> {
  const expiresAt = after(claim.now, received.expiresInSeconds * SECOND)
  const early = received.headstartMs * (1 + platform.ids.fraction() / 4)
  const life = received.expiresInSeconds * SECOND - early
  const tokens: NewTokens = {
    accessToken: received.accessToken,
    ...(received.refreshToken !== undefined && { refreshToken: received.refreshToken }),
    expiresAt,
    // WeChat may still apply an attempt that was given up; one refresh soon after heals what that would break.
    dueAt: after(claim.now, Math.max(claim.unresolved ? Math.min(life, UNRESOLVED_MS) : life, MINUTE)),
  }
  const live = {
    accessToken: received.accessToken,
    expiresAt,
    tokenFence: claim.state.fence,
    funcInfo: claim.state.funcInfo,
  }
  for (const pause of SAVE_PAUSES_MS) {
    if (pause > 0) await platform.sleep(pause)
    try {
      if (await platform.stores.tokens.save(claim, tokens)) return live
      return (await wasSaved(platform, claim)) ? live : undefined
    } catch (error) {
      if (!(error instanceof Failure)) throw error
      platform.log.warn('a new token could not be saved yet', { holder: claim.holder, reason: error })
    }
  }
  return live
}

/** A save whose answer was lost has ended the lease all the same, so its repetition matches nothing. */
async function wasSaved(platform: Platform, claim: Claim): Promise<boolean> {
  const state = await platform.stores.tokens.read(claim.holder)
  return state?.tokenFence === claim.state.fence
}

/** How long nobody asks again, by kind of failure (row R11 of the acceptance page). */
export function retryDelay(platform: Platform, error: Failure, failures: number): number {
  const jitter = 1 + platform.ids.fraction() / 2
  switch (error.code) {
    case 'WECHAT_UNAVAILABLE':
      return Math.min(5 * SECOND * 2 ** Math.min(failures - 1, 4), MINUTE) * jitter
    case 'QUOTA_EXCEEDED':
      return (error.wechat?.errcode === 45011 ? MINUTE : HOUR) * jitter
    case 'CONFIG_INVALID':
    case 'TICKET_MISSING':
      return MINUTE * jitter
    default:
      return Math.min(MINUTE * 2 ** Math.min(failures - 1, 10), DAY) * jitter
  }
}
