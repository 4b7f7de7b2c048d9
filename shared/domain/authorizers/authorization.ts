import { errcodeOf, Failure, type WechatSays } from '../../errors.ts'
import { after, DAY, MINUTE, SECOND, toUnixSeconds, type EpochMs } from '../../time.ts'
import { authorizers as endpoints } from '../../wechat/endpoints/authorizers.ts'
import { tokens } from '../../wechat/endpoints/tokens.ts'
import { kindOf } from './account-kind.ts'
import { noteStanding } from './account-status.ts'
import { codeIdOf } from './code-ids.ts'
import { errcodes } from '../../wechat/errcodes.ts'
import { findListedRefreshToken } from '../tokens/authorizer-list.ts'
import { toldBinding } from './binding-views.ts'
import { AUTHORIZER_HEADSTART_MS } from '../tokens/authorizer-token.ts'
import { callAsPlatform } from '../tokens/platform-calls.ts'
import { databaseTime, knowsDatabaseTime, type Platform } from '../platform.ts'
import { problemIdOf, settleProblem } from '../problems/problems.ts'
import type { Account, AccountNames } from '../stores/accounts.ts'
import type { Authorizer, AuthorizerProfile, Grant } from '../stores/authorizers.ts'
import type { Standing } from '../stores/bindings.ts'
import type { CodeRecord } from '../stores/codes.ts'
import { forget } from '../tokens/tokens.ts'

/** WeChat's code is spent, over, or somebody else's. */
const codeRefused = new Set([61009, 61010])

const POLL_MS = 400

interface Exchange {
  readonly code: string
  /** The authorizer that WeChat's push named for the code. */
  readonly appid?: string
  /** The authorization is no older than this, unix seconds. */
  readonly eventTime: number
  /** What was found of the account and the code just now. */
  readonly seen?: Pick<Account, 'authorizer' | 'code'>
  /** The business, and the page, that the account is tied to next: what that has to know is looked up on the way. */
  readonly ties?: Pick<AccountNames, 'businessId' | 'inviteId' | 'stateId'> | undefined
}

export interface Exchanged {
  readonly appid: string
  /** As it is stored now; undefined where nobody looked. */
  readonly authorizer: Authorizer | undefined
  /** This very call brought its tokens. */
  readonly isFresh: boolean
  /** All that ties it, as it is stored now; undefined where nobody looked. */
  readonly standing?: Standing
  /** What WeChat says of it, where that is left to whoever ties it. */
  readonly profile?: AuthorizerProfile
}

/**
 * Exchanges an authorization code for tokens, once over all instances, and answers whose it is. A code that somebody else
 * has spent is repaired from WeChat's own list where the authorizer is known.
 */
export async function exchangeCode(platform: Platform, exchange: Exchange): Promise<Exchanged> {
  const codeId = codeIdOf(platform, exchange.code)
  const owner = platform.ids.random()
  const { seen: { authorizer, code } = {}, appid } = exchange
  const isBrought = code?.state === 'done' ? code.appid === appid : code?.state !== 'failed' && has(authorizer, codeId)
  if (authorizer && isBrought) return { appid: authorizer.appid, authorizer, isFresh: false }
  for (;;) {
    const now = knowsDatabaseTime(platform) ? databaseTime(platform) : undefined
    const claim = await platform.stores.codes.claim(codeId, owner, { appid, now })
    if (claim.kind === 'held') {
      const brought = await platform.stores.authorizers.findByCode(codeId)
      if (has(brought, codeId)) return { appid: brought.appid, authorizer: brought, isFresh: false }
      await platform.sleep(POLL_MS)
      continue
    }
    if (claim.kind === 'done') return settled(platform, exchange, claim.record, owner)
    try {
      return await exchangeUnderClaim(platform, exchange, { ...claim, codeId, owner, noted: claim.record.appid })
    } catch (error) {
      await platform.stores.codes.release(codeId, owner)
      throw error
    }
  }
}

/** Of the code that an account came with the account alone tells. */
const has = (account: Authorizer | undefined, codeId: string): account is Authorizer =>
  account !== undefined && account.hasRefreshToken && [account.codeId, account.firstCodeId].includes(codeId)

/** What became of the code before. A refusal is looked at again once a push has named the authorizer. */
async function settled(platform: Platform, exchange: Exchange, record: CodeRecord, owner: string): Promise<Exchanged> {
  if (record.state === 'done' && record.appid !== undefined)
    return { appid: record.appid, authorizer: undefined, isFresh: false }
  const named = exchange.appid ?? record.appid
  const adopted = named === undefined ? undefined : await adoptFromList(platform, named, exchange.eventTime)
  if (!adopted) throw codeRejected(record.failure)
  await platform.stores.codes.finish(record.codeId, owner, { appid: adopted.appid })
  return welcome(platform, adopted, exchange)
}

interface CodeClaim {
  readonly codeId: string
  readonly owner: string
  readonly now: EpochMs
  /** Nobody had it before. */
  readonly isNew: boolean
  /** Whose the code is, if a push said so. */
  readonly noted: string | undefined
}

async function exchangeUnderClaim(platform: Platform, exchange: Exchange, claim: CodeClaim): Promise<Exchanged> {
  const { codeId, owner, now } = claim
  const stored = claim.isNew ? undefined : await platform.stores.authorizers.findByCode(codeId)
  if (stored) {
    await platform.stores.codes.finish(codeId, owner, { appid: stored.appid })
    return { appid: stored.appid, authorizer: stored, isFresh: false }
  }
  const named = exchange.appid ?? claim.noted
  const answer = await queryAuth(platform, exchange.code, named)
  if ('grant' in answer) {
    const saved = await save(platform, answer.grant, exchange, claim)
    if (saved.firstCodeId !== codeId) await platform.stores.codes.finish(codeId, owner, { appid: saved.appid })
    return { ...(await welcome(platform, saved, exchange)), isFresh: true }
  }
  if ('without' in answer) {
    const { without } = answer
    await platform.stores.authorizers.saveWithoutTokens(without, { codeId, eventTime: exchange.eventTime, now })
    await refreshProfile(platform, without.appid).catch((error: unknown) => {
      platform.log.warn('the profile of an authorizer could not be read', { appid: without.appid, reason: error })
    })
    await platform.stores.codes.finish(codeId, owner, { failure: WITHOUT_TOKENS })
    throw codeRejected(WITHOUT_TOKENS)
  }
  const adopted = named === undefined ? undefined : await adoptFromList(platform, named, exchange.eventTime)
  if (adopted) {
    await platform.stores.codes.finish(codeId, owner, { appid: adopted.appid })
    return welcome(platform, adopted, exchange)
  }
  const { errcode, errmsg } = answer.refusal
  platform.log.warn('an authorization code was refused', { appid: named, errcode, at: now })
  await platform.stores.codes.finish(codeId, owner, { failure: { errcode, errmsg } })
  throw codeRejected(answer.refusal)
}

/** The account with its new tokens; withdrawn where a withdrawal came in between. */
async function save(platform: Platform, grant: Grant, exchange: Exchange, claim: CodeClaim): Promise<Authorizer> {
  const { codeId, now } = claim
  // Only a push says when the merchant authorized; without it WeChat's answer proves what holds at this time.
  const provenAt = exchange.appid === undefined ? toUnixSeconds(now) : undefined
  const details = {
    codeId,
    // The database's clock bounds what an instance's own clock said.
    eventTime: exchange.appid === undefined ? Math.min(exchange.eventTime, toUnixSeconds(now)) : exchange.eventTime,
    startedAt: now,
    now,
    dueAt: after(now, Math.max(grant.expiresInSeconds * SECOND - AUTHORIZER_HEADSTART_MS, MINUTE)),
    isKnown: exchange.seen?.authorizer !== undefined,
    ...(provenAt !== undefined && { provenAt }),
  }
  try {
    return await platform.stores.authorizers.saveGrant(grant, details, toldBinding(platform))
  } catch (error) {
    // Then the repetition, which finds the code spent, knows whom to look up in WeChat's list.
    await platform.stores.codes.note(codeId, grant.appid, after(now, DAY)).catch(() => undefined)
    throw error
  }
}

/** WeChat took the code, errcode 0, and gave no tokens for it. */
const WITHOUT_TOKENS = { errcode: 0, errmsg: '' }

const codeRejected = (refusal: { errcode: number; errmsg: string } | undefined): Failure =>
  refusal?.errcode === WITHOUT_TOKENS.errcode
    ? new Failure('NO_API_PERMISSION')
    : new Failure('AUTH_CODE_REFUSED', {
        field: 'authCode',
        wechat: { errcode: refusal?.errcode ?? 61009, errmsg: refusal?.errmsg ?? '', path: tokens.queryAuth.path },
      })

type QueryAnswer =
  | { readonly grant: Grant }
  | { readonly without: { readonly appid: string; readonly funcInfo: readonly number[] } }
  | { readonly refusal: WechatSays }

async function queryAuth(platform: Platform, code: string, named: string | undefined): Promise<QueryAnswer> {
  try {
    const { authorization_info: info } = await callAsPlatform(platform, tokens.queryAuth, {
      body: { component_appid: platform.settings.componentAppid, authorization_code: code },
    })
    if (named !== undefined && info.authorizer_appid !== named) throw new Failure('ANSWERED_FOR_ANOTHER')
    const appid = info.authorizer_appid
    const funcInfo = (info.func_info ?? []).map((item) => item.funcscope_category.id)
    const {
      authorizer_access_token: accessToken,
      authorizer_refresh_token: refreshToken,
      expires_in: lifetime = 0,
    } = info
    if (!accessToken && !refreshToken) return { without: { appid, funcInfo } }
    if (!accessToken || !refreshToken) {
      const member = `authorization_info.authorizer_${accessToken ? 'refresh' : 'access'}_token`
      throw new Failure('WECHAT_ANSWER_ODD', { params: { path: tokens.queryAuth.path, member } })
    }
    return { grant: { appid, accessToken, refreshToken, expiresInSeconds: lifetime, funcInfo } }
  } catch (error) {
    if (error instanceof Failure && error.wechat && codeRefused.has(error.wechat.errcode))
      return { refusal: error.wechat }
    throw error
  }
}

/** The account if it has usable tokens, or gets a refresh token from WeChat's list. */
async function adoptFromList(platform: Platform, appid: string, eventTime: number): Promise<Authorizer | undefined> {
  const listed = await findListedRefreshToken(platform, appid).catch((error: unknown) => {
    if (errcodeOf(error) === errcodes.accountNotAuthorized) return undefined
    throw error
  })
  if (listed === undefined) return undefined
  const now = databaseTime(platform)
  const details = { authorizedAt: now, now, eventTime }
  await platform.stores.authorizers.adoptRefreshToken(appid, listed, details, toldBinding(platform))
  const authorizer = await platform.stores.authorizers.find(appid)
  return authorizer?.status === 'active' && authorizer.hasRefreshToken ? authorizer : undefined
}

/** Whether WeChat itself says so now; its profile is stored on the way. */
export async function isAuthorized(platform: Platform, appid: string): Promise<boolean> {
  try {
    await refreshProfile(platform, appid)
    return true
  } catch (error) {
    if (errcodeOf(error) === errcodes.accountNotAuthorized) return false
    throw error
  }
}

/** What has to follow once an account has tokens. A withdrawal may have been pushed, and handled, while these were on their way. */
async function welcome(platform: Platform, taken: Authorizer, { ties }: Pick<Exchange, 'ties'>): Promise<Exchanged> {
  const { appid } = taken
  forget(platform, { kind: 'authorizer', appid })
  const problemIds = healed.map((code) => problemIdOf(code, { appid }))
  const { withdrawnAt, problems, ...others } = await platform.stores.accounts.load(
    { ...ties, appid, problemIds },
    'withdrawnAt',
    'problems',
    'bindings',
    'invite',
    'page',
  )
  for (const { problemId } of problems) await settleProblem(platform, problemId)
  let authorizer = taken
  if (withdrawnAt !== undefined && withdrawnAt > (taken.provenAt ?? taken.eventTime)) {
    const isRevoked = await platform.stores.authorizers.revoke(appid, withdrawnAt, toldBinding(platform))
    if (isRevoked) authorizer = { ...taken, status: 'revoked' }
  }
  const isTied = ties !== undefined && authorizer.status === 'active'
  let profile
  try {
    profile = await readProfile(platform, appid)
    if (!isTied) await saveProfile(platform, appid, profile)
    authorizer = { ...authorizer, ...profile, profiledAt: databaseTime(platform) }
  } catch (error) {
    // The tokens are stored; the nightly sync fetches the name.
    platform.log.warn('the profile of an authorizer could not be read', { appid, reason: error })
  }
  if (!isTied) return { appid, authorizer, isFresh: false }
  return { appid, authorizer, isFresh: false, standing: { ...others, authorizer }, ...(profile && { profile }) }
}

/** Problems that new tokens put an end to. */
const healed = ['REAUTHORIZATION_REQUIRED', 'AUTHORIZATION_LOST'] as const

/** Reads name, kind and permission sets from WeChat and stores them. */
export async function refreshProfile(platform: Platform, appid: string): Promise<AuthorizerProfile> {
  const profile = await readProfile(platform, appid)
  await saveProfile(platform, appid, profile)
  return profile
}

export async function readProfile(platform: Platform, appid: string): Promise<AuthorizerProfile> {
  const reply = await callAsPlatform(platform, endpoints.info, {
    body: { component_appid: platform.settings.componentAppid, authorizer_appid: appid },
  })
  if (reply.authorization_info.authorizer_appid !== appid) throw new Failure('ANSWERED_FOR_ANOTHER')
  const info = reply.authorizer_info
  const funcInfo = (reply.authorization_info.func_info ?? []).map((item) => item.funcscope_category.id)
  return {
    nickName: info.nick_name ?? '',
    principalName: info.principal_name ?? '',
    accountType: kindOf(info),
    userName: info.user_name ?? '',
    ...(funcInfo.length > 0 && { funcInfo }),
    ...(typeof info.account_status === 'number' && { accountStatus: info.account_status }),
  }
}

/** Of an account whose status changed the problem comes first: whatever is cut off here is done by the next reading. */
export async function saveProfile(platform: Platform, appid: string, profile: AuthorizerProfile): Promise<void> {
  const { authorizers } = platform.stores
  if (await authorizers.saveProfile(appid, profile, databaseTime(platform), 'sameStatus')) return
  const before = await authorizers.find(appid)
  if (!before || profile.accountStatus === undefined) return
  await noteStanding(platform, appid, profile.accountStatus, before.accountStatus)
  await authorizers.saveProfile(appid, profile, databaseTime(platform))
  forget(platform, { kind: 'authorizer', appid })
}

/** For an authorization whose own event is not known: not older than a code can be. */
export const earliestEventTime = (platform: Platform): number =>
  toUnixSeconds(after(databaseTime(platform), -60 * MINUTE))
