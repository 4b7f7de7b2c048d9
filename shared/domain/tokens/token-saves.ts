import { Failure } from '../../errors.ts'
import { after, MINUTE, SECOND } from '../../time.ts'
import { databaseTime, type Platform } from '../platform.ts'
import type { Claim, NewTokens } from '../stores/tokens.ts'
import type { LiveToken } from './tokens.ts'

interface Received {
  readonly accessToken: string
  readonly refreshToken?: string
  /** The refresh token that WeChat accepted for it. */
  readonly usedRefreshToken?: string
  readonly expiresInSeconds: number
  /** How long before the end the sweep comes by. */
  readonly headstartMs: number
  /** So long after now instead, where nobody needs it kept fresh. */
  readonly restMs?: number | undefined
}

/**
 * WeChat may still apply an attempt that was given up, and with it replace what it answers now. One refresh after so long,
 * while former tokens are still accepted (5 minutes), heals that.
 */
const EXTRA_REFRESH_MS = 2 * MINUTE

/** Together below the lease's 20 s less WeChat's 8 s: the save must land while the lease is ours. */
const SAVE_PAUSES_MS = [0, 200, 500, 1500]

/** One call to WeChat and the save. */
const CALL_MS = 9 * SECOND

/** Whether the lease leaves room for a call, as far as this instance's clock can tell. */
export const hasTimeForCall = (platform: Platform, claim: Claim): boolean =>
  claim.until - databaseTime(platform) >= CALL_MS

/**
 * Saves what WeChat handed out and ends the claim. A database that fails just now is asked again; if it stays away the
 * caller still gets the token, and the next claim finds the attempt unresolved.
 * Undefined: another claimer came in between, whose result counts.
 */
export async function saveTokens(platform: Platform, claim: Claim, received: Received): Promise<LiveToken | undefined> {
  const tokens = toBeSaved(platform, claim, received)
  const live = {
    accessToken: tokens.accessToken,
    expiresAt: tokens.expiresAt,
    tokenFence: claim.state.fence,
    funcInfo: claim.state.funcInfo,
    ...(claim.state.accountStatus !== undefined && { accountStatus: claim.state.accountStatus }),
    ...(claim.state.accountType !== undefined && { accountType: claim.state.accountType }),
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

function toBeSaved(platform: Platform, { now, unresolved }: Claim, received: Received): NewTokens {
  const { accessToken, refreshToken, usedRefreshToken, expiresInSeconds, headstartMs, restMs } = received
  const early = headstartMs * (1 + platform.ids.fraction() / 4)
  const life = restMs ?? Math.max(expiresInSeconds * SECOND - early, MINUTE)
  return {
    accessToken,
    ...(refreshToken !== undefined && { refreshToken }),
    ...(usedRefreshToken !== undefined && { usedRefreshToken }),
    expiresAt: after(now, expiresInSeconds * SECOND),
    dueAt: after(now, unresolved ? Math.min(life, EXTRA_REFRESH_MS) : life),
  }
}

/** A save whose answer was lost has ended the lease all the same, so its repetition matches nothing. */
async function wasSaved(platform: Platform, claim: Claim): Promise<boolean> {
  const state = await platform.stores.tokens.read(claim.holder)
  return state?.tokenFence === claim.state.fence
}
