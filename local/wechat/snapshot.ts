import { deserialize, serialize } from 'node:v8'
import type { WechatState } from './state.ts'

/** Everything WeChat remembers, but for its settings, what is under way, and the record of calls. */
export function takeSnapshot(state: WechatState): Buffer {
  const { settings: _s, readClock: _r, deliveries: _d, closing: _c, calls: _l, rids: _i, ...kept } = state
  return serialize(kept)
}

export function restoreSnapshot(state: WechatState, bytes: Buffer): void {
  const kept: unknown = deserialize(bytes)
  if (typeof kept !== 'object' || kept === null) throw new Error('this is no snapshot of the simulated WeChat')
  Object.assign(state, kept)
}
