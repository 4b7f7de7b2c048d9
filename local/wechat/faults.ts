import * as v from 'valibot'
import type { WechatState } from './state.ts'

/** What goes wrong with calls of one endpoint. Without `drop`, `status`, `body` and `errcode` only the delays apply. */
export const faultRuleSchema = v.strictObject({
  /** `*`: all. */
  path: v.string(),
  /** Only calls about this account. */
  appid: v.optional(v.string()),
  /** Waits before the call takes effect; a caller that has gone by then does not stop it. */
  delayMs: v.optional(v.number()),
  /** Waits between effect and answer. */
  answerDelayMs: v.optional(v.number()),
  /** Cuts the connection: before the call takes effect, or after. */
  drop: v.optional(v.picklist(['before', 'after'])),
  /** Answers this HTTP status; the call has no effect unless `apply`. */
  status: v.optional(v.number()),
  /** Answers this text with HTTP 200 (or `status`); the call has no effect unless `apply`. */
  body: v.optional(v.string()),
  contentType: v.optional(v.string()),
  /** Answers this errcode; the call has no effect unless `apply`. */
  errcode: v.optional(v.number()),
  apply: v.optional(v.boolean()),
  /** Lets so many calls pass first. @default 0 */
  skip: v.optional(v.number()),
  /** How often it happens. @default always */
  times: v.optional(v.number()),
})

export type FaultInput = v.InferInput<typeof faultRuleSchema>

export interface FaultRule extends v.InferOutput<typeof faultRuleSchema> {
  readonly faultId: number
  seen: number
  hits: number
}

/** The first rule that applies to this call; counting it is part of looking. */
export const takeFault = (state: WechatState, path: string, appid: string | undefined): FaultRule | undefined => {
  for (const rule of state.faults) {
    if (rule.path !== '*' && rule.path !== path) continue
    if (rule.appid !== undefined && rule.appid !== appid) continue
    if (rule.hits >= (rule.times ?? Infinity)) continue
    rule.seen += 1
    if (rule.seen <= (rule.skip ?? 0)) continue
    rule.hits += 1
    return rule
  }
  return undefined
}
