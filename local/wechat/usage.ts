import { HOUR } from '../../shared/time.ts'
import type { EpochMs } from '../../shared/time.ts'
import { nowOf } from './state.ts'
import type { WechatState } from './state.ts'

type Period = 'day' | 'month'

/** WeChat counts in Beijing days and months. */
const label = (now: EpochMs, period: Period): string =>
  new Date(now + 8 * HOUR).toISOString().slice(0, period === 'day' ? 10 : 7)

const keyOf = (state: WechatState, what: string, period: Period): string => `${what} ${label(nowOf(state), period)}`

export const usedIn = (state: WechatState, what: string, period: Period): number =>
  state.usage.get(keyOf(state, what, period)) ?? 0

export const countUse = (state: WechatState, what: string, period: Period): void => {
  state.usage.set(keyOf(state, what, period), usedIn(state, what, period) + 1)
}
