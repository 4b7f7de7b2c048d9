import { CALLS_PER_MINUTE, type CallLimit } from '../domain/callers/call-limit.ts'
import { callerOfKey, noteKeyUse, unknownKey } from '../domain/callers/key-identity.ts'
import type { Caller } from '../domain/callers/caller.ts'
import { isOperation, perform, type OperationTable } from '../domain/operation.ts'
import { tableOf } from '../domain/operations/table.ts'
import type { Platform } from '../domain/platform.ts'
import { httpStatusOf } from '../error-codes.ts'
import { Failure } from '../errors.ts'
import { jsonResponse, textResponse, type HttpRequest, type HttpResponse } from '../http-message.ts'
import { withoutMark } from '../json.ts'
import { noteOperation } from '../current-call.ts'
import type { Language } from '../words/language.ts'
import { carried, errorBody, noteFailure } from './answer.ts'
import { bearerOf } from './bearer.ts'
import { createRateLimit } from './rate-limit.ts'
import { retryAfter } from './retry-after.ts'
import { bodyLimits, httpFunction } from './http.ts'

const DATABASE_TIMEOUT_MS = 8000

/** Of browsers that wait for their person, to one instance; beyond that they hear what was seen last. */
const WAITING_POLLS_PER_MINUTE = 60

/** `POST /api/v1/{operation}` with the input as body. */
export function apiFunction() {
  const rateLimit = createRateLimit(CALLS_PER_MINUTE)
  const pollLimit = createRateLimit(WAITING_POLLS_PER_MINUTE)
  return httpFunction(
    {
      methods: ['POST', 'GET', 'OPTIONS'],
      kind: 'api',
      databaseTimeout: DATABASE_TIMEOUT_MS,
      showRefusal: (status, requestId, language) =>
        refuse(status === 405 ? methodNotAllowed() : tooLarge(), status, requestId, language),
    },
    async ({ app: { config, platform }, request, requestId, language }) => {
      const cors = corsHeaders(config.apiCorsOrigins, request)
      const respond = (status: number, body: unknown, headers: Readonly<Record<string, string>> = {}): HttpResponse =>
        jsonResponse(status, body, { 'x-request-id': requestId, ...cors, ...headers })
      if (request.method === 'OPTIONS') return { ...textResponse(cors ? 204 : 403, ''), headers: cors ?? {} }
      try {
        const [parent, operation] = lastSegments(request.path)
        if (request.method === 'GET') {
          if (operation !== 'openapi.json') throw methodNotAllowed()
          const [{ describeApi }, { compressed }] = await Promise.all([
            import('./openapi.ts'),
            import('./compressed.ts'),
          ])
          return compressed(respond(200, await describeApi(config.publicBaseUrl)), request)
        }
        if (operation === 'sessions' || (parent === 'sessions' && !operation.includes('.'))) {
          const { signIn } = await import('./sign-in.ts')
          const mayWait = (): boolean => pollLimit('', platform.clock())
          const sessionId = operation === 'sessions' ? undefined : operation
          return respond(200, { ok: true, data: await signIn(platform, sessionId, parseBody(request.body), mayWait) })
        }
        const mayCall = (id: string): boolean => rateLimit(id, platform.clock())
        const caller = await callerOf(platform, request, mayCall)
        const table = await tableOf(operation)
        if (isOperation(table, operation)) noteOperation(operation)
        const data = await perform(platform, table, caller, operation, inputOf(table, operation, request))
        await noteKeyUse(platform, caller)
        return respond(200, { ok: true, data: await carried(data, language) })
      } catch (error) {
        const failure = noteFailure(error)
        const status = failure.reason === 'METHOD_NOT_ALLOWED' ? 405 : httpStatusOf(failure.code)
        const headers = {
          ...(status === 405 && { allow: 'POST' }),
          ...(status === 429 && { 'retry-after': String(retryAfter(failure, platform.clock())) }),
        }
        return respond(status, { ok: false, error: await errorBody(failure, requestId, language) }, headers)
      }
    },
  )
}

const refuse = async (failure: Failure, status: number, requestId: string, language: Language): Promise<HttpResponse> =>
  jsonResponse(
    status,
    { ok: false, error: await errorBody(failure, requestId, language) },
    { 'x-request-id': requestId },
  )

const tooLarge = (): Failure => new Failure('BODY_TOO_LARGE', { params: { kilobytes: bodyLimits.api / 1024 } })

const methodNotAllowed = (): Failure => new Failure('METHOD_NOT_ALLOWED')

/** Also where the route's prefix was taken away. */
function lastSegments(path: string): [parent: string, last: string] {
  const [last = '', parent = ''] = path.split('/').filter(Boolean).toReversed()
  return [parent, last]
}

async function callerOf(platform: Platform, request: HttpRequest, mayCall: CallLimit): Promise<Caller> {
  const shown = bearerOf(request)
  if (shown === undefined) throw unknownKey()
  if (!shown.startsWith('mfs_')) return callerOfKey(platform, shown, mayCall)
  const { callerOfSession } = await import('../domain/callers/session-identity.ts')
  return callerOfSession(platform, shown, mayCall)
}

function parseBody(body: Buffer): unknown {
  const text = withoutMark(body.toString('utf8'))
  if (text.trim() === '') return {}
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw new Failure('BODY_NOT_JSON', { cause })
  }
}

/** The header counts where the body names no key; operations that only read have no use for one. */
function inputOf(table: OperationTable, name: string, { body, headers }: HttpRequest): unknown {
  const operation = isOperation(table, name) ? table[name] : undefined
  if (!operation) return undefined
  const input = parseBody(body)
  const header = headers['idempotency-key']
  if (header === undefined || operation.kind !== 'changing') return input
  if (typeof input !== 'object' || input === null || Array.isArray(input)) return input
  return 'idempotencyKey' in input ? input : { ...input, idempotencyKey: header }
}

function corsHeaders(origins: readonly string[], { headers }: HttpRequest): Record<string, string> | undefined {
  const origin = headers['origin']
  if (origin === undefined || !origins.includes(origin)) return undefined
  return {
    'access-control-allow-origin': origin,
    'access-control-allow-methods': 'POST, GET',
    'access-control-allow-headers': 'authorization, content-type, idempotency-key',
    'access-control-expose-headers': 'x-request-id, retry-after',
    'access-control-max-age': '600',
    vary: 'origin',
  }
}
