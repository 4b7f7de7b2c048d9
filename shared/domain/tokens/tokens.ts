import { Failure, isFailure } from '../../errors.ts'
import { DAY, MINUTE, type EpochMs } from '../../time.ts'
import { refusedForGood, whyNot } from './token-failures.ts'
import { noteForeignRefresh } from './foreign-refresher.ts'
import { databaseTime, isRecent, knowsDatabaseTime, learnDatabaseTime, MEMORY_MS, type Platform } from '../platform.ts'
import type { AccountKind } from '../stores/authorizers.ts'
import type { Claim, TokenHolder, TokenState } from '../stores/tokens.ts'

/** An access token that WeChat takes now. */
export interface LiveToken {
  readonly accessToken: string
  /** By the database's clock. */
  readonly expiresAt: EpochMs
  /** By the database's clock; left out where this call renewed it. */
  readonly savedAt?: EpochMs
  /** Names this very token, so that a refused one is replaced once and a newer one never. */
  readonly tokenFence: number
  readonly funcInfo: readonly number[]
  readonly accountStatus?: number
  readonly accountType?: AccountKind
}

export interface TokenInput {
  /** How long it must still live. Default a minute. */
  readonly minValidityMs?: number
  /** WeChat refused the token of this fence. */
  readonly staleFence?: number
  /** The account is only looked at, as it was read just now: that is no use of it, and if it is idle nobody keeps the new token fresh. */
  readonly lookedAt?: TokenState
}

/** How tokens of one kind are got from WeChat. */
export interface Renewal {
  /** What is needed beforehand; it must not be waited for under the lease. */
  prepare?(platform: Platform): Promise<unknown>
  /** Under a claim, which it ends. Undefined: the claim was lost on the way. */
  renew(platform: Platform, claim: Claim, input: TokenInput): Promise<LiveToken | undefined>
  /** Whether an attempt makes sense again before its time. */
  isWorthRetrying?(platform: Platform, state: TokenState): Promise<boolean>
}

const POLL_MS = 500

/** While WeChat cannot be asked, a token is used up to here: one call takes at most 8 s. */
const LAST_SECONDS_MS = 8000

export const keyOf = (platform: Platform, holder: TokenHolder): string =>
  holder.kind === 'component' ? platform.settings.componentAppid : `${platform.settings.componentAppid}/${holder.appid}`

/** A token from memory, from the database, or from WeChat, in this order. Callers of one instance join. */
export async function liveToken(
  platform: Platform,
  holder: TokenHolder,
  input: TokenInput,
  renewal: Renewal,
): Promise<LiveToken> {
  const key = keyOf(platform, holder)
  const known = platform.memory.tokens.get(key)
  if (known && isRecent(platform, known.readAt, MEMORY_MS) && fits(platform, known.token, input)) return known.token
  const underWay = platform.memory.underWay.get(key)
  if (underWay) {
    const token = await underWay
    if (fits(platform, token, input)) return token
    return liveToken(platform, holder, input, renewal)
  }
  const obtaining = obtain(platform, holder, input, renewal).finally(() => platform.memory.underWay.delete(key))
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

const fits = (platform: Platform, token: LiveToken, { minValidityMs = MINUTE, staleFence }: TokenInput): boolean =>
  token.tokenFence !== staleFence && token.expiresAt - databaseTime(platform) > minValidityMs

export function asLiveToken({
  accessToken,
  expiresAt,
  savedAt,
  tokenFence,
  funcInfo,
  accountStatus,
  accountType,
}: TokenState): LiveToken | undefined {
  return accessToken === undefined
    ? undefined
    : {
        accessToken,
        expiresAt,
        tokenFence,
        funcInfo,
        ...(savedAt !== undefined && { savedAt }),
        ...(accountStatus !== undefined && { accountStatus }),
        ...(accountType !== undefined && { accountType }),
      }
}

async function obtain(
  platform: Platform,
  holder: TokenHolder,
  input: TokenInput,
  renewal: Renewal,
): Promise<LiveToken> {
  let state = input.lookedAt ?? (await readState(platform, holder))
  const note = async (): Promise<void> => {
    if (!input.lookedAt) await noteUse(platform, holder, state)
  }
  for (;;) {
    assertUsable(platform, holder, state)
    const present = asLiveToken(state)
    if (present && fits(platform, present, input)) {
      await note()
      return remember(platform, holder, present)
    }
    try {
      const next = await renewOrWait(platform, holder, { state, input, renewal })
      if ('token' in next) {
        await note()
        return remember(platform, holder, next.token)
      }
      state = next.state
    } catch (error) {
      // What is left of the old token carries the call through a short trouble.
      const lastSeconds = { ...input, minValidityMs: input.minValidityMs ?? LAST_SECONDS_MS }
      if (isFailure(error) && error.retryable && present && fits(platform, present, lastSeconds)) return present
      throw error
    }
  }
}

interface Situation {
  readonly state: TokenState
  readonly input: TokenInput
  readonly renewal: Renewal
}

/** A new token, or how things stand after something has changed. */
async function renewOrWait(
  platform: Platform,
  holder: TokenHolder,
  { state, input, renewal }: Situation,
): Promise<{ readonly token: LiveToken } | { readonly state: TokenState }> {
  // An instance that has not compared its clock with the database's yet learns it from the claim.
  if (knowsDatabaseTime(platform) && (await isPutOff(platform, state, renewal))) throw await whyNot(holder, state)
  await renewal.prepare?.(platform)

  const claimed = await platform.stores.tokens.claim(holder, state.fence)
  if (claimed.kind === 'missing') throw unknownHolder(holder)
  if (claimed.kind === 'moved') {
    learnDatabaseTime(platform, claimed.now)
    return { state: claimed.state }
  }
  if (claimed.kind === 'held') {
    learnDatabaseTime(platform, claimed.now)
    const present = asLiveToken(state)
    if (present && fits(platform, present, input)) return { state }
    return { state: await awaitHolder(platform, holder, state, claimed.remaining) }
  }
  const { claim } = claimed
  learnDatabaseTime(platform, claim.now)
  const found = asLiveToken(claim.state)
  if ((found && fits(platform, found, input)) || (await isPutOff(platform, claim.state, renewal))) {
    await platform.stores.tokens.release(claim)
    return { state: claim.state }
  }
  const diedEarly = input.staleFence === claim.state.tokenFence && claim.state.expiresAt - claim.now > MINUTE
  const token = await renewal.renew(platform, diedEarly ? await noteForeignRefresh(platform, claim) : claim, input)
  return token ? { token } : { state: await readState(platform, holder) }
}

/** After a failed attempt nobody asks WeChat again before the time that the attempt set. */
async function isPutOff(platform: Platform, state: TokenState, renewal: Renewal): Promise<boolean> {
  if (state.retryAt === undefined || state.retryAt <= databaseTime(platform)) return false
  return !(await renewal.isWorthRetrying?.(platform, state))
}

/** Where idle accounts are left alone, a use is written down, once in a quarter of the time after which they are. */
export function isUseToBeNoted(platform: Platform, { usedAt }: TokenState): boolean {
  const { refreshIdleDays: days } = platform.settings
  return days > 0 && databaseTime(platform) - (usedAt ?? 0) > (days * DAY) / 4
}

async function noteUse(platform: Platform, holder: TokenHolder, state: TokenState): Promise<void> {
  if (holder.kind === 'component' || !isUseToBeNoted(platform, state)) return
  await platform.stores.tokens.noteUse(holder.appid, databaseTime(platform)).catch((error: unknown) => {
    platform.log.warn('the use of a token could not be noted', { appid: holder.appid, reason: error })
  })
}

/** Reads until the holder of the lease has finished, one way or the other, or its time is over. */
async function awaitHolder(
  platform: Platform,
  holder: TokenHolder,
  seen: TokenState,
  remaining: number,
): Promise<TokenState> {
  let state = seen
  for (let waited = 0; waited < remaining; waited += POLL_MS) {
    await platform.sleep(Math.min(POLL_MS, remaining - waited + 1))
    state = await readState(platform, holder)
    if (!state.leased || state.tokenFence !== seen.tokenFence || state.status !== seen.status) break
  }
  return state
}

async function readState(platform: Platform, holder: TokenHolder): Promise<TokenState> {
  const state = await platform.stores.tokens.read(holder)
  if (state) return state
  if (holder.kind === 'authorizer') throw unknownHolder(holder)
  await platform.stores.tokens.prepareComponent()
  const prepared = await platform.stores.tokens.read(holder)
  if (!prepared) throw new Failure('DATABASE_REFUSED')
  return prepared
}

const unknownHolder = (holder: TokenHolder): Failure =>
  new Failure('ACCOUNT_UNKNOWN', holder.kind === 'authorizer' ? { field: 'appid' } : {})

function assertUsable(platform: Platform, holder: TokenHolder, state: TokenState): void {
  if (holder.kind === 'component' || state.status === 'active') return
  forget(platform, holder)
  throw refusedForGood(state)
}
