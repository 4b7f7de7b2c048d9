import { isFailure } from '../../errors.ts'
import { toldBinding } from './binding-views.ts'
import { bindAuthorizer } from './bindings.ts'
import { exchangeCode, isAuthorized, refreshProfile, type Exchanged } from './authorization.ts'
import { codeIdOf, preAuthIdOf } from './code-ids.ts'
import { after, fromUnixSeconds, HOUR } from '../../time.ts'
import { learnDatabaseTime, type Platform } from '../platform.ts'
import { closeProblem } from '../problems/problems.ts'
import type { Account } from '../stores/accounts.ts'
import type { Authorizer } from '../stores/authorizers.ts'
import type { AuthState } from '../stores/invites.ts'
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
  const codeId = code === undefined ? undefined : codeIdOf(platform, code)
  const preAuthId = preAuthCode === undefined ? undefined : preAuthIdOf(platform, preAuthCode)
  const { accounts, codes } = platform.stores
  const names = { appid, codeId, preAuthId, pushId: push.id }
  const account = await accounts.load(names, 'authorizer', 'withdrawnAt', 'code', 'page', 'pushedAt')
  // A moment ago.
  if (push.attempts === 0 && account.pushedAt !== undefined) learnDatabaseTime(platform, account.pushedAt)
  // The pushes themselves tell, also for an account that was never seen before.
  const isWithdrawn = account.withdrawnAt !== undefined && account.withdrawnAt > createTime
  const isOld = account.authorizer !== undefined && account.authorizer.eventTime > createTime
  if (codeId !== undefined && (isWithdrawn || isOld))
    await codes.note(codeId, appid, after(fromUnixSeconds(createTime), HOUR))
  if (isWithdrawn) return endWithdrawn(platform, push, account)
  const page = account.page && isOpen(account.page, appid) ? account.page : undefined
  const taken: Taken = isOld
    ? { authorizer: account.authorizer }
    : await takeEffect(platform, { appid, createTime, code, page }, account)
  if (page && taken.authorizer && taken.authorizer.status !== 'revoked')
    await bindByPage(platform, { ...page, appid, codeId }, taken)
}

/** A page that has bound the account has done its work. */
const isOpen = ({ endedAt, outcome }: AuthState, appid: string): boolean =>
  endedAt === undefined && !(outcome?.status === 'bound' && outcome.appid === appid)

type Taken = Pick<Exchanged, 'standing' | 'profile'> & { readonly authorizer: Authorizer | undefined }

/** Whoever stored the tokens of this event may have died before it saw that they were withdrawn. */
async function endWithdrawn(
  platform: Platform,
  { createTime }: Push,
  { authorizer, withdrawnAt = 0 }: Pick<Account, 'authorizer' | 'withdrawnAt'>,
): Promise<void> {
  if (authorizer?.status !== 'active' || authorizer.eventTime !== createTime) return
  if (await platform.stores.authorizers.revoke(authorizer.appid, withdrawnAt, toldBinding(platform)))
    await settleWithdrawal(platform, authorizer.appid)
}

/** The account as the event leaves it. */
async function takeEffect(
  platform: Platform,
  {
    appid,
    createTime,
    code,
    page,
  }: {
    readonly appid: string
    readonly createTime: number
    readonly code?: string | undefined
    readonly page: AuthState | undefined
  },
  seen: Pick<Account, 'authorizer' | 'code'>,
): Promise<Taken> {
  let taken: Taken = { authorizer: seen.authorizer }
  if (code !== undefined) {
    const exchanged = await exchangeCode(platform, { code, appid, eventTime: createTime, seen, ties: page })
    // Its tokens were stored with the time of this event.
    if (exchanged.isFresh) return exchanged
    taken = { ...exchanged, authorizer: exchanged.authorizer ?? (await platform.stores.authorizers.find(appid)) }
  } else if (seen.authorizer) taken = { authorizer: { ...seen.authorizer, ...(await refreshProfile(platform, appid)) } }
  await platform.stores.authorizers.raiseEventTime(appid, createTime)
  return taken
}

async function bindByPage(
  platform: Platform,
  page: AuthState & { readonly appid: string; readonly codeId: string | undefined },
  known: Pick<Taken, 'standing' | 'profile'>,
): Promise<void> {
  const { businessId, appid, attributes, accountType } = page
  try {
    const input = {
      businessId,
      appid,
      attributes,
      replace: false,
      page,
      ...(accountType !== 'any' && { expectedType: accountType }),
    }
    await bindAuthorizer(platform, input, known)
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
    await settleWithdrawal(platform, appid)
}

/** An exchange without its push lies between two times only; a withdrawal in between may have come before or after. */
async function mayBeOlder(platform: Platform, appid: string, createTime: number): Promise<boolean> {
  const known = await platform.stores.authorizers.find(appid)
  return known?.provenAt !== undefined && createTime >= known.eventTime && createTime <= known.provenAt
}

/** What has to follow once the tokens are gone. */
export async function settleWithdrawal(platform: Platform, appid: string): Promise<void> {
  forget(platform, { kind: 'authorizer', appid })
  for (const problem of ['REAUTHORIZATION_REQUIRED', 'AUTHORIZATION_LOST', 'BINDING_CONFLICT'] as const)
    await closeProblem(platform, problem, appid)
  platform.log.info('authorization withdrawn', { appid })
}
