import { parseJson } from '../json.ts'
import type { BinaryReply } from './endpoints/endpoint.ts'
import { WechatRefusal, WechatUnavailable } from './refusal.ts'
import type { HttpReply } from './transport.ts'
import { isRecord } from '../record.ts'

export type JsonReply = Readonly<Record<string, unknown>>

/** Hides what the request carried from a text of WeChat's, should it quote it. */
export type Scrub = (text: string) => string

/** The detail of an answer that WeChat's own programs did not give: a page of a gateway, nothing at all. */
export const NO_JSON = 'not a JSON object'

/**
 * A JSON answer without an error.
 * @throws {WechatRefusal | WechatUnavailable}
 */
export const readJson = (path: string, reply: HttpReply, scrub: Scrub): JsonReply => {
  const json = parseObject(reply.bytes)
  if (json === undefined)
    throw nonsense(path, { detail: looksLikeJson(reply) && reply.bytes.length > 0 ? 'broken JSON' : NO_JSON })
  // The endpoints of ads say `ret` and `err_msg` instead.
  const [code, words] = 'err_msg' in json ? [json['ret'], json['err_msg']] : [json['errcode'], json['errmsg']]
  const errcode = numberOf(code ?? 0)
  if (errcode === undefined) throw nonsense(path, { member: 'errcode' })
  if (errcode === 0) return json

  const errmsg = scrub([words, ...hintsIn(json)].filter((text) => typeof text === 'string').join('; '))
    // oxlint-disable-next-line no-control-regex
    .replaceAll(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]+/g, ' ')
    .slice(0, 500)
  const says = { errcode, errmsg, rid: /\brid: ?([\w-]{1,80})/.exec(errmsg)?.[1] }
  if (errcode === -1) throw new WechatUnavailable(path, { reason: 'busy', applied: 'unknown', says })
  throw new WechatRefusal(path, says)
}

/**
 * A picture or video. WeChat says no in JSON, sometimes under the content type of a picture.
 * @throws {WechatRefusal | WechatUnavailable}
 */
export const readBinary = (path: string, reply: HttpReply, scrub: Scrub): BinaryReply => {
  if (looksLikeJson(reply)) {
    readJson(path, reply, scrub)
    throw nonsense(path, { detail: 'JSON instead of a file' })
  }
  if (reply.bytes.length === 0 || /^text\//i.test(reply.contentType)) throw nonsense(path, { detail: 'no file' })
  return { contentType: reply.contentType, bytes: reply.bytes }
}

export const looksLikeJson = ({ contentType, bytes }: HttpReply): boolean =>
  /^\uFEFF?\s*\{/.test(bytes.toString('utf8', 0, 100)) || /json/i.test(contentType)

export const nonsense = (
  path: string,
  what: { readonly detail: string } | { readonly member: string },
): WechatUnavailable => new WechatUnavailable(path, { reason: 'nonsense', applied: 'unknown', ...what })

/** Filings are refused field by field, and may have begun a procedure nevertheless. */
function hintsIn({ hints, procedure_id: procedure }: JsonReply): readonly string[] {
  const told = (Array.isArray(hints) ? hints : []).flatMap((hint: unknown) => {
    const { err_field: field, errmsg }: JsonReply = isRecord(hint) ? hint : {}
    return typeof field === 'string' && typeof errmsg === 'string' ? [`${field}: ${errmsg}`] : []
  })
  return typeof procedure === 'string' ? [...told, `procedure_id: ${procedure}`] : told
}

const numberOf = (value: unknown): number | undefined => {
  if (typeof value === 'string' && /^-?\d{1,10}$/.test(value)) return Number(value)
  return typeof value === 'number' && Number.isSafeInteger(value) ? value : undefined
}

const parseObject = (bytes: Buffer): JsonReply | undefined => {
  try {
    const value = parseJson(bytes.toString('utf8'))
    return isRecord(value) ? value : undefined
  } catch {
    return undefined
  }
}
