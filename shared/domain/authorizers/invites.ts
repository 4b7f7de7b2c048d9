import { Failure } from '../../errors.ts'
import type { EpochMs } from '../../time.ts'
import { inviteUrlOf } from './new-invites.ts'
import { databaseTime, type Platform } from '../platform.ts'
import type { Invite } from '../stores/invites.ts'
import { mapItems, type Page, type PageRequest } from '../stores/page.ts'

/** Links that may still bring in an account; for a limited key those of its accounts' businesses. */
export async function listInvites(
  platform: Platform,
  { businessId, appids }: { readonly businessId?: string | undefined; readonly appids?: readonly string[] | undefined },
  page: PageRequest,
): Promise<Page<Invite & { readonly inviteUrl: string }>> {
  const theirs = appids && (await businessesOf(platform, appids))
  const asked = businessId === undefined ? theirs : [businessId].filter((id) => !theirs || theirs.includes(id))
  if (asked?.length === 0) return { items: [] }
  const found = await platform.stores.invites.listOpen(asked, page, databaseTime(platform))
  return mapItems(found, (invite) => ({ ...invite, inviteUrl: inviteUrlOf(platform, invite.inviteId) }))
}

async function businessesOf({ stores }: Platform, appids: readonly string[]): Promise<readonly string[]> {
  return [...(await stores.bindings.ofAuthorizers(appids)).values()].map(({ businessId }) => businessId)
}

/** Whether it may still be opened. */
export const isOpen = ({ expiresAt, endedAt }: Invite, now: EpochMs): boolean =>
  endedAt === undefined && expiresAt > now

/** Ends one link with the pages that are open on it. One that has ended already stays so. */
export async function revokeInvite(platform: Platform, inviteId: string): Promise<void> {
  const invite = await platform.stores.invites.find(inviteId)
  if (!invite) throw new Failure('INVITE_UNKNOWN', { field: 'inviteId' })
  await platform.stores.invites.end(inviteId, databaseTime(platform))
  await reviewPending(platform, invite)
}

/** Ends all links of a business, with the pages that are open on them. */
export async function endInvitesOf(platform: Platform, businessId: string): Promise<void> {
  await platform.stores.invites.endOf(businessId, databaseTime(platform))
  for (const accountType of ['miniprogram', 'official', 'any'] as const)
    await reviewPending(platform, { businessId, accountType })
}

/** A business waits for as long as one of its links is open. */
async function reviewPending(
  platform: Platform,
  { businessId, accountType }: Pick<Invite, 'businessId' | 'accountType'>,
): Promise<void> {
  await platform.stores.bindings.reviewPending(businessId, accountType, async () => {
    const page = { limit: 1000 }
    const { items } = await platform.stores.invites.listOpen([businessId], page, databaseTime(platform))
    const ends = items.filter((invite) => invite.accountType === accountType).map(({ expiresAt }) => expiresAt)
    return ends.reduce<EpochMs | undefined>((last, end) => (last === undefined || end > last ? end : last), undefined)
  })
}
