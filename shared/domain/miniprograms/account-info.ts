import { accounts } from '../../wechat/endpoints/accounts.ts'
import { code } from '../../wechat/endpoints/code.ts'
import { releases } from '../../wechat/endpoints/releases.ts'
import { callForAuthorizer } from '../authorizers/authorizer-calls.ts'
import { camelKeys } from '../camel-keys.ts'
import type { Platform } from '../platform.ts'

/** Who the mini program is, which versions it has, whether it is served. */
export async function readAccountInfo(platform: Platform, appid: string): Promise<object> {
  const [basic, versions, visible] = await Promise.all([
    callForAuthorizer(platform, appid, accounts.basicInfo, {}),
    callForAuthorizer(platform, appid, code.versions, {}),
    isVisible(platform, appid),
  ])
  return { ...camelKeys(basic), ...camelKeys(versions), visible }
}

async function isVisible(platform: Platform, appid: string): Promise<boolean> {
  const SERVING = 1
  return (await callForAuthorizer(platform, appid, releases.visibility, {})).status === SERVING
}

export async function setVisibility(
  platform: Platform,
  appid: string,
  visible: boolean,
): Promise<{ visible: boolean }> {
  await callForAuthorizer(platform, appid, releases.setVisibility, { body: { action: visible ? 'open' : 'close' } })
  return { visible }
}
