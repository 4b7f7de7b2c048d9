import type { KeptProblem } from '../notice.ts'
import { tell } from './tell.ts'

/* What the group robot says, in Chinese: 企业微信 and 飞书 are where Chinese teams are. */

export const headline = (componentAppid: string, count: number): string =>
  `Minifleet ${componentAppid}：${count} 条问题有变化`

interface Changed extends KeptProblem {
  readonly heading: string
  readonly since: string
  readonly closed: boolean
}

export function paragraph({ code, params, message, hint, heading, since, closed }: Changed): string {
  if (closed) return `✅ 已恢复：${heading}`
  const telling = (params && tell({ word: code, params }, 'zh')) ?? { message: message ?? code, hint }
  return [`⚠️ ${heading}：${telling.message}`, telling.hint, since].filter(Boolean).join('\n')
}
