import { forEachConcurrently } from '../../concurrency.ts'
import { MINUTE } from '../../time.ts'
import { authorizerToken } from './authorizer-token.ts'
import { databaseTime, isRecent, MEMORY_MS, type Platform } from '../platform.ts'
import type { Account, AccountNames } from '../stores/accounts.ts'
import type { TokenState } from '../stores/tokens.ts'
import { asLiveToken, isUseToBeNoted, keyOf, remember } from './tokens.ts'

/** Tokens with less left are got one by one, where they are renewed. */
const ENOUGH_MS = 5 * MINUTE

/** Tokens that are renewed at once. */
const WIDTH = 20

/** Reads the tokens of many authorizers at once, so that the calls that follow need no read each. */
export async function readTokens(platform: Platform, appids: readonly string[]): Promise<void> {
  const unknown = appids.filter((appid) => !isKnown(platform, appid))
  if (unknown.length === 0) return
  for (const [appid, state] of await platform.stores.tokens.readMany(unknown)) take(platform, appid, state)
}

/**
 * The same where the accounts are only looked at: tokens that have ended are renewed, and no use is noted. What cannot be renewed the calls
 * that follow say.
 */
export async function renewToLook(platform: Platform, appids: readonly string[]): Promise<void> {
  const unknown = appids.filter((appid) => !isKnown(platform, appid))
  if (unknown.length === 0) return
  const states = await platform.stores.tokens.readMany(unknown)
  await forEachConcurrently([...states], WIDTH, async ([appid, lookedAt]) => {
    await authorizerToken(platform, appid, { lookedAt }).catch(() => undefined)
  })
}

/** Parts of an account that is about to be called: its token is read with them unless it is known. */
export async function loadToCall<P extends keyof Account>(
  platform: Platform,
  names: AccountNames,
  ...parts: readonly P[]
): Promise<Pick<Account, P>> {
  const { accounts } = platform.stores
  if (isKnown(platform, names.appid)) return accounts.load(names, ...parts)
  const account = await accounts.load<P | 'token'>(names, ...parts, 'token')
  if (account.token) take(platform, names.appid, account.token)
  return account
}

function take(platform: Platform, appid: string, state: TokenState): void {
  const token = state.status === 'active' ? asLiveToken(state) : undefined
  if (token && token.expiresAt - databaseTime(platform) > ENOUGH_MS && !isUseToBeNoted(platform, state))
    remember(platform, { kind: 'authorizer', appid }, token)
}

function isKnown(platform: Platform, appid: string): boolean {
  const known = platform.memory.tokens.get(keyOf(platform, { kind: 'authorizer', appid }))
  return known !== undefined && isRecent(platform, known.readAt, MEMORY_MS / 2)
}
