import { errcodeOf, Failure } from '../../errors.ts'
import { errcodes } from '../../wechat/errcodes.ts'
import { authorizers } from '../../wechat/endpoints/authorizers.ts'
import { callAsPlatform } from '../tokens/platform-calls.ts'
import type { Platform } from '../platform.ts'

export interface Login {
  readonly openid: string
  readonly unionid?: string
  readonly sessionKey: string
}

/** 小程序登录 on the platform's behalf. Nothing of it is kept; a code is good for one exchange. */
export async function login(platform: Platform, appid: string, jsCode: string): Promise<Login> {
  try {
    const { openid, unionid, session_key } = await callAsPlatform(platform, authorizers.login, {
      query: {
        appid,
        js_code: jsCode,
        grant_type: 'authorization_code',
        component_appid: platform.settings.componentAppid,
      },
    })
    return { openid, ...(unionid && { unionid }), sessionKey: session_key }
  } catch (error) {
    if (errcodeOf(error) === errcodes.accountNotAuthorized && !(await platform.stores.authorizers.find(appid)))
      throw new Failure('ACCOUNT_UNKNOWN', { field: 'appid', cause: error })
    throw error
  }
}
