import { Failure, type WechatSays } from '../errors.ts'

/** What WeChat refused, as callers are told: whose fault, whether to retry, the cure. */
export async function failureOfErrcode(says: WechatSays, cause?: unknown): Promise<Failure> {
  // The table is long, and most processes never need it.
  const { codeOfErrcode, explainErrcode } = await import('../wechat/errors.ts')
  const code = codeOfErrcode(says.errcode)
  const known = explainErrcode(says.errcode)
  return new Failure(
    code,
    known ? `${known.meaning.en} (${says.errcode})` : `WeChat refused the request (${says.errcode})`,
    {
      wechat: says,
      hint: known
        ? `${known.cure.zh} ${known.cure.en}`
        : "Look errmsg up in WeChat's list of global error codes; its rid explains the call.",
      cause,
    },
  )
}
