import { randomUUID } from 'node:crypto'
import { Failure } from '../errors.ts'
import type { HttpRequest, HttpResponse } from '../http-message.ts'

/* What the cloud hands to a function. Every field may be garbage: functions can be called by anybody with anything. */

export interface CallContext {
  readonly requestId: string
  readonly functionName?: string
  readonly timeLimitMs?: number
  /** The variables of this very call; never those of the process, which may be a former caller's. */
  readonly environment: Readonly<Record<string, string>>
}

export interface ClientIdentity {
  readonly openid?: string
  readonly uid?: string
}

export interface IntegrationResponse {
  readonly statusCode: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
  readonly isBase64Encoded: boolean
}

type Fields = Readonly<Record<string, unknown>>

const fieldsOf = (value: unknown): Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {}

const isText = (value: unknown): value is string => typeof value === 'string' && value !== ''

const textFields = (fields: Fields): Record<string, string> =>
  Object.fromEntries(Object.entries(fields).filter((entry): entry is [string, string] => isText(entry[1])))

export function readContext(context: unknown): CallContext {
  const { request_id: requestId, function_name: functionName, time_limit_in_ms: limit, ...rest } = fieldsOf(context)
  return {
    requestId: isText(requestId) && /^[\w.:-]{1,128}$/.test(requestId) ? requestId : randomUUID(),
    environment: readEnvironment(rest['environment'], rest['environ']),
    ...(isText(functionName) && { functionName }),
    ...(typeof limit === 'number' && Number.isFinite(limit) && limit > 0 && { timeLimitMs: limit }),
  }
}

/** `environment` is JSON text; older runtimes have `environ`, `k=v;k=v`. */
function readEnvironment(environment: unknown, environ: unknown): Record<string, string> {
  if (isText(environment)) return textFields(fieldsOf(parseJson(environment)))
  return isText(environ) ? readPairs(environ) : {}
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** A name that comes twice counts for nothing: a value with a `;` in it could have written the other one. */
function readPairs(environ: string): Record<string, string> {
  const values = new Map<string, string>()
  const repeated = new Set<string>()
  for (const pair of environ.split(';')) {
    const [name = '', ...value] = pair.split('=')
    if (values.has(name)) repeated.add(name)
    values.set(name, value.join('='))
  }
  return textFields(Object.fromEntries([...values].filter(([name]) => !repeated.has(name))))
}

type Environment = CallContext['environment']

/** The caller in the mini program or on a web page; an anonymous login is nobody. */
export function identityOf(environment: Environment): ClientIdentity {
  const { WX_OPENID: openid, TCB_UUID: uid } = environment
  return {
    ...(openid !== undefined && { openid }),
    ...(uid !== undefined && !isAnonymous(environment) && { uid }),
  }
}

const isAnonymous = ({ TCB_ISANONYMOUS_USER: flag, LOGINTYPE: type }: Environment): boolean =>
  flag === 'true' || type?.toUpperCase() === 'ANONYMOUS'

const clientVariables = ['WX_OPENID', 'WX_FROM_OPENID', 'TCB_UUID', 'TCB_CUSTOM_USER_ID', 'TCB_ISANONYMOUS_USER']

/** Whether a client SDK made the call, be it with an anonymous login. */
export const isClientCall = (environment: Environment): boolean =>
  clientVariables.some((name) => environment[name] !== undefined && environment[name] !== 'false')

/** Whether an event has the shape that the HTTP access service gives it. */
export function isHttpEvent(event: unknown): boolean {
  const fields = fieldsOf(event)
  const has = (name: string): boolean => Object.hasOwn(fields, name)
  return has('httpMethod') || has('requestContext') || (has('headers') && has('path'))
}

const refused = (field: string): Failure => new Failure('NOT_HTTP_REQUEST', { field })

/** The request in an integration event, or `tooLarge` when its body has more than `maxBodyBytes`. Else `INVALID_ARGUMENT`. */
export function readHttpRequest(event: unknown, maxBodyBytes: number): HttpRequest | 'tooLarge' {
  const { httpMethod, path, queryStringParameters, headers, multiValueHeaders, body, isBase64Encoded } = fieldsOf(event)
  if (!isText(httpMethod) || !/^[A-Za-z]{1,16}$/.test(httpMethod)) throw refused('httpMethod')
  if (typeof path !== 'string') throw refused('path')
  const bytes = readBody(body, isBase64Encoded === true || isBase64Encoded === 'true', maxBodyBytes)
  if (bytes === 'tooLarge') return bytes
  const named = { ...firstValues(multiValueHeaders, 'multiValueHeaders'), ...firstValues(headers, 'headers') }
  const lowered = Object.fromEntries(Object.entries(named).map(([name, value]) => [name.toLowerCase(), value]))
  return {
    method: httpMethod.toUpperCase(),
    path: rooted(path.split('?', 1)[0] ?? ''),
    query: firstValues(queryStringParameters, 'queryStringParameters'),
    headers: lowered,
    cookies: readCookies(lowered['cookie'] ?? ''),
    body: bytes,
  }
}

/** A route's prefix may be stripped with the slash that follows it. */
const rooted = (path: string): string => (path.startsWith('/') ? path : `/${path}`)

/** Judged by the length of the text, before anything is decoded. */
function readBody(body: unknown, isBase64: boolean, maxBytes: number): Buffer | 'tooLarge' {
  if (body === undefined || body === null) return Buffer.alloc(0)
  if (typeof body !== 'string') throw refused('body')
  const atLeast = isBase64 ? Math.floor((body.length * 3) / 4) - 2 : body.length
  if (atLeast > maxBytes) return 'tooLarge'
  const bytes = Buffer.from(body, isBase64 ? 'base64' : 'utf8')
  return bytes.length > maxBytes ? 'tooLarge' : bytes
}

/** A repeated name counts once, with its first value. */
function firstValues(map: unknown, field: string): Record<string, string> {
  if (map === undefined || map === null) return {}
  if (typeof map !== 'object' || Array.isArray(map)) throw refused(field)
  const firsts: [string, string][] = []
  for (const [name, value] of Object.entries(map)) {
    const first: unknown = Array.isArray(value) ? value[0] : value
    if (typeof first === 'string') firsts.push([name, first])
    else if (typeof first === 'number' || typeof first === 'boolean') firsts.push([name, String(first)])
    else if (first !== undefined && first !== null) throw refused(field)
  }
  return Object.fromEntries(firsts)
}

function readCookies(header: string): Record<string, string> {
  const cookies = new Map<string, string>()
  for (const pair of header.split(';')) {
    const [name = '', ...value] = pair.trim().split('=')
    if (name !== '' && !cookies.has(name)) cookies.set(name, value.join('='))
  }
  return Object.fromEntries(cookies)
}

/** What a header may not contain: a line's end would begin another header. */
// oxlint-disable-next-line no-control-regex -- these are the ones
const controlCharacters = /[\u0000-\u001f\u007f]/g

export const httpResponse = ({ status, headers, body, isBase64 = false }: HttpResponse): IntegrationResponse => ({
  statusCode: status,
  headers: Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, value.replace(controlCharacters, '')]),
  ),
  body,
  isBase64Encoded: isBase64,
})
