import { MINUTE } from '../../time.ts'
import { databaseTime, isRecent, MEMORY_MS, type Platform } from '../platform.ts'
import { asLiveToken, isUseToBeNoted, keyOf, remember } from './tokens.ts'

/** Tokens with less left are got one by one, where they are renewed. */
const ENOUGH_MS = 5 * MINUTE

/** Reads the tokens of many authorizers at once, so that the calls that follow need no read each. */
export async function readTokens(platform: Platform, appids: readonly string[]): Promise<void> {
  const unknown = appids.filter((appid) => !isKnown(platform, appid))
  if (unknown.length === 0) return
  for (const [appid, state] of await platform.stores.tokens.readMany(unknown)) {
    const token = state.status === 'active' ? asLiveToken(state) : undefined
    if (token && token.expiresAt - databaseTime(platform) > ENOUGH_MS && !isUseToBeNoted(platform, state))
      remember(platform, { kind: 'authorizer', appid }, token)
  }
}

function isKnown(platform: Platform, appid: string): boolean {
  const known = platform.memory.tokens.get(keyOf(platform, { kind: 'authorizer', appid }))
  return known !== undefined && isRecent(platform, known.readAt, MEMORY_MS / 2)
}
