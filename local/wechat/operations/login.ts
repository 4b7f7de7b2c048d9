/** Reference 4.9: 小程序登录 on the platform's behalf. */
import * as v from 'valibot'
import { refuse, refuseUnless } from '../errors.ts'
import { newSessionKey } from '../identifiers.ts'
import { checkComponentAppid } from './component-tokens.ts'
import { withComponentToken } from './operation.ts'

const text = v.optional(v.string(), '')

export const loginOperations = [
  withComponentToken(
    'GET',
    '/sns/component/jscode2session',
    v.object({ appid: text, js_code: text, grant_type: text, component_appid: text }),
    (state, input) => {
      checkComponentAppid(state, input.component_appid)
      refuseUnless(input.appid !== '', 41002)
      refuseUnless(input.grant_type === 'authorization_code', 40097)
      refuseUnless(state.merchants.get(input.appid)?.grant !== undefined, 61003)
      const code = state.loginCodes.get(input.js_code)
      if (code === undefined || code.used || code.appid !== input.appid) return refuse(40029)
      code.used = true
      const sessionKey = newSessionKey()
      state.sessionKeys.push(sessionKey)
      return { openid: code.openid, session_key: sessionKey }
    },
  ),
]
