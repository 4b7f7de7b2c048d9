import type { IncomingHttpHeaders, IncomingMessage } from 'node:http'
import { localEnvId } from './environment.ts'

/** `full`: the route has 路径透传 and the function sees the whole path; `stripped`: it sees what follows the route's prefix. */
export type PathTransmission = 'full' | 'stripped'

/** How bodies travel inside the event. `auto`: JSON, forms and plain text as text, everything else (XML too) as base64. */
export type BodyEncoding = 'auto' | 'text' | 'base64'

export interface HttpEventOptions {
  readonly pathTransmission: PathTransmission
  readonly bodyEncoding: BodyEncoding
}

const textTypes = /^(?:application\/json|application\/x-www-form-urlencoded|text\/plain|[^;]*\+json)\s*(?:;|$)/i

/** The event of an HTTP access route ("integration request"). */
export const httpEvent = (
  request: IncomingMessage,
  url: URL,
  body: Buffer,
  prefix: string,
  requestId: string,
  options: HttpEventOptions,
): Readonly<Record<string, unknown>> => ({
  path: options.pathTransmission === 'full' ? url.pathname : url.pathname.slice(prefix.length) || '/',
  httpMethod: request.method ?? 'GET',
  headers: singleValues(request.headers),
  multiValueHeaders: { ...request.headersDistinct },
  queryStringParameters: Object.fromEntries(url.searchParams),
  requestContext: { requestId, envId: localEnvId, appId: 1_250_000_000, uin: 100_000_000_000 },
  ...encodeBody(body, request.headers['content-type'], options.bodyEncoding),
})

/** Node hands over header names in lower case, as the cloud does. */
const singleValues = (headers: IncomingHttpHeaders): Record<string, string> => {
  const single: Record<string, string> = {}
  for (const [name, value] of Object.entries(headers))
    if (value !== undefined) single[name] = Array.isArray(value) ? value.join(',') : value
  return single
}

const encodeBody = (body: Buffer, contentType: string | undefined, encoding: BodyEncoding) => {
  const asText =
    encoding === 'text' || (encoding === 'auto' && (body.length === 0 || textTypes.test(contentType ?? '')))
  return asText
    ? { body: body.toString('utf8'), isBase64Encoded: false }
    : { body: body.toString('base64'), isBase64Encoded: true }
}
