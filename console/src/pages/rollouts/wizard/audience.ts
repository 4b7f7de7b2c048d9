import { attributesOf, type Draft } from './draft.ts'
import type { Directory, Known } from './use-directory.ts'

export interface Audience {
  readonly merchants: readonly Pick<Known, 'appid' | 'nickName'>[]
  readonly reading: boolean
  /** There are more than `merchants`. */
  readonly more: boolean
}

/** How many, where that is known. */
export const totalOf = ({ merchants, reading, more }: Audience): number | undefined =>
  reading || more ? undefined : merchants.length

/** As the platform decides it at the start. */
const fits = (draft: Draft): ((merchant: Known) => boolean) => {
  const wanted = Object.entries(attributesOf(draft))
  return ({ version, attributes }) =>
    (draft.liveVersion === '' || version === draft.liveVersion) &&
    wanted.every(([name, value]) => Object.hasOwn(attributes, name) && attributes[name] === value)
}

/** Who gets the rollout, as far as it is known. */
export const audienceOf = (draft: Draft, { merchants, reading, more }: Directory): Audience => {
  if (draft.audience === 'pick') {
    const names = new Map(merchants.map(({ appid, nickName }) => [appid, nickName]))
    const picked = draft.picked.map(({ appid, nickName }) => ({ appid, nickName: names.get(appid) ?? nickName }))
    return { merchants: picked, reading: false, more: false }
  }
  return { merchants: draft.audience === 'all' ? merchants : merchants.filter(fits(draft)), reading, more }
}

/** Values with the number of merchants that have them, the most frequent first. */
export const countValues = (values: readonly string[]): readonly (readonly [value: string, count: number])[] => {
  const counts = new Map<string, number>()
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1)
  return [...counts].toSorted(([a, m], [b, n]) => n - m || (a < b ? -1 : 1))
}
