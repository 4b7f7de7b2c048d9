import { log, openApp, type App } from '../app.ts'
import {
  httpResponse,
  isClientCall,
  readContext,
  readHttpRequest,
  type CallContext,
} from '../cloudbase/function-events.ts'
import { asCall, summarizeCall } from '../current-call.ts'
import { httpStatusOf } from '../error-codes.ts'
import { Failure } from '../errors.ts'
import { jsonResponse, textResponse, type HttpRequest, type HttpResponse } from '../http-message.ts'
import type { Language } from '../words/language.ts'
import { errorBody, noteFailure } from './answer.ts'
import { languageOf } from './language.ts'

/** How large a request's body may be. HTTP access takes text up to 100 KB. */
export const bodyLimits = { api: 100 * 1024, push: 64 * 1024, page: 64 * 1024 } as const

export interface HttpCall {
  readonly app: App
  readonly request: HttpRequest
  readonly requestId: string
  readonly language: Language
}

export interface HttpFunctionOptions {
  readonly methods: readonly string[]
  readonly kind: keyof typeof bodyLimits
  /** Milliseconds for one database operation. */
  readonly databaseTimeout: number
  /** How this function shows an error. Default: JSON. */
  readonly showError?: (
    failure: Failure,
    requestId: string,
    status: number,
    language: Language,
    /** Where the configuration could be read. */
    app: App | undefined,
  ) => Promise<HttpResponse>
  /** How it answers a method or a size that it does not take. Default: plain text. */
  readonly showRefusal?: (status: 405 | 413, requestId: string, language: Language) => Promise<HttpResponse>
}

type IntegrationResponse = ReturnType<typeof httpResponse>

/** A function behind HTTP access: method, size, configuration, then the work. It never throws. */
export function httpFunction(
  { methods, kind, databaseTimeout, showError = showJson, showRefusal = showText }: HttpFunctionOptions,
  work: (call: HttpCall) => Promise<HttpResponse>,
): (event: unknown, context: unknown) => Promise<IntegrationResponse> {
  const answer = async (event: unknown, { requestId, environment }: CallContext): Promise<IntegrationResponse> => {
    let language: Language = 'zh'
    let app: App | undefined
    const fail = (error: unknown): Promise<HttpResponse> => {
      const failure = noteFailure(error)
      return showError(failure, requestId, httpStatusOf(failure.code), language, app)
    }
    const respond = async (): Promise<HttpResponse> => {
      if (isClientCall(environment)) return fail(new Failure('ONLY_OVER_HTTP'))
      const request = readHttpRequest(event, bodyLimits[kind])
      if (request === 'tooLarge') return showRefusal(413, requestId, language)
      language = languageOf(request.headers['accept-language'])
      if (!methods.includes(request.method)) {
        const refusal = await showRefusal(405, requestId, language)
        return { ...refusal, headers: { ...refusal.headers, allow: methods.join(', ') } }
      }
      app = openApp({ databaseTimeout })
      return work({ app, request, requestId, language })
    }
    const response = await respond().catch(fail)
    log.info('call', { status: response.status, ...summarizeCall() })
    return httpResponse(response)
  }
  return async (event, context) => {
    const call = readContext(context)
    return asCall(call.requestId, call.functionName, () => answer(event, call))
  }
}

const showText = async (status: 405 | 413): Promise<HttpResponse> =>
  textResponse(status, status === 405 ? 'method not allowed' : 'too large')

const showJson = async (
  failure: Failure,
  requestId: string,
  status: number,
  language: Language,
): Promise<HttpResponse> =>
  jsonResponse(
    status,
    { ok: false, error: await errorBody(failure, requestId, language) },
    { 'x-request-id': requestId },
  )
