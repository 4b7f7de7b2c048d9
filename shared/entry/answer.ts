import { asFailure, log } from '../app.ts'
import { asCall, noteFailureCode, summarizeCall } from '../current-call.ts'
import type { ErrorCode } from '../error-codes.ts'
import type { Failure } from '../errors.ts'
import { answerTooLarge } from '../domain/files/images.ts'
import { putIntoWords } from '../notice.ts'
import type { Language } from '../words/language.ts'
import type { Params } from '../words/params.ts'
import type { Telling } from '../words/params.ts'

/** What operations answer; they never throw. */
export type Answer = { readonly ok: true; readonly data: unknown } | { readonly ok: false; readonly error: ErrorBody }

export interface ErrorBody extends Telling {
  readonly code: ErrorCode
  readonly reason: string
  readonly params?: Params
  readonly retryable: boolean
  readonly requestId: string
  readonly field?: string
  readonly wechat?: Failure['wechat']
}

export async function errorBody(failure: Failure, requestId: string, language: Language): Promise<ErrorBody> {
  const { code, reason, params, retryable, field, wechat } = failure
  return {
    code,
    reason: reason ?? code,
    ...(params && { params }),
    ...(await tellFailure(failure, language)),
    retryable,
    requestId: failure.requestId ?? requestId,
    ...(field !== undefined && { field }),
    ...(wechat && { wechat }),
  }
}

/** A refusal in words. */
export async function tellFailure(failure: Failure, language: Language): Promise<Telling> {
  const { reason, params, field, message, hint } = failure
  // Most calls go well and need no words.
  const { tell } = await import('../words/tell.ts')
  const telling = reason && tell({ word: reason, params, field }, language)
  return telling ?? { message, ...(hint !== undefined && { hint }) }
}

/** Notes an error in the log and makes it presentable. */
export function noteFailure(error: unknown): Failure {
  const failure = asFailure(error)
  noteFailureCode(failure.code)
  const level = failure.code === 'INTERNAL' || failure.code === 'CONFIG_INVALID' ? 'error' : 'info'
  log[level]('call failed', {
    failure: failure.code,
    reason: failure.code === 'INTERNAL' ? failure.cause : failure,
  })
  return failure
}

/** The cloud carries 6 MB; the rest is room for what stands around it. */
const MAX_ANSWER_BYTES = 5_500_000

/** What was asked for, in words. Throws where the cloud could not carry it. */
export async function carried(data: unknown, language: Language): Promise<unknown> {
  const told = (await putIntoWords(data, language)) ?? {}
  const bytes = Buffer.byteLength(JSON.stringify(told))
  if (bytes > MAX_ANSWER_BYTES) throw answerTooLarge(bytes)
  return told
}

export async function answer(
  {
    requestId,
    functionName,
    language,
  }: { readonly requestId: string; readonly functionName: string | undefined; readonly language: Language },
  work: () => Promise<unknown>,
): Promise<Answer> {
  return asCall(requestId, functionName, async () => {
    try {
      return { ok: true, data: await carried(await work(), language) }
    } catch (error) {
      return { ok: false, error: await errorBody(noteFailure(error), requestId, language) }
    } finally {
      log.info('call', summarizeCall())
    }
  })
}
