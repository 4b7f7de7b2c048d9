import { both, type Words } from './words.ts'

export interface Summary {
  readonly publicBaseUrl: string
  /** The fixed addresses from which functions call WeChat. */
  readonly addresses: readonly string[]
  readonly missing: readonly Words[]
  /** Address of the web console, where static hosting has it. */
  readonly console?: string
}

/** What is entered at open.weixin.qq.com → 第三方平台 → 详情 → 开发资料. */
export function consoleValues({
  publicBaseUrl,
  addresses,
}: Omit<Summary, 'missing' | 'console'>): readonly (readonly [string, string])[] {
  return [
    ['授权发起页域名', new URL(publicBaseUrl).hostname],
    ['授权事件接收URL', `${publicBaseUrl}/wechat/component`],
    ['消息与事件接收URL', `${publicBaseUrl}/wechat/message/$APPID$`],
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
    `授权链接由 bindings.createLink 生成，形如 · invitations look like  ${summary.publicBaseUrl}/auth/start?invite=…`,
    `服务端接口 · business servers  ${summary.publicBaseUrl}/api/v1/openapi.json`,
    ...(summary.console === undefined ? [] : [`网页控制台 · web console  ${summary.console}`]),
  ]
  if (summary.missing.length === 0)
    return [...lines, '', '一切就绪 · nothing is missing. 检查 · check: npm run doctor'].join('\n')
  return [...lines, '', '还缺 · still missing:', ...summary.missing.map((words) => `  - ${both(words)}`)].join('\n')
}
