import { Failure } from '../errors.ts'
import { DAY, MINUTE, type EpochMs } from '../time.ts'
import { databaseTime, isRecent, learnDatabaseTime, MEMORY_MS, type Platform } from './platform.ts'
import { refusedForGood, whyNot } from './authorizer-refusals.ts'
import { openProblem } from './problems.ts'
import type { Claim, TokenHolder, TokenState } from './stores.ts'

/** An access token that WeChat takes now. */
export interface LiveToken {
  readonly accessToken: string
  /** By the database's clock. */
  readonly expiresAt: EpochMs
  /** Names this very token, so that a refused one is replaced once and a newer one never. */
  readonly tokenFence: number
  readonly funcInfo: readonly number[]
}

export interface TokenWish {
  /** How long it must still live. Default a minute. */
  readonly minValidityMs?: number
  /** WeChat refused the token of this fence. */
  readonly staleFence?: number
}

/** Gets a new token from WeChat under a claim, which it ends. Undefined: the claim was lost on the way. */
export type Renew = (platform: Platform, claim: Claim) => Promise<LiveToken | undefined>

const POLL_MS = 500

/** While WeChat cannot be asked, a token is used up to here: one call takes at most 8 s. */
const LAST_SECONDS_MS = 8000

const keyOf = (platform: Platform, holder: TokenHolder): string =>
  holder.kind === 'component' ? platform.settings.componentAppid : `${platform.settings.componentAppid}/${holder.appid}`

/** A token from memory, from the database, or from WeChat, in this order. Callers of one instance join. */
export async function liveToken(
  platform: Platform,
  holder: TokenHolder,
  wish: TokenWish,
  renew: Renew,
): Promise<LiveToken> {
  const key = keyOf(platform, holder)
  const known = platform.memory.tokens.get(key)
  if (known && isRecent(platform, known.readAt, MEMORY_MS) && fits(platform, known.token, wish)) return known.token
  const underWay = platform.memory.underWay.get(key)
  if (underWay) {
    const token = await underWay
    if (fits(platform, token, wish)) return token
    return liveToken(platform, holder, wish, renew)
  }
  const obtaining = obtain(platform, holder, wish, renew).finally(() => platform.memory.underWay.delete(key))
  platform.memory.underWay.set(key, obtaining)
  return obtaining
}

export function remember(platform: Platform, holder: TokenHolder, token: LiveToken): LiveToken {
  platform.memory.tokens.set(keyOf(platform, holder), { token, readAt: platform.clock() })
  return token
}

export const forget = (platform: Platform, holder: TokenHolder): void => {
  platform.memory.tokens.delete(keyOf(platform, holder))
}

const fits = (platform: Platform, token: LiveToken, { minValidityMs = MINUTE, staleFence }: TokenWish): boolean =>
  token.tokenFence !== staleFence && token.expiresAt - databaseTime(platform) > minValidityMs

const asLiveToken = (state: TokenState): LiveToken | undefined =>
  state.accessToken === undefined
    ? undefined
    : {
        accessToken: state.accessToken,
        expiresAt: state.expiresAt,
        tokenFence: state.tokenFence,
        funcInfo: state.funcInfo,
      }

async function obtain(platform: Platform, holder: TokenHolder, wish: TokenWish, renew: Renew): Promise<LiveToken> {
  let state = await readState(platform, holder)
  for (;;) {
    assertUsable(platform, holder, state)
    const present = asLiveToken(state)
    if (present && fits(platform, present, wish)) {
      await noteUse(platform, holder, state)
      return remember(platform, holder, present)
    }
    if (isPutOff(platform, state)) {
      if (present && fits(platform, present, { ...wish, minValidityMs: LAST_SECONDS_MS })) return present
      throw whyNot(state)
    }

    const claimed = await platform.stores.tokens.claim(holder, state.fence)
    if (claimed.kind === 'missing') throw unknownHolder(holder)
    if (claimed.kind === 'won') {
      learnDatabaseTime(platform, claimed.claim.now)
      const found = asLiveToken(claimed.claim.state)
      if (found && fits(platform, found, wish)) {
        await platform.stores.tokens.release(claimed.claim)
        return remember(platform, holder, found)
      }
      await noteForeignRefresh(platform, claimed.claim, wish)
      const renewed = await renew(platform, claimed.claim)
      if (renewed) return remember(platform, holder, renewed)
      state = await readState(platform, holder)
    } else if (claimed.kind === 'moved') {
      learnDatabaseTime(platform, claimed.now)
      state = claimed.state
    } else {
      learnDatabaseTime(platform, claimed.now)
      if (present && fits(platform, present, wish)) continue
      state = await awaitHolder(platform, holder, state, claimed.remaining)
    }
  }
}

/** Where idle accounts are left alone, a use is written down, at most once a day. */
async function noteUse(platform: Platform, holder: TokenHolder, { usedAt }: TokenState): Promise<void> {
  if (platform.settings.refreshIdleDays === undefined || holder.kind === 'component') return
  const now = databaseTime(platform)
  if (now - (usedAt ?? 0) > DAY) await platform.stores.tokens.noteUse(holder.appid, now)
}

/** A token that WeChat refused long before its end was replaced by somebody who is not us. */
async function noteForeignRefresh(
  platform: Platform,
  { state, now, unresolved, holder }: Claim,
  { staleFence }: TokenWish,
): Promise<void> {
  if (staleFence === undefined || state.tokenFence !== staleFence || unresolved || state.expiresAt - now < MINUTE)
    return
  await openProblem(platform, {
    code: 'TOKEN_REPLACED_ELSEWHERE',
    ...(holder.kind === 'authorizer' && { appid: holder.appid }),
    message: 'A token died before its time although nobody here replaced it: another system refreshes tokens too',
    hint: 'Switch off token refreshing in the other system (in 微管家: use its tokens nowhere and stop its refresh), or point it at tokens.* of this platform. 请关闭另一系统的令牌刷新，只保留一处刷新。',
  })
}

/** Reads until the holder of the lease has finished or its time is over. */
async function awaitHolder(
  platform: Platform,
  holder: TokenHolder,
  seen: TokenState,
  remaining: number,
): Promise<TokenState> {
  let state = seen
  for (
    let waited = 0;
    waited < remaining && state.tokenFence === seen.tokenFence && !hasFailed(state, seen);
    waited += POLL_MS
  ) {
    await platform.sleep(Math.min(POLL_MS, remaining - waited + 1))
    state = await readState(platform, holder)
  }
  return state
}

const hasFailed = (state: TokenState, before: TokenState): boolean =>
  state.status !== before.status || state.retryAt !== before.retryAt

async function readState(platform: Platform, holder: TokenHolder): Promise<TokenState> {
  const state = await platform.stores.tokens.read(holder)
  if (state) return state
  if (holder.kind === 'authorizer') throw unknownHolder(holder)
  await platform.stores.tokens.prepareComponent()
  const prepared = await platform.stores.tokens.read(holder)
  if (!prepared) throw new Failure('STORAGE_UNAVAILABLE', 'The platform document could not be read after it was made')
  return prepared
}

const unknownHolder = (holder: TokenHolder): Failure =>
  new Failure('NOT_FOUND', 'This account has not authorized the platform', {
    ...(holder.kind === 'authorizer' && { field: 'appid' }),
    hint: 'Send the merchant an invite link (bindings.createLink).',
  })

function assertUsable(platform: Platform, holder: TokenHolder, state: TokenState): void {
  if (holder.kind === 'component' || state.status === 'active') return
  forget(platform, holder)
  throw refusedForGood(state)
}

/** After a failed attempt nobody asks WeChat again before the time that the attempt set. */
const isPutOff = (platform: Platform, state: TokenState): boolean =>
  state.retryAt !== undefined && state.retryAt > databaseTime(platform)
