/**
 * The two ways a call to WeChat fails. Both carry the path without its query and nothing of the request, so that they
 * can be logged; neither keeps the HTTP library's error, which holds the URL with the token.
 */

interface Saying {
  readonly errcode: number
  readonly errmsg: string
  /** WeChat's request id; `openapi/rid/get` explains it for seven days. */
  readonly rid?: string | undefined
}

/** WeChat answered and said no. */
export class WechatRefusal extends Error {
  override readonly name = 'WechatRefusal'
  readonly errcode: number
  readonly errmsg: string
  readonly rid: string | undefined

  constructor(
    readonly path: string,
    { errcode, errmsg, rid }: Saying,
  ) {
    super(`WeChat refused ${path}: ${errcode} ${errmsg}`)
    this.errcode = errcode
    this.errmsg = errmsg
    this.rid = rid
  }
}

/**
 * `network`: not reached or cut off; `timeout`; `status`: not HTTP 200; `nonsense`: not the answer this endpoint gives;
 * `busy`: errcode -1; `paused`: not asked, for it failed a moment ago.
 */
export type UnavailableReason = 'network' | 'timeout' | 'status' | 'nonsense' | 'busy' | 'paused'

interface Outage {
  readonly reason: UnavailableReason
  /** `no`: WeChat never got the request. `unknown`: read the state back before repeating a change. */
  readonly applied: 'no' | 'unknown'
  /** A system error code such as ECONNRESET, an HTTP status, or the field that was wrong. */
  readonly detail?: string | undefined
  /** The part of the answer that is needed and is missing or odd, as a dotted path. */
  readonly member?: string | undefined
  readonly says?: Saying | undefined
}

/** WeChat gave no usable answer. */
export class WechatUnavailable extends Error {
  override readonly name = 'WechatUnavailable'
  readonly reason: UnavailableReason
  readonly applied: 'no' | 'unknown'
  readonly detail: string | undefined
  readonly member: string | undefined
  readonly says: Saying | undefined

  constructor(
    readonly path: string,
    { reason, applied, member, detail = member, says }: Outage,
  ) {
    super(`WeChat did not answer ${path}: ${reason}${detail === undefined ? '' : ` (${detail})`}`)
    this.reason = reason
    this.applied = applied
    this.detail = detail
    this.member = member
    this.says = says
  }
}
