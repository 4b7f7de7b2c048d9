import * as v from 'valibot'

const words = v.nullish(v.string(), '')

const origin = {
  create_time: v.nullish(v.number()),
  user_version: words,
  user_desc: words,
  source_miniprogram: words,
  source_miniprogram_appid: words,
  developer: words,
}

const draftShape = v.object({ ...origin, draft_id: v.number() })
const templateShape = v.object({
  ...origin,
  template_id: v.number(),
  draft_id: v.nullish(v.number()),
  template_type: v.nullish(v.number()),
})

export interface Draft {
  readonly draftId: number
  readonly version: string
  readonly description: string
  /** Its name, or its appid where WeChat tells none. */
  readonly source: string
  readonly sourceAppid: string
  readonly developer: string
  /** ISO 8601; absent where WeChat does not say. */
  readonly createdAt?: string
}

export interface Template extends Omit<Draft, 'draftId'> {
  readonly templateId: number
  readonly draftId: number | undefined
  readonly isStandard: boolean
}

const common = (given: v.InferOutput<v.ObjectSchema<typeof origin, undefined>>) => ({
  version: given.user_version ?? '',
  description: given.user_desc ?? '',
  source: given.source_miniprogram || given.source_miniprogram_appid || '',
  sourceAppid: given.source_miniprogram_appid ?? '',
  developer: given.developer ?? '',
  ...(given.create_time && { createdAt: new Date(given.create_time * 1000).toISOString() }),
})

/** Items of `templates.listDrafts`. */
export const readDrafts = (items: readonly unknown[]): Draft[] =>
  items.map((item) => {
    const given = v.parse(draftShape, item)
    return { draftId: given.draft_id, ...common(given) }
  })

/** Items of `templates.list`. */
export const readTemplates = (items: readonly unknown[]): Template[] =>
  items.map((item) => {
    const given = v.parse(templateShape, item)
    return {
      templateId: given.template_id,
      draftId: given.draft_id ?? undefined,
      isStandard: given.template_type === 1,
      ...common(given),
    }
  })
