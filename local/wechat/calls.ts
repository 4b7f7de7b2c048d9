import type { EpochMs } from '../../shared/time.ts'
import type { WechatState } from './state.ts'

/** One API call as it came in. Kept in memory only; tokens of the query are left out. */
export interface CallRecord {
  readonly at: EpochMs
  readonly method: string
  readonly path: string
  /** The account it was about, as far as it could be told. */
  readonly appid?: string
  readonly query: Readonly<Record<string, string>>
  readonly body: unknown
  /** 0 for success. Missing: the call did not take effect. */
  readonly errcode?: number
  readonly rid?: string
  /** HTTP status of the answer; 0: the connection was cut. */
  readonly status: number
  readonly tookMs: number
  readonly faulty: boolean
}

const MAX_CALLS = 20_000
const MAX_RIDS = 1_000

export const recordCall = (state: WechatState, call: CallRecord): void => {
  state.calls.push(call)
  if (state.calls.length > MAX_CALLS) state.calls.splice(0, MAX_CALLS / 10)
  state.callCounts.set(call.path, (state.callCounts.get(call.path) ?? 0) + 1)
  if (call.rid === undefined) return
  state.rids.set(call.rid, call)
  const [oldest] = state.rids.keys()
  if (state.rids.size > MAX_RIDS && oldest !== undefined) state.rids.delete(oldest)
}

export const resetCalls = (state: WechatState): void => {
  state.calls.length = 0
  state.callCounts.clear()
}
