import type { Language } from './language.ts'

/** Why a receiver did not take an event; the platform's own words where they are of another kind. */
export const deliveryErrorWords = (error: string, language: Language): string => {
  const status = /^answered (\d+)$/.exec(error)?.[1]
  if (status !== undefined) return `HTTP ${status}`
  if (language === 'en') return error
  const seconds = /^no answer within (\d+) s$/.exec(error)?.[1]
  if (seconds !== undefined) return `${seconds} 秒内没有应答`
  const reason = /^not reached(?: \((\w+)\))?$/.exec(error)
  if (reason) return reason[1] === undefined ? '连接不上' : `连接不上（${reason[1]}）`
  if (error.endsWith('leads to a private, local or reserved address')) return '域名指向内网或保留地址'
  return error
}
