import type { OpenedInvite } from '../domain/invitations.ts'
import { toIso } from '../time.ts'
import { html, type Html } from './html.ts'

const kinds = {
  miniprogram: ['小程序', 'a mini program'],
  official: ['公众号', 'an official account'],
  any: ['小程序或公众号', 'a mini program or an official account'],
} as const

/** Where a merchant begins: what is asked for, by whom, for which business, and the two ways on. */
export function startPage({ invite, links }: OpenedInvite, componentAppid: string): Html {
  const [kind, kindEn] = kinds[invite.accountType]
  return html`<section>
    <h1>授权服务商管理您的${kind}</h1>
    <span class="en">Let your service provider manage ${kindEn} for you</span>
    <dl>
      <dt>业务<br /><small>Business</small></dt>
      <dd>${invite.businessId}</dd>
      <dt>服务商平台<br /><small>Platform</small></dt>
      <dd>${componentAppid}</dd>
      ${
        invite.appid === undefined
          ? html``
          : html`<dt>指定账号<br /><small>Account</small></dt>
              <dd>${invite.appid}</dd>`
      }
      <dt>链接有效期至<br /><small>Valid until</small></dt>
      <dd>${toIso(invite.expiresAt).slice(0, 16).replace('T', ' ')} UTC</dd>
    </dl>
    <p>
      您将在微信页面上确认授权内容。请保留“小程序开发与数据分析”等已勾选的权限，否则服务商无法为您发布版本。<span
        class="en"
        >WeChat shows what is granted. Please keep the sets that are ticked, “development and analytics” above all:
        without it no version can be published for you.</span
      >
    </p>
    <a class="button" href="${links.phone}"
      >在手机微信中授权<br /><small class="en">Authorize on this phone, inside WeChat</small></a
    >
    <a class="button second" href="${links.computer}"
      >在电脑上扫码授权<br /><small class="en">Authorize on a computer, by QR code</small></a
    >
    <p>
      <small
        >您可随时在 mp.weixin.qq.com 的“设置 → 第三方设置”中取消授权。 You can withdraw at any time in WeChat’s own
        console.</small
      >
    </p>
  </section>`
}
