import { openApp, type App } from '../app.ts'
import { httpResponse, isClientCall, readContext, readHttpRequest } from '../cloudbase/events.ts'
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
}

type IntegrationResponse = ReturnType<typeof httpResponse>

/** A function behind HTTP access: method, size, configuration, then the work. It never throws. */
export function httpFunction(
  { methods, maxBodyBytes, databaseTimeout, showError = showJson }: HttpFunctionOptions,
  work: (call: HttpCall) => Promise<HttpResponse>,
): (event: unknown, context: unknown) => Promise<IntegrationResponse> {
  return async (event, context) => {
    const { requestId, functionName, environment } = readContext(context)
    const fail = (error: unknown, status?: number): IntegrationResponse => {
      const failure = noteFailure(error, { requestId, function: functionName })
      return httpResponse(showError(failure, requestId, status ?? httpStatusOf(failure.code)))
    }
    try {
      if (isClientCall(environment))
        return fail(new Failure('PERMISSION_DENIED', 'This function is called over HTTP only'))
      const request = readHttpRequest(event, maxBodyBytes)
      if (request === 'tooLarge') return httpResponse(textResponse(413, 'too large'))
      if (!methods.includes(request.method))
        return httpResponse({
          ...textResponse(405, 'method not allowed'),
          headers: { ...textResponse(405, '').headers, allow: methods.join(', ') },
        })
      const app = openApp({ databaseTimeout })
      return httpResponse(await work({ app, request, requestId }))
    } catch (error) {
      return fail(error)
    }
  }
}

const showJson = (failure: Failure, requestId: string, status: number): HttpResponse =>
  jsonResponse(status, { ok: false, error: errorBody(failure, requestId) }, { 'x-request-id': requestId })
