import { isFailure } from '../errors.ts'
import { bindAuthorizer } from './bindings.ts'
import { codeIdOf, exchangeCode } from './authorization.ts'
import { after, fromUnixSeconds, HOUR } from '../time.ts'
import type { Platform } from './platform.ts'
import type { Push } from './stores.ts'
import { forget } from './tokens.ts'

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
  const known = await platform.stores.authorizers.find(appid)
  const isOld = known !== undefined && known.eventTime > createTime
  if (code !== undefined && !isOld) {
    await exchangeCode(platform, { code, appid, eventTime: createTime })
    await platform.stores.authorizers.raiseEventTime(appid, createTime)
  }
  const authorizer = await platform.stores.authorizers.find(appid)
  if (!authorizer || authorizer.status === 'revoked') return
  if (authorizer.businessId !== undefined) await platform.stores.bindings.setStatusOfAuthorizer(appid, 'bound')
  if (preAuthCode !== undefined) await bindByPreAuthCode(platform, appid, preAuthCode)
}

export const preAuthIdOf = (platform: Platform, preAuthCode: string): string =>
  platform.ids.hash('preAuthCode', preAuthCode)

async function bindByPreAuthCode(platform: Platform, appid: string, preAuthCode: string): Promise<void> {
  const state = await platform.stores.invites.findStateByPreAuthCode(preAuthIdOf(platform, preAuthCode))
  if (!state) return
  try {
    await bindAuthorizer(platform, {
      businessId: state.businessId,
      appid,
      attributes: state.attributes,
      replace: false,
      ...(state.accountType !== 'any' && { expectedType: state.accountType }),
    })
  } catch (error) {
    // The problem is open for the operator; WeChat has nothing to repeat.
    if (!isFailure(error, 'CONFLICT')) throw error
  }
}

/** The merchant withdrew. Tokens are deleted unless a newer authorization has taken effect. */
export async function handleUnauthorized(platform: Platform, push: Push): Promise<void> {
  const { appid, createTime } = push
  if (appid === undefined) return
  if (await platform.stores.authorizers.revoke(appid, createTime)) {
    forget(platform, { kind: 'authorizer', appid })
    platform.log.info('authorization withdrawn', { appid })
  }
  const authorizer = await platform.stores.authorizers.find(appid)
  if (authorizer?.status === 'revoked') await platform.stores.bindings.setStatusOfAuthorizer(appid, 'revoked')
}
