import { Failure, type WechatSays } from '../errors.ts'

/**
 * What WeChat refused, as callers are told: whose fault, whether to retry, the cure. Of a call that changes something an errcode that
 * no table knows does not say that nothing was done.
 */
export async function failureOfErrcode(
  says: WechatSays,
  { cause, changes = false }: { readonly cause?: unknown; readonly changes?: boolean } = {},
): Promise<Failure> {
  // The table is long, and most processes never need it.
  const { codeOfErrcode, explainErrcode } = await import('../wechat/errors.ts')
  const code = codeOfErrcode(says.errcode)
  const known = explainErrcode(says.errcode)
  if (!known && code === 'WECHAT_REJECTED')
    return new Failure('UNKNOWN_ERRCODE', {
      params: { errcode: says.errcode },
      wechat: says,
      outcomeUnknown: changes,
      cause,
    })
  return new Failure(
    code,
    known
      ? `${known.meaning.zh} ${known.meaning.en} (${says.errcode})`
      : `微信拒绝了请求 WeChat refused the request (${says.errcode})`,
    {
      wechat: says,
      hint: known
        ? `${known.cure.zh} ${known.cure.en}${addressToAllow(says)}`
        : "请在微信全局返回码中查找 errmsg，rid 可用于排查。 Look errmsg up in WeChat's list of global error codes; its rid explains the call.",
      cause,
    },
  )
}

/** 61004, 40164 and 45035 name the address that called: it goes on the whitelist. */
function addressToAllow({ errcode, errmsg }: WechatSays): string {
  if (![61004, 40164, 45035].includes(errcode)) return ''
  const [address] = /(?:\d{1,3}\.){3}\d{1,3}|(?:[\da-f]{1,4}:){2,7}:?[\da-f]{1,4}/i.exec(errmsg) ?? []
  return address === undefined ? '' : ` IP: ${address}`
}
