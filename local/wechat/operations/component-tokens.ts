/** Reference 4.2: the ticket push and the component token. */
import * as v from 'valibot'
import { refuseUnless } from '../errors.ts'
import type { WechatState } from '../state.ts'
import { checkTicket, issueComponentToken, issueTicket } from '../tokens.ts'
import { pushEvent } from '../pushes.ts'
import { ok, withoutToken } from './operation.ts'

/** 41018 where it is missing, 40013 where it is another platform's. */
export const checkComponentAppid = (state: WechatState, appid: string | undefined): void => {
  refuseUnless(appid !== undefined && appid !== '', 41018)
  refuseUnless(appid === state.settings.componentAppid, 40013)
}

const checkSecret = (state: WechatState, secret: string | undefined): void => {
  refuseUnless(secret !== undefined && secret !== '', 41004)
  refuseUnless(secret === state.settings.componentAppsecret, 40125)
}

export const pushTicket = (state: WechatState) =>
  pushEvent(state, 'component_verify_ticket', { ComponentVerifyTicket: issueTicket(state).value })

export const componentTokenOperations = [
  withoutToken(
    'POST',
    '/cgi-bin/component/api_start_push_ticket',
    v.object({ component_appid: v.optional(v.string()), component_secret: v.optional(v.string()) }),
    (state, input) => {
      checkComponentAppid(state, input.component_appid)
      checkSecret(state, input.component_secret)
      state.settings = { ...state.settings, ticketsRunning: true }
      pushTicket(state)
      return ok()
    },
  ),
  withoutToken(
    'POST',
    '/cgi-bin/component/api_component_token',
    v.object({
      component_appid: v.optional(v.string()),
      component_appsecret: v.optional(v.string()),
      component_verify_ticket: v.optional(v.string()),
    }),
    (state, input) => {
      checkComponentAppid(state, input.component_appid)
      checkSecret(state, input.component_appsecret)
      checkTicket(state, input.component_verify_ticket ?? '')
      return {
        component_access_token: issueComponentToken(state).value,
        expires_in: state.settings.accessTokenSeconds,
      }
    },
  ),
]
