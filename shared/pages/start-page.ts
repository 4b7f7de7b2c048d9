import dayjs from 'dayjs'
import utc from 'dayjs/plugin/utc.js'
import type { OpenedInvite } from '../domain/authorizers/invitations.ts'
import type { Invite } from '../domain/stores/invites.ts'
import type { EpochMs } from '../time.ts'
import type { Words } from './explanations.ts'
import { html, nothing, type Html } from './html.ts'
import { businessRow, row } from './result-page.ts'

dayjs.extend(utc)

interface Kind {
  readonly name: Words
  readonly grants: readonly Words[]
}

const profile: Words = [
  '读取账号的基本资料和已授予的权限',
  'Read the account’s profile and the permissions you granted',
]

const versions: Words = [
  '上传版本、提交审核、发布和回退，设置域名、隐私指引和体验成员',
  'Upload versions, submit them for review, release and roll back; set domains, the privacy notice and testers',
]

const messages: Words = [
  '接收微信就该账号推送的消息和事件',
  'Receive the messages and events that WeChat sends about the account',
]

const calls: Words = [
  '在您授予的权限范围内代为调用公众号接口',
  'Call the official account’s interfaces within the permissions you grant',
]

const kinds: Readonly<Record<Invite['accountType'], Kind>> = {
  miniprogram: { name: ['小程序', 'mini program'], grants: [versions, profile, messages] },
  official: { name: ['公众号', 'official account'], grants: [calls, profile, messages] },
  any: {
    name: ['小程序或公众号', 'mini program or official account'],
    grants: [
      [`小程序：${versions[0]}`, `Mini program: ${versions[1]}`],
      [`公众号：${calls[0]}`, `Official account: ${calls[1]}`],
      profile,
      messages,
    ],
  },
}

/** Where a merchant begins: what is asked for, by whom, for which business, and the two ways on. */
export function startPage({ invite, links }: OpenedInvite, componentAppid: string): Html {
  const { name, grants } = kinds[invite.accountType]
  return html`<section>
    <h1>授权服务商管理您的${name[0]}</h1>
    <span class="en">Let your service provider manage your ${name[1]}</span>
    <dl>
      ${businessRow(invite.businessId)} ${row(['授权给', 'Granted to'], '第三方平台 Platform', componentAppid)}
      ${row(['账号类型', 'Kind of account'], name[0], name[1])}
      ${invite.appid === undefined ? nothing : row(['指定账号', 'Account'], invite.appid)}
      ${row(['链接有效期至', 'Valid until'], inBeijing(invite.expiresAt), '北京时间 UTC+8')}
    </dl>
    <h2>授权后服务商可以 <small>What you allow</small></h2>
    <ul>
      ${grants.map(([text, textEn]) => html`<li>${text}<span class="en">${textEn}</span></li>`)}
    </ul>
    <div class="ways">
      <a class="button phone" href="${links.phone}"
        >在手机微信中授权<span class="en">On this phone, inside WeChat</span></a
      >
      <a class="button second computer" href="${links.computer}"
        >在电脑上扫码授权<span class="en">On a computer, by QR code</span></a
      >
    </div>
    <p>
      请由账号管理员操作，并保留微信页面上已勾选的权限。<span class="en"
        >To be done by the account’s administrator. Please leave the permissions ticked on WeChat’s page.</span
      >
    </p>
    <p>
      授权不会透露您的登录密码，之后可随时在微信公众平台取消。<span class="en"
        >Your password stays with you, and you can withdraw at any time at mp.weixin.qq.com.</span
      >
    </p>
  </section>`
}

/** China has one time zone, without summer time. */
const inBeijing = (time: EpochMs): string => dayjs(time).utcOffset(8).format('YYYY-MM-DD HH:mm')
