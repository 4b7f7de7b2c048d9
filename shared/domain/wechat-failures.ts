import { Failure, type WechatSays } from '../errors.ts'
import type { Params } from '../words/params.ts'

/**
 * What WeChat refused, as callers are told: whose fault, whether to retry, the cure. Of a call that changes something an errcode that
 * no table knows does not say that nothing was done.
 */
export async function failureOfErrcode(
  says: WechatSays,
  { cause, changes = false }: { readonly cause?: unknown; readonly changes?: boolean } = {},
): Promise<Failure> {
  // The table is long, and most processes never need it.
  const { reasonOfErrcode } = await import('../wechat/errors.ts')
  const reason = reasonOfErrcode(says.errcode)
  return new Failure(reason, {
    params: paramsOf(says),
    wechat: says,
    outcomeUnknown: changes && reason === 'UNKNOWN_ERRCODE',
    cause,
  })
}

/** Some errmsg name the address that called: it goes on the whitelist. */
function paramsOf({ errcode, errmsg }: WechatSays): Params & { readonly errcode: number } {
  const [address] = callerAddress.exec(errmsg) ?? []
  return [61004, 40164, 45035].includes(errcode) && address !== undefined ? { errcode, address } : { errcode }
}

const callerAddress = /(?:\d{1,3}\.){3}\d{1,3}|(?:[\da-f]{1,4}:){2,7}:?[\da-f]{1,4}/i
