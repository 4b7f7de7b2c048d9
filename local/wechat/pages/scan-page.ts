/** The page where a merchant grants the platform its permission sets (reference 4.3). */
import { html } from 'hono/html'
import { flawOfPreAuthCode } from '../grants.ts'
import { newScanId } from '../identifiers.ts'
import type { AccountType, Merchant } from '../merchants.ts'
import { PERMISSION_SETS } from '../permission-sets.ts'
import type { PermissionSet } from '../permission-sets.ts'
import type { Scan, WechatState } from '../state.ts'
import { renderPage } from './layout.ts'
import type { Html } from './layout.ts'

/** The three real addresses: computer, phone inside WeChat, phone as it was before. */
export const SCAN_PATHS = ['/cgi-bin/componentloginpage', '/wxaopen/safe/bindcomponent', '/safe/bindcomponent'] as const

const hostnameOf = (address: string | undefined): string | undefined =>
  address !== undefined && URL.canParse(address) ? new URL(address).hostname : undefined

type Query = Readonly<Record<string, string>>

/** What the page says instead of the form, or undefined where all is well. */
export const flawOfScan = (state: WechatState, query: Query, referer: string | undefined): string | undefined => {
  if (query['component_appid'] !== state.settings.componentAppid) return 'component_appid 不存在'
  const target = hostnameOf(query['redirect_uri'])
  if (target === undefined) return 'redirect_uri 参数错误'
  const entry = hostnameOf(referer)
  const { entryDomain } = state.settings
  if (entry !== target || (entryDomain !== undefined && entry !== entryDomain)) {
    const registered = entryDomain === undefined ? '' : `，登记的授权发起页域名：${entryDomain}`
    return `授权入口页所在域名与授权后回调URL的域名不一致（授权入口页所在域名：${entry ?? '空'}，授权后回调URL的域名：${target}${registered}）`
  }
  if (query['auth_type'] === undefined && query['biz_appid'] === undefined) return 'auth_type 参数错误'
  return flawOfPreAuthCode(state, query['pre_auth_code'] ?? '')
}

export const openScan = (state: WechatState, query: Query): { scanId: string; scan: Scan } => {
  const sets = query['category_id_list']?.split('|').map(Number)
  const bizAppid = query['biz_appid']
  const scan: Scan = {
    preAuthCode: query['pre_auth_code'] ?? '',
    redirectUri: query['redirect_uri'] ?? '',
    authType: Number(query['auth_type'] ?? 6),
    ...(bizAppid === undefined || bizAppid === '' ? {} : { bizAppid }),
    ...(sets === undefined ? {} : { permissionSets: sets }),
  }
  const scanId = newScanId()
  state.scans.set(scanId, scan)
  return { scanId, scan }
}

const accountTypesOf = (authType: number): readonly AccountType[] => {
  if (authType === 1) return ['officialAccount']
  if (authType === 2) return ['miniProgram']
  return authType === 3 || authType === 6 ? ['miniProgram', 'officialAccount'] : []
}

/** `biz_appid` overrides `auth_type`. */
export const eligibleMerchants = (state: WechatState, scan: Scan): Merchant[] => {
  const all = [...state.merchants.values()]
  if (scan.bizAppid !== undefined) return all.filter(({ appid }) => appid === scan.bizAppid)
  const types = accountTypesOf(scan.authType)
  return all.filter(({ accountType }) => types.includes(accountType))
}

export const offeredSets = (scan: Scan, accountType: AccountType): readonly PermissionSet[] =>
  PERMISSION_SETS.filter(
    (set) =>
      set.accountType === accountType && (scan.permissionSets === undefined || scan.permissionSets.includes(set.id)),
  )

const accountTypeName = (accountType: AccountType): string => (accountType === 'miniProgram' ? '小程序' : '公众号')

export const renderScanPage = (state: WechatState, scanId: string, scan: Scan): Html => {
  const merchants = eligibleMerchants(state, scan)
  // Whoever only clicks on connects a new account, and does not run into one that is bound.
  const chosen = merchants.length === 1 ? merchants[0] : merchants.find(({ grant }) => grant === undefined)
  const types = new Set(merchants.map(({ accountType }) => accountType))
  const choices = merchants.map(
    (merchant) =>
      html`<label class="choice">
        <input
          type="radio"
          name="appid"
          value="${merchant.appid}"
          data-type="${merchant.accountType}"
          required
          ${merchant === chosen ? 'checked' : ''}
        />
        <span
          >${merchant.nickName}
          <span class="tag">${accountTypeName(merchant.accountType)}</span>
          ${merchant.grant === undefined ? '' : html`<span class="tag good">已授权</span>`}
          <small>${merchant.principalName} · ${merchant.appid}</small></span
        >
      </label>`,
  )
  const sets = [...types].flatMap((accountType) =>
    offeredSets(scan, accountType).map(
      ({ id, name }) =>
        html`<label class="choice set-${accountType}">
          <input type="checkbox" name="set" value="${id}" checked />
          <span>${name}<small>${accountTypeName(accountType)} · 权限集 ${id}</small></span>
        </label>`,
    ),
  )
  const body =
    merchants.length === 0
      ? html`<section>
          <h1>没有可授权的账号</h1>
          <p class="muted">此链接限定的账号类型或 appid 下没有商户。</p>
        </section>`
      : html`<form method="post" action="/__wechat/pages/authorize">
          <input type="hidden" name="scan" value="${scanId}" />
          <section>
            <h1>账号授权</h1>
            <p class="muted">第三方平台 ${state.settings.componentAppid} 申请获得以下账号的管理权限</p>
            ${choices}
          </section>
          <section>
            <h2>选择授权的权限集</h2>
            ${sets}
          </section>
          <button class="wide" name="decision" value="confirm">同意授权</button>
          <button class="wide plain" name="decision" value="cancel" formnovalidate>取消</button>
        </form>`
  return renderPage('账号授权', body, 'narrow')
}

export const renderNotice = (title: string, text: string): Html =>
  renderPage(
    title,
    html`<section>
      <h1>${title}</h1>
      <p>${text}</p>
    </section>`,
    'narrow',
  )
