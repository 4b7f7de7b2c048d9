import { Failure } from '../../errors.ts'
import { after, HOUR, toIso } from '../../time.ts'
import { signed } from './signed-ids.ts'
import { databaseTime, type Platform } from '../platform.ts'
import type { AccountType } from '../stores/authorizers.ts'

export interface LinkInput {
  readonly businessId: string
  readonly returnUrl?: string | undefined
  readonly accountType: AccountType | 'any'
  readonly appid?: string | undefined
  readonly attributes: Readonly<Record<string, string>>
  readonly expiresInHours: number
}

/** An invite works until it expires, is ended, or has bound an account: from then on for that account only. */
export async function createLink(
  platform: Platform,
  input: LinkInput,
  runId?: string,
): Promise<{ inviteId: string; inviteUrl: string; expiresAt: string }> {
  if (input.returnUrl !== undefined) assertReturnUrl(platform, input.returnUrl)
  const { ids, stores } = platform
  const inviteId = runId === undefined ? ids.random() : ids.hash('invite', runId).slice(0, 32)
  const wanted = after(databaseTime(platform), input.expiresInHours * HOUR)
  const { businessId, accountType, attributes, appid, returnUrl } = input
  const isNew = await stores.invites.insert({
    inviteId,
    businessId,
    accountType,
    attributes,
    expiresAt: wanted,
    ...(appid !== undefined && { appid }),
    ...(returnUrl !== undefined && { returnUrl }),
  })
  // Made by an attempt whose answer was lost: it is as that one made it, or has been ended since.
  const made = isNew ? undefined : await stores.invites.find(inviteId)
  const expiresAt = made?.expiresAt ?? wanted
  if (made?.endedAt === undefined) await stores.bindings.openPending(businessId, accountType, attributes, expiresAt)
  return { inviteId, inviteUrl: inviteUrlOf(platform, inviteId), expiresAt: toIso(expiresAt) }
}

export const inviteUrlOf = (platform: Platform, inviteId: string): string =>
  `${platform.settings.authBaseUrl}/auth/start?invite=${signed(platform, 'invite', inviteId)}`

/** Only an origin that is listed, compared exactly; what browsers would read differently is refused. */
function assertReturnUrl(platform: Platform, returnUrl: string): void {
  const usable = !/[\s\\\p{Cc}]/u.test(returnUrl) && /^https?:\/\/[^/]/.test(returnUrl) && URL.canParse(returnUrl)
  const url = usable ? new URL(returnUrl) : undefined
  if (url && url.username === '' && url.password === '' && platform.settings.returnUrlOrigins.includes(url.origin))
    return
  throw new Failure('RETURN_URL_NOT_ALLOWED', { field: 'returnUrl' })
}
