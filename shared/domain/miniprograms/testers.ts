import { errcodeOf, isFailure, refusedWith } from '../../errors.ts'
import { testers as endpoints } from '../../wechat/endpoints/testers.ts'
import { saying } from '../../wechat/errcodes.ts'
import { callForAuthorizer } from '../authorizers/authorizer-calls.ts'
import type { Platform } from '../platform.ts'

const ALREADY_BOUND = 85004

/** The answer's `userstr` is the only name under which the list shows the tester; an already bound one has none to tell. */
export async function bindTester(platform: Platform, appid: string, wechatId: string): Promise<{ userstr?: string }> {
  const send = () => callForAuthorizer(platform, appid, endpoints.bind, { body: { wechatid: wechatId } })
  try {
    const { userstr } = await once(send)
    return userstr ? { userstr } : {}
  } catch (error) {
    if (errcodeOf(error) === ALREADY_BOUND) return {}
    throw error
  }
}

export async function unbindTester(
  platform: Platform,
  appid: string,
  wechatId: string,
  repeated: boolean,
): Promise<void> {
  let again = repeated
  const send = () => callForAuthorizer(platform, appid, endpoints.unbind, { body: { wechatid: wechatId } })
  try {
    await once(send, () => {
      again = true
    })
  } catch (error) {
    // Gone already, by the attempt whose answer was lost.
    if (!again || !refusedWith(error, saying.noTester)) throw error
  }
}

/** Both may be sent again where the answer was lost: WeChat then says that it is done. */
async function once<T>(send: () => Promise<T>, onRepeat: () => void = () => undefined): Promise<T> {
  try {
    return await send()
  } catch (error) {
    if (!isFailure(error) || !error.outcomeUnknown) throw error
    onRepeat()
    return send().catch((again: unknown) => {
      throw isFailure(again) && again.retryable ? error : again
    })
  }
}

export async function listTesters(platform: Platform, appid: string) {
  const { members } = await callForAuthorizer(platform, appid, endpoints.list, { body: { action: 'get_experiencer' } })
  return { items: members ?? [] }
}
