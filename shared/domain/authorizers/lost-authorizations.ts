import { authorizers as endpoints } from '../../wechat/endpoints/authorizers.ts'
import { errcodes } from '../../wechat/errcodes.ts'
import { createLink, inviteUrlOf } from './new-invites.ts'
import { isOpen } from './invites.ts'
import { callAsPlatform } from '../tokens/platform-calls.ts'
import { databaseTime, type Platform } from '../platform.ts'
import { raiseProblem } from '../problems/problems.ts'
import type { AccountKind, AccountType, Authorizer } from '../stores/authorizers.ts'

interface Lost {
  /** With which WeChat refused the code. */
  readonly errcode?: number | undefined
  /** CreateTime of the event, unix seconds. */
  readonly eventTime?: number | undefined
  readonly preAuthCode?: string | undefined
}

/** Only the merchant can help: a problem with its name and the link to send. Nothing if it withdrew in the meantime. */
export async function reportLostAuthorization(platform: Platform, appid: string, lost: Lost): Promise<void> {
  if (lost.errcode === errcodes.accountNotAuthorized) return
  const known = await platform.stores.authorizers.find(appid)
  if (known?.status === 'active' && known.hasRefreshToken) return
  // It says already that the merchant has to authorize again.
  if (known?.status === 'reauthorize') return
  const withdrawnAt = await platform.stores.pushes.latestTime(appid, 'wechat.unauthorized')
  if (withdrawnAt !== undefined && withdrawnAt >= (lost.eventTime ?? 0)) return
  const name = known?.nickName || (await readName(platform, appid))
  const link = await linkFor(platform, known, appid, lost)
  await raiseProblem(platform, {
    code: 'AUTHORIZATION_LOST',
    appid,
    params: {
      ...(name !== '' && { name }),
      ...(lost.errcode !== undefined && { errcode: lost.errcode }),
      ...(link !== undefined && { link }),
    },
  })
}

/** WeChat tells the name of an authorizer also where no code was exchanged. */
async function readName(platform: Platform, appid: string): Promise<string> {
  try {
    const reply = await callAsPlatform(platform, endpoints.info, {
      body: { component_appid: platform.settings.componentAppid, authorizer_appid: appid },
    })
    return reply.authorizer_info.nick_name ?? ''
  } catch {
    return ''
  }
}

/** The invite it came through while that is open, else a new one where the business is known. */
async function linkFor(
  platform: Platform,
  known: Authorizer | undefined,
  appid: string,
  { preAuthCode, eventTime }: Lost,
): Promise<string | undefined> {
  const state =
    preAuthCode === undefined
      ? undefined
      : await platform.stores.invites.findStateByPreAuthCode(platform.ids.hash('preAuthCode', preAuthCode))
  const invite = state && (await platform.stores.invites.find(state.inviteId))
  if (invite && isOpen(invite, databaseTime(platform))) return inviteUrlOf(platform, invite.inviteId)
  const businessId = state?.businessId ?? known?.businessId
  if (businessId === undefined) return undefined
  const input = {
    businessId,
    accountType: state?.accountType ?? boundAs(known?.accountType),
    attributes: state?.attributes ?? {},
    expiresInHours: 168,
  }
  // The same for whoever has to report it again.
  return (await createLink(platform, input, `lost ${appid} ${eventTime ?? 0}`)).inviteUrl
}

const boundAs = (kind: AccountKind | undefined): AccountType | 'any' =>
  kind === 'miniprogram' || kind === 'official' ? kind : 'any'
