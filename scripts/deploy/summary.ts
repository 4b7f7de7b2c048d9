import { both, type Words } from './words.ts'

interface Addresses {
  readonly publicBaseUrl: string
  readonly authBaseUrl: string
}

export interface Summary extends Addresses {
  /** The fixed addresses from which functions call WeChat. */
  readonly addresses: readonly string[]
  readonly missing: readonly Words[]
  /** Address of the web console, where static hosting has it. */
  readonly console?: string
}

/** Merchants come by another domain than pushes go: that of 微管家, which a platform in 云服务 mode cannot change. */
export const isBehindWeiguanjia = ({ publicBaseUrl, authBaseUrl }: Addresses): boolean => publicBaseUrl !== authBaseUrl

/** What is entered at open.weixin.qq.com → 第三方平台 → 详情 → 开发资料. */
export function consoleValues({
  publicBaseUrl,
  authBaseUrl,
  addresses,
}: Omit<Summary, 'missing' | 'console'>): readonly (readonly [string, string])[] {
  const fixed = '(云服务模式固定，不改 · fixed by WeChat)'
  const isBehind = isBehindWeiguanjia({ publicBaseUrl, authBaseUrl })
  return [
    ['授权发起页域名', `${new URL(authBaseUrl).hostname}${isBehind ? ` ${fixed}` : ''}`],
    ['授权事件接收URL', isBehind ? `${fixed} 微管家消息转发器 → 8090 /component` : `${publicBaseUrl}/wechat/component`],
    [
      '消息与事件接收URL',
      isBehind ? `${fixed} 微管家消息转发器 → 8090 /biz/$APPID$` : `${publicBaseUrl}/wechat/message/$APPID$`,
    ],
    ['白名单IP地址列表', addresses.join(';') || '(见下 · see below)'],
  ]
}

export function renderSummary(summary: Summary): string {
  const values = consoleValues(summary).map(([name, value]) => `  ${name}\n      ${value}`)
  const lines = [
    '',
    '在 open.weixin.qq.com → 管理中心 → 第三方平台 → 详情 → 开发资料 填写 · enter at WeChat:',
    ...values,
    '',
    `授权链接由 bindings.createLink 生成，形如 · invitations look like  ${summary.authBaseUrl}/auth/start?invite=…`,
    `服务端接口 · business servers  ${summary.publicBaseUrl}/api/v1/openapi.json`,
    ...(summary.console === undefined ? [] : [`网页控制台 · web console  ${summary.console}`]),
  ]
  if (summary.missing.length === 0)
    return [...lines, '', '一切就绪 · nothing is missing. 检查 · check: npm run doctor'].join('\n')
  return [...lines, '', '还缺 · still missing:', ...summary.missing.map((words) => `  - ${both(words)}`)].join('\n')
}
