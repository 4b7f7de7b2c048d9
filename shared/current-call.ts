import { AsyncLocalStorage } from 'node:async_hooks'
import type { LogFields } from './log.ts'

interface CurrentCall {
  /** On every line of the log. */
  readonly fields: { readonly requestId: string; readonly function: string | undefined; operation?: string }
  readonly begunAt: number
  readonly isCold: boolean
  failure?: string
  wechatCalls: number
  databaseOperations: number
}

/*
 * An instance serves one call at a time, but handling a push may outlive its answer: what is logged or counted then is still about its
 * own call.
 */
const calls = new AsyncLocalStorage<CurrentCall>()

let isCold = true

/** Runs `work`, and all that it starts, as a call of its own. */
export function asCall<R>(requestId: string, functionName: string | undefined, work: () => R): R {
  const fields = { requestId, function: functionName }
  const call = { fields, begunAt: performance.now(), isCold, wechatCalls: 0, databaseOperations: 0 }
  isCold = false
  return calls.run(call, work)
}

export const currentCall = (): LogFields => ({ ...calls.getStore()?.fields })

export const currentRequestId = (): string | undefined => calls.getStore()?.fields.requestId

const noteIn = (change: (call: CurrentCall) => void): void => {
  const call = calls.getStore()
  if (call) change(call)
}

/** Names that callers made up are none. */
export const noteOperation = (name: string): void =>
  noteIn((call) => {
    call.fields.operation = name
  })

export const noteFailureCode = (code: string): void =>
  noteIn((call) => {
    call.failure = code
  })

/** One request to WeChat, repeats included. */
export const countWechatCall = (): void =>
  noteIn((call) => {
    call.wechatCalls += 1
  })

/** One request to the database, repeats included; a transaction's start and end are one each. */
export const countDatabaseOperation = (): void =>
  noteIn((call) => {
    call.databaseOperations += 1
  })

/** What the call's last line says. */
export function summarizeCall(): LogFields {
  const call = calls.getStore()
  if (!call) return {}
  const { failure = 'ok', begunAt, isCold, wechatCalls, databaseOperations } = call
  return {
    outcome: failure,
    milliseconds: Math.round(performance.now() - begunAt),
    coldStart: isCold,
    wechatCalls,
    databaseOperations,
  }
}
