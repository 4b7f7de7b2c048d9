import * as v from 'valibot'
import type { Host } from '../host/host.ts'
import { FunctionError } from '../host/failures.ts'
import { demoOwner } from './credentials.ts'

const problemSchema = v.looseObject({
  code: v.string(),
  message: v.string(),
  hint: v.optional(v.string()),
  requestId: v.optional(v.string()),
  field: v.optional(v.string()),
  wechat: v.optional(v.looseObject({ errcode: v.number(), errmsg: v.string(), path: v.string() })),
})

const answerSchema = v.variant('ok', [
  v.looseObject({ ok: v.literal(true), data: v.unknown() }),
  v.looseObject({ ok: v.literal(false), error: problemSchema }),
])

export type Problem = v.InferOutput<typeof problemSchema>
export type Answer = { readonly ok: true; readonly data: unknown } | { readonly ok: false; readonly error: Problem }

/**
 * Calls the built function `manage` as the demo's owner, the way the admins’ mini program does in the cloud. Never throws.
 */
export const askManage = async (host: Host, operation: string, input: unknown): Promise<Answer> => {
  try {
    return v.parse(answerSchema, await host.invoke('manage', { operation, input }, { openid: demoOwner }))
  } catch (error) {
    return { ok: false, error: describeFailure(error) }
  }
}

/** The function itself failed: it threw, ran out of time, or answered something that is no answer. */
const describeFailure = (error: unknown): Problem => ({
  code: error instanceof FunctionError ? error.code : 'INTERNAL',
  message: error instanceof Error ? error.message : String(error),
  hint: '函数没有正常返回，请看终端里的日志。The function did not answer; its log is in the terminal.',
})
