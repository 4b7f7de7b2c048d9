/** @see https://developers.weixin.qq.com/doc/oplatform/Third-party_Platforms/2.0/api/Before_Develop/Authorization_Process_Technical_Description.html */

const authTypes = { official: '1', miniprogram: '2', any: '3' } as const

interface AuthorizationRequest {
  /** Replaces the origins of WeChat's pages. */
  readonly pageBase?: string | undefined
  readonly componentAppid: string
  readonly preAuthCode: string
  /** On the registered domain; WeChat appends auth_code and expires_in. */
  readonly redirectUri: string
  readonly accountType: keyof typeof authTypes
  /** Only this account may be chosen; WeChat then ignores the account type, so it is not sent. */
  readonly bizAppid?: string | undefined
}

/** Where the merchant goes from a page on the registered domain. `phone` opens only inside WeChat. */
export const authorizationLinks = (request: AuthorizationRequest): { computer: string; phone: string } => {
  const common = {
    component_appid: request.componentAppid,
    pre_auth_code: request.preAuthCode,
    redirect_uri: request.redirectUri,
    ...(request.bizAppid === undefined
      ? { auth_type: authTypes[request.accountType] }
      : { biz_appid: request.bizAppid }),
  }
  const pageBase = request.pageBase?.replace(/\/+$/, '')
  const computer = `${pageBase ?? 'https://mp.weixin.qq.com'}/cgi-bin/componentloginpage`
  const phone = `${pageBase ?? 'https://open.weixin.qq.com'}/wxaopen/safe/bindcomponent`
  return {
    computer: `${computer}?${queryOf(common)}`,
    phone: `${phone}?${queryOf({ action: 'bindcomponent', no_scan: '1', ...common })}#wechat_redirect`,
  }
}

const queryOf = (parameters: Readonly<Record<string, string>>): string =>
  Object.entries(parameters)
    .map(([name, value]) => `${name}=${encodeURIComponent(value)}`)
    .join('&')
