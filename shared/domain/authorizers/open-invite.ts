import { Failure } from '../../errors.ts'
import { after, HOUR, MINUTE, SECOND } from '../../time.ts'
import { tokens } from '../../wechat/endpoints/tokens.ts'
import { authorizationLinks } from '../../wechat/links.ts'
import { preAuthIdOf } from './code-ids.ts'
import { isOpen } from './invites.ts'
import { openSigned, signed } from './signed-ids.ts'
import { callAsPlatform } from '../tokens/platform-calls.ts'
import { databaseTime, type Platform } from '../platform.ts'
import type { Invite } from '../stores/invites.ts'

/** A callback is expected within this; pre-auth codes themselves live at most half an hour. */
const STATE_LIFE_MS = HOUR

export interface OpenedInvite {
  readonly invite: Invite
  readonly links: { readonly computer: string; readonly phone: string }
}

/**
 * Opens an invite: a pre-auth code, remembered with the business it was fetched for. A browser that comes again while its code lives
 * gets the same one.
 */
export async function openInvite(platform: Platform, token: string, browser: Browser): Promise<OpenedInvite> {
  const inviteId = openSigned(platform, 'invite', token)
  if (inviteId === undefined) throw new Failure('LINK_NOT_VALID')
  const { invites } = platform.stores
  const browserId = browserIdOf(platform, browser.id)
  const first = browser.isNew ? await invites.takeFirstCode(inviteId) : undefined
  if (first) return { invite: first, links: linksOf(platform, first, await openState(platform, first, browserId)) }
  const invite = await invites.find(inviteId)
  if (!invite) throw new Failure('LINK_NOT_VALID')
  if (!isOpen(invite, databaseTime(platform)))
    throw new Failure(invite.endedAt === undefined ? 'LINK_EXPIRED' : 'LINK_ENDED')
  const known = browser.isNew ? undefined : await invites.findOpenState(inviteId, browserId, databaseTime(platform))
  if (known) return { invite, links: linksOf(platform, invite, known) }
  if (!(await invites.takeCode(invite, CODES_AN_HOUR, HOUR, databaseTime(platform))))
    throw new Failure('LINK_OPENED_TOO_OFTEN', { params: { perHour: CODES_AN_HOUR } })
  return { invite, links: linksOf(platform, invite, await openState(platform, invite, browserId)) }
}

export interface Browser {
  readonly id: string
  /** It showed no cookie, so it has opened nothing before. */
  readonly isNew: boolean
}

interface OpenState {
  readonly stateId: string
  readonly preAuthCode: string
}

const CODES_AN_HOUR = 20

/** With less time left a merchant would not get to the end. */
const LAST_MINUTE_MS = MINUTE

async function openState(platform: Platform, invite: Invite, browserId: string): Promise<OpenState> {
  const { pre_auth_code: preAuthCode, expires_in: lifeSeconds } = await callAsPlatform(platform, tokens.preAuthCode, {
    body: { component_appid: platform.settings.componentAppid },
  })
  const now = databaseTime(platform)
  const stateId = platform.ids.random()
  const { inviteId, businessId, accountType, attributes, returnUrl } = invite
  await platform.stores.invites.insertState(
    {
      stateId,
      inviteId,
      businessId,
      accountType,
      attributes,
      ...(returnUrl !== undefined && { returnUrl }),
      browserId,
      openedAt: now,
      expiresAt: after(now, STATE_LIFE_MS),
    },
    preAuthIdOf(platform, preAuthCode),
    { preAuthCode, until: after(now, lifeSeconds * SECOND - LAST_MINUTE_MS) },
  )
  return { stateId, preAuthCode }
}

function linksOf(platform: Platform, invite: Invite, { stateId, preAuthCode }: OpenState): OpenedInvite['links'] {
  const { componentAppid, authBaseUrl, wechatPageBase } = platform.settings
  const { accountType, appid } = invite
  return authorizationLinks({
    componentAppid,
    preAuthCode,
    redirectUri: `${authBaseUrl}/auth/callback/${signed(platform, 'state', stateId)}`,
    accountType,
    ...(wechatPageBase !== undefined && { pageBase: wechatPageBase }),
    ...(appid !== undefined && { bizAppid: appid }),
  })
}

export const browserIdOf = (platform: Platform, browser: string): string => platform.ids.hash('browser', browser)
