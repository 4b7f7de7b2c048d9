import * as v from 'valibot'

const categoryShape = v.object({
  first_id: v.nullish(v.number()),
  first_class: v.string(),
  second_id: v.nullish(v.number()),
  second_class: v.string(),
  third_id: v.nullish(v.number()),
  third_class: v.nullish(v.string()),
})

export interface Category {
  readonly key: string
  readonly name: string
  /** As a submission names it. */
  readonly item: {
    readonly first_id?: number
    readonly first_class: string
    readonly second_id?: number
    readonly second_class: string
    readonly third_id?: number
    readonly third_class?: string
  }
}

/** `releases.categories`. */
export const readCategories = (categories: readonly unknown[]): Category[] =>
  categories.map((category) => {
    const { first_id, first_class, second_id, second_class, third_id, third_class } = v.parse(categoryShape, category)
    return {
      key: [first_class, second_class, third_class ?? ''].join('/'),
      name: [first_class, second_class, third_class ?? ''].filter((name) => name !== '').join(' › '),
      item: {
        first_class,
        second_class,
        ...(first_id && second_id && { first_id, second_id }),
        ...(third_id && third_class && { third_id, third_class }),
      },
    }
  })

const quotaShape = v.object({ rest: v.number(), limit: v.number(), speedupRest: v.number(), speedupLimit: v.number() })

/** `releases.quota`. */
export const readQuota = (answer: unknown): v.InferOutput<typeof quotaShape> => v.parse(quotaShape, answer)

const historyShape = v.object({
  app_version: v.number(),
  user_version: v.nullish(v.string()),
  user_desc: v.nullish(v.string()),
  commit_time: v.nullish(v.number()),
})

export interface PastVersion {
  readonly appVersion: number
  readonly version: string
  readonly description: string
}

/** `releases.history`. */
export const readHistory = (items: readonly unknown[]): PastVersion[] =>
  items.map((item) => {
    const { app_version, user_version, user_desc } = v.parse(historyShape, item)
    return { appVersion: app_version, version: user_version ?? String(app_version), description: user_desc ?? '' }
  })
