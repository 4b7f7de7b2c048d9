import type { LogFields } from './log.ts'

/*
 * The call that this instance is serving. It serves one at a time, so one record does, and all that is logged or counted meanwhile is about
 * it. What outlives its answer counts with the next call.
 */

interface CurrentCall {
  requestId?: string
  function?: string | undefined
  operation?: string
}

let call: CurrentCall = {}
let begunAt = 0
let failure: string | undefined
let isCold = true
let wechatCalls = 0
let databaseOperations = 0

export function beginCall(requestId: string, functionName: string | undefined): void {
  call = { requestId, function: functionName }
  begunAt = performance.now()
  failure = undefined
  wechatCalls = 0
  databaseOperations = 0
}

/** On every line of the log. */
export const currentCall = (): LogFields => ({ ...call })

export const currentRequestId = (): string | undefined => call.requestId

/** Names that callers made up are none. */
export const noteOperation = (name: string): void => {
  call.operation = name
}

export const noteFailureCode = (code: string): void => {
  failure = code
}

/** One request to WeChat, repeats included. */
export const countWechatCall = (): void => {
  wechatCalls += 1
}

/** One request to the database, repeats included; a transaction's start and end are one each. */
export const countDatabaseOperation = (): void => {
  databaseOperations += 1
}

/** What the call's last line says. */
export function endCall(): LogFields {
  const coldStart = isCold
  isCold = false
  return {
    outcome: failure ?? 'ok',
    milliseconds: Math.round(performance.now() - begunAt),
    coldStart,
    wechatCalls,
    databaseOperations,
  }
}
