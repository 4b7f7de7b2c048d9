import { clock, log, openApp } from '../app.ts'
import { asCall, summarizeCall } from '../current-call.ts'
import { isClientCall, isHttpEvent, readContext, type CallContext } from '../cloudbase/function-events.ts'
import type { Platform } from '../domain/platform.ts'
import { Failure } from '../errors.ts'
import { errorBody, noteFailure, type Answer } from './answer.ts'

const DATABASE_TIMEOUT_MS = 8000

/** The configured limit where the context does not name one. */
const TIME_LIMIT_MS = 60_000

/** A function that a timer fires: at least once, perhaps several at once. It never throws. */
export function timerFunction<R>(
  run: (platform: Platform, leftMs: () => number) => Promise<R>,
): (event: unknown, context: unknown) => Promise<R | Answer> {
  const answer = async (event: unknown, { requestId, timeLimitMs, environment }: CallContext): Promise<R | Answer> => {
    const begun = clock()
    let result: R | undefined
    try {
      if (isClientCall(environment) || isHttpEvent(event)) throw new Failure('ONLY_BY_TIMER')
      const { platform } = openApp({ databaseTimeout: DATABASE_TIMEOUT_MS })
      const limit = timeLimitMs ?? TIME_LIMIT_MS
      result = await run(platform, () => limit - Math.abs(clock() - begun))
      return result
    } catch (error) {
      return { ok: false, error: await errorBody(noteFailure(error), requestId, 'zh') }
    } finally {
      log.info('call', { ...summarizeCall(), result })
    }
  }
  return async (event, context) => {
    const call = readContext(context)
    return asCall(call.requestId, call.functionName, () => answer(event, call))
  }
}
