import { CALLS_PER_MINUTE } from '../domain/callers/call-limit.ts'
import { callerOfKey, noteKeyUse, unknownKey } from '../domain/callers/key-identity.ts'
import { httpStatusOf } from '../error-codes.ts'
import { Failure } from '../errors.ts'
import { jsonResponse, textResponse, type HttpRequest, type HttpResponse } from '../http-message.ts'
import type { Language } from '../words/language.ts'
import { errorBody, noteFailure } from './answer.ts'
import { bearerOf } from './bearer.ts'
import { httpFunction } from './http.ts'
import { languageOf } from './language.ts'
import { createRateLimit } from './rate-limit.ts'
import { retryAfter } from './retry-after.ts'

const DATABASE_TIMEOUT_MS = 8000

/** `POST /mcp`: the Model Context Protocol, stateless, with JSON answers. */
export function mcpFunction() {
  const rateLimit = createRateLimit(CALLS_PER_MINUTE)
  return httpFunction(
    { methods: ['POST', 'OPTIONS'], kind: 'api', databaseTimeout: DATABASE_TIMEOUT_MS },
    async ({ app: { config, platform }, request, requestId }) => {
      const language = languageOfAgent(request)
      const origin = request.headers['origin']
      const isLetIn = origin === undefined || config.apiCorsOrigins.includes(origin)
      const headers = { 'x-request-id': requestId, ...(isLetIn && origin !== undefined && corsHeaders(origin)) }
      const refuse = async (failure: Failure, status: number, more: Readonly<Record<string, string>> = {}) =>
        jsonResponse(
          status,
          { ok: false, error: await errorBody(failure, requestId, language) },
          { ...headers, ...more },
        )
      if (!isLetIn) return refuse(new Failure('ORIGIN_NOT_ALLOWED'), 403)
      if (request.method === 'OPTIONS') return { ...textResponse(origin === undefined ? 403 : 204, ''), headers }
      try {
        const shown = bearerOf(request)
        if (shown === undefined) throw unknownKey()
        const caller = await callerOfKey(platform, shown, (keyId) => rateLimit(keyId, platform.clock()))
        const { serveAgent } = await import('./mcp-server.ts')
        const answer = await serveAgent({ platform, caller, language, requestId }, request)
        await noteKeyUse(platform, caller)
        return { ...answer, headers: { ...answer.headers, ...headers } }
      } catch (error) {
        const failure = noteFailure(error)
        const status = httpStatusOf(failure.code)
        return refuse(failure, status, {
          ...(status === 401 && { 'www-authenticate': 'Bearer realm="minifleet"' }),
          ...(status === 429 && { 'retry-after': String(retryAfter(failure, platform.clock())) }),
        })
      }
    },
  )
}

/** English unless Chinese is asked for by name. */
const languageOfAgent = ({ headers }: HttpRequest): Language => {
  const wanted = headers['accept-language'] ?? ''
  return /\bzh\b/i.test(wanted) ? languageOf(wanted) : 'en'
}

const corsHeaders = (origin: string): HttpResponse['headers'] => ({
  'access-control-allow-origin': origin,
  'access-control-allow-methods': 'POST',
  'access-control-allow-headers':
    'authorization, content-type, accept, accept-language, mcp-protocol-version, mcp-session-id, last-event-id',
  'access-control-expose-headers': 'x-request-id, retry-after, www-authenticate, mcp-protocol-version',
  'access-control-max-age': '600',
  vary: 'origin',
})
