import { isFailure } from '../../errors.ts'
import { toldBinding } from './binding-views.ts'
import { bindAuthorizer } from './bindings.ts'
import { codeIdOf, exchangeCode, isAuthorized, refreshProfile } from './authorization.ts'
import { after, fromUnixSeconds, HOUR } from '../../time.ts'
import type { Platform } from '../platform.ts'
import { closeProblem } from '../problems/problems.ts'
import type { Push } from '../stores/pushes.ts'
import { forget } from '../tokens/tokens.ts'

interface Codes {
  readonly code?: string | undefined
  readonly preAuthCode?: string | undefined
}

/**
 * A merchant granted, or changed what it grants. The tokens come first; then the business whose pre-auth code was used gets
 * the account, also when the browser never came back.
 */
export async function handleAuthorized(platform: Platform, push: Push, { code, preAuthCode }: Codes): Promise<void> {
  const { appid, createTime } = push
  if (appid === undefined) return
  if (code !== undefined)
    await platform.stores.codes.note(codeIdOf(platform, code), appid, after(fromUnixSeconds(createTime), HOUR))
  if (await wasWithdrawnAfter(platform, appid, createTime)) return
  const known = await platform.stores.authorizers.find(appid)
  const isOld = known !== undefined && known.eventTime > createTime
  if (!isOld) {
    if (code !== undefined) await exchangeCode(platform, { code, appid, eventTime: createTime })
    else if (known) await refreshProfile(platform, appid)
    await platform.stores.authorizers.raiseEventTime(appid, createTime)
  }
  const authorizer = await platform.stores.authorizers.find(appid)
  if (!authorizer || authorizer.status === 'revoked') return
  if (preAuthCode !== undefined) await bindByPreAuthCode(platform, appid, preAuthCode)
}

/** The pushes themselves tell, also for an account that was never seen before. */
async function wasWithdrawnAfter(platform: Platform, appid: string, createTime: number): Promise<boolean> {
  const withdrawnAt = await platform.stores.pushes.latestTime(appid, 'wechat.unauthorized')
  return withdrawnAt !== undefined && withdrawnAt > createTime
}

export const preAuthIdOf = (platform: Platform, preAuthCode: string): string =>
  platform.ids.hash('preAuthCode', preAuthCode)

async function bindByPreAuthCode(platform: Platform, appid: string, preAuthCode: string): Promise<void> {
  const state = await platform.stores.invites.findStateByPreAuthCode(preAuthIdOf(platform, preAuthCode))
  if (!state || state.endedAt !== undefined) return
  try {
    await bindAuthorizer(platform, {
      businessId: state.businessId,
      appid,
      attributes: state.attributes,
      replace: false,
      page: { stateId: state.stateId, inviteId: state.inviteId },
      ...(state.accountType !== 'any' && { expectedType: state.accountType }),
    })
  } catch (error) {
    // The problem is open for the operator; WeChat has nothing to repeat.
    if (!isFailure(error, 'CONFLICT') && !(isFailure(error) && error.reason === 'LINK_ENDED')) throw error
  }
}

/** The merchant withdrew. Tokens are deleted unless a newer authorization has taken effect. */
export async function handleUnauthorized(platform: Platform, push: Push): Promise<void> {
  const { appid, createTime } = push
  if (appid === undefined) return
  if (await mayBeOlder(platform, appid, createTime)) {
    if (await isAuthorized(platform, appid)) return
  }
  if (await platform.stores.authorizers.revoke(appid, createTime, toldBinding(platform)))
    await sayGoodbye(platform, appid)
}

/** An exchange without its push lies between two times only; a withdrawal in between may have come before or after. */
async function mayBeOlder(platform: Platform, appid: string, createTime: number): Promise<boolean> {
  const known = await platform.stores.authorizers.find(appid)
  return known?.provenAt !== undefined && createTime >= known.eventTime && createTime <= known.provenAt
}

/** What has to follow once the tokens are gone. */
export async function sayGoodbye(platform: Platform, appid: string): Promise<void> {
  forget(platform, { kind: 'authorizer', appid })
  for (const problem of ['REAUTHORIZATION_REQUIRED', 'AUTHORIZATION_LOST', 'BINDING_CONFLICT'] as const)
    await closeProblem(platform, problem, appid)
  platform.log.info('authorization withdrawn', { appid })
}
