import { log, openApp, type App } from '../app.ts'
import { httpResponse, isClientCall, readContext, readHttpRequest } from '../cloudbase/events.ts'
import { beginCall, endCall } from '../current-call.ts'
import { Failure, httpStatusOf } from '../errors.ts'
import { jsonResponse, textResponse, type HttpRequest, type HttpResponse } from '../http.ts'
import { errorBody, noteFailure } from './answer.ts'

export interface HttpCall {
  readonly app: App
  readonly request: HttpRequest
  readonly requestId: string
}

export interface HttpFunctionOptions {
  readonly methods: readonly string[]
  readonly maxBodyBytes: number
  /** Milliseconds for one database operation. */
  readonly databaseTimeout: number
  /** How this function shows an error. Default: JSON. */
  readonly showError?: (failure: Failure, requestId: string, status: number) => HttpResponse
  /** How it answers a method or a size that it does not take. Default: plain text. */
  readonly showRefusal?: (status: 405 | 413, requestId: string) => HttpResponse
}

type IntegrationResponse = ReturnType<typeof httpResponse>

/** A function behind HTTP access: method, size, configuration, then the work. It never throws. */
export function httpFunction(
  { methods, maxBodyBytes, databaseTimeout, showError = showJson, showRefusal = showText }: HttpFunctionOptions,
  work: (call: HttpCall) => Promise<HttpResponse>,
): (event: unknown, context: unknown) => Promise<IntegrationResponse> {
  return async (event, context) => {
    const { requestId, functionName, environment } = readContext(context)
    const fail = (error: unknown): HttpResponse => {
      const failure = noteFailure(error)
      return showError(failure, requestId, httpStatusOf(failure.code))
    }
    const respond = async (): Promise<HttpResponse> => {
      if (isClientCall(environment))
        return fail(new Failure('PERMISSION_DENIED', 'This function is called over HTTP only'))
      const request = readHttpRequest(event, maxBodyBytes)
      if (request === 'tooLarge') return showRefusal(413, requestId)
      if (!methods.includes(request.method)) {
        const refusal = showRefusal(405, requestId)
        return { ...refusal, headers: { ...refusal.headers, allow: methods.join(', ') } }
      }
      return work({ app: openApp({ databaseTimeout }), request, requestId })
    }
    beginCall(requestId, functionName)
    const response = await respond().catch(fail)
    log.info('call', { status: response.status, ...endCall() })
    return httpResponse(response)
  }
}

const showText = (status: 405 | 413): HttpResponse =>
  textResponse(status, status === 405 ? 'method not allowed' : 'too large')

const showJson = (failure: Failure, requestId: string, status: number): HttpResponse =>
  jsonResponse(status, { ok: false, error: errorBody(failure, requestId) }, { 'x-request-id': requestId })
