import { Failure } from '../../errors.ts'
import { accounts } from '../../wechat/endpoints/accounts.ts'
import { code } from '../../wechat/endpoints/code.ts'
import { releases } from '../../wechat/endpoints/releases.ts'
import { saying } from '../../wechat/errcodes.ts'
import { callForAuthorizer } from '../authorizers/authorizer-calls.ts'
import { camelKeys } from '../camel-keys.ts'
import type { Platform } from '../platform.ts'
import { sendOrReadBack } from '../read-back.ts'

/** Who the mini program is, which versions it has, whether it is served. */
export async function readAccountInfo(platform: Platform, appid: string) {
  const [basic, versions, visible] = await Promise.all([
    callForAuthorizer(platform, appid, accounts.basicInfo, {}),
    callForAuthorizer(platform, appid, code.versions, {}),
    isVisible(platform, appid),
  ])
  if ((basic.appid ?? appid) !== appid) throw new Failure('ANSWERED_FOR_ANOTHER')
  return { ...camelKeys(basic), ...camelKeys(versions), appid, visible }
}

async function isVisible(platform: Platform, appid: string): Promise<boolean> {
  const SERVING = 1
  return (await callForAuthorizer(platform, appid, releases.visibility, {})).status === SERVING
}

/** An attempt whose answer was lost makes WeChat refuse the next one: how it is now decides. */
export async function setVisibility(
  platform: Platform,
  appid: string,
  visible: boolean,
  isRepeated: boolean,
): Promise<{ visible: boolean }> {
  if (isRepeated && (await isVisible(platform, appid)) === visible) return { visible }
  const body = { action: visible ? 'open' : 'close' } as const
  return sendOrReadBack(
    async () => {
      await callForAuthorizer(platform, appid, releases.setVisibility, { body })
      return { visible }
    },
    async () => ((await isVisible(platform, appid)) === visible ? { visible } : undefined),
    saying.otherState,
  )
}
