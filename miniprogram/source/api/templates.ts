import { call } from './call.ts'
import { numberOf, textOf } from './wechat-fields.ts'

export interface Template {
  readonly templateId: number
  readonly version: string
  readonly description: string
}

/** What a phone can be asked to choose from. */
const NEWEST = 10

/** Newest first. */
export async function listTemplates(): Promise<Template[]> {
  const { items } = await call('templates.list', { limit: NEWEST })
  return items.map((item) => ({
    templateId: numberOf(item, 'template_id'),
    version: textOf(item, 'user_version'),
    description: textOf(item, 'user_desc'),
  }))
}
