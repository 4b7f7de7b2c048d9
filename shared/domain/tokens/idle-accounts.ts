import { DAY } from '../../time.ts'
import type { Platform } from '../platform.ts'
import type { Claim } from '../stores/tokens.ts'

/**
 * WeChat names no end of an authorizer's refresh token, but has an errcode for one that expired (42002); elsewhere its refresh tokens live for
 * 30 days. An account that nobody uses is refreshed so long after the last time, with ten days left for what may go wrong.
 */
export const PROBE_MS = 20 * DAY

/** Unused for so long, if at all since it was authorized. One whose last attempt ended without an answer is looked after. */
export function isIdle({ settings }: Platform, { state, now, unresolved }: Claim): boolean {
  const { refreshIdleDays: days } = settings
  if (days === 0 || unresolved || state.status !== 'active') return false
  return now - Math.max(state.usedAt ?? 0, state.authorizedAt ?? 0) > days * DAY
}
