import { computeMonth, volumesOf, works, type Habits, type Measured, type Month, type Work } from './model.ts'

export type Language = 'en' | 'zh'

const names: Readonly<Record<Work, Readonly<Record<Language, string>>>> = {
  ticket: { en: 'ticket, every 10 minutes', zh: 'ticket（每 10 分钟）' },
  quietQueue: { en: '`processQueue`, every minute', zh: '`processQueue`（每分钟）' },
  fullLook: { en: 'full look, every 15 minutes', zh: '其中每 15 分钟的全面检查' },
  quietSweep: { en: '`refreshTokens`, every 5 minutes', zh: '`refreshTokens`（每 5 分钟）' },
  refresh: { en: 'a token renewed in such a run', zh: '其中每刷新一个令牌' },
  apiCall: { en: 'API call that reads a token', zh: '业务系统读取一次令牌' },
  use: { en: 'its use noted, every 2.5 days', zh: '其中每 2.5 天记录一次使用' },
  night: { en: 'a merchant found in WeChat’s list each night', zh: '每晚在微信列表中核对一个商户' },
  reading: {
    en: 'what is online and under review at a merchant, read each day',
    zh: '每天读取一个商户的线上版本和审核',
  },
  message: { en: 'message or event of a merchant', zh: '商户的一条消息或事件' },
  release: { en: 'release: commit, submit, result, publish', zh: '一次发版：提交、送审、结果、发布' },
  binding: { en: 'new merchant: link, page, return, push', zh: '新商户授权：链接、页面、回跳、推送' },
  console: { en: 'overview of the console, every 5 s in use', zh: '控制台总览页，使用时每 5 秒' },
}

const heads = {
  works: {
    en: ['work', 'function calls', 'ms', 'database', 'WeChat', 'a month, 1,000 merchants'],
    zh: ['事项', '函数调用', '毫秒', '数据库', '微信接口', '1,000 商户每月次数'],
  },
  months: {
    en: ['merchants', 'function calls', 'database operations', 'GBs', 'plan', 'a month, CNY', 'container, CNY'],
    zh: ['商户数', '函数调用', '数据库操作', '资源 GBs', '套餐', '每月（元）', '常驻容器（元）'],
  },
} as const

const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map((_, index) => (index === 0 ? '---' : '---:')), ...rows]
    .map((cells) => `| ${cells.join(' | ')} |`)
    .join('\n')

const whole = (value: number): string => Math.round(value).toLocaleString('en-US')
const short = (value: number): string => String(Math.round(value * 100) / 100)

export function renderWorks(measured: Measured, habits: Habits, language: Language): string {
  const volumes = volumesOf(1000, habits)
  return table(
    heads.works[language],
    works.map((work) => {
      const { calls, milliseconds, databaseOperations, wechatCalls } = measured.works[work]
      return [
        names[work][language],
        short(calls),
        short(milliseconds),
        short(databaseOperations),
        short(wechatCalls),
        whole(volumes[work]),
      ]
    }),
  )
}

export const sizes = [100, 1000, 10_000, 100_000] as const

export function renderMonths(measured: Measured, habits: Habits, language: Language): string {
  const months: readonly Month[] = sizes.map((merchants) => computeMonth(measured, merchants, habits))
  return table(
    heads.months[language],
    months.map((month) => [
      whole(month.merchants),
      whole(month.functionCalls),
      whole(month.databaseOperations),
      whole(month.gigabyteSeconds),
      month.plan.name,
      whole(month.price),
      whole(month.containerPrice),
    ]),
  )
}

/** Replaces what stands between `<!-- name -->` and `<!-- /name -->`. */
export function fillIn(page: string, name: string, content: string): string {
  const [before, rest] = page.split(`<!-- ${name} -->`)
  const after = rest?.split(`<!-- /${name} -->`)[1]
  if (before === undefined || after === undefined) throw new Error(`the page has no place for ${name}`)
  return `${before}<!-- ${name} -->\n\n${content}\n\n<!-- /${name} -->${after}`
}
