import * as v from 'valibot'
import { told } from './told.ts'

/* Shapes that several operations share. Messages complete the sentence "<field> …". */

export const text = (max: number, min = 1) =>
  v.pipe(
    v.string('must be a string'),
    v.minLength(min, min === 1 ? 'must not be empty' : `must be at least ${min} characters`),
    v.maxLength(max, `must be at most ${max} characters`),
  )

/** What is looked for: part of a name, in one line. */
export const searchText = v.pipe(text(64, 0), v.regex(/^\P{Cc}*$/u, 'must have no control characters'))

export const integer = (min: number, max: number) =>
  v.pipe(
    v.number('must be a number'),
    v.integer('must be an integer'),
    v.minValue(min, `must be at least ${min}`),
    v.maxValue(max, `must be at most ${max}`),
  )

export const flag = v.boolean('must be true or false')

export const choice = <const W extends readonly string[]>(words: W) =>
  v.picklist(words, `must be one of ${words.join(', ')}`)

export const list = <S extends v.GenericSchema>(item: S, max: number, min = 1) =>
  v.pipe(
    v.array(item, 'must be a list'),
    v.minLength(min, `must have at least ${min === 1 ? 'one member' : `${min} members`}`),
    v.maxLength(max, `must have at most ${max} members`),
  )

export const appid = told(
  'appid of the account',
  '账号的 appid',
  v.pipe(v.string('must be an appid'), v.regex(/^[A-Za-z0-9_-]{2,64}$/, 'must be an appid')),
  'wx1234567890abcdef',
)

export const businessId = told(
  "The merchant's identity in your own system",
  '商户在您自己系统中的编号',
  v.pipe(v.string('must be a string'), v.regex(/^[A-Za-z0-9_.:-]{1,64}$/, 'must be 1 to 64 of A-Z a-z 0-9 _ . : -')),
  'shop-1024',
)

export const idempotencyKey = v.optional(
  told(
    'The same key repeats the first answer for 7 days; with other input it is a CONFLICT',
    '7 天内用同一个键重复调用得到第一次的结果；输入不同则为 CONFLICT',
    v.pipe(
      v.string('must be a string'),
      v.minLength(1, 'must not be empty'),
      v.maxLength(128, 'must be at most 128 characters'),
    ),
    'order-7-release',
  ),
)

export const page = {
  limit: v.optional(told('Items of one page', '每页条数', integer(1, 100), 20), 20),
  cursor: v.optional(told('`nextCursor` of the page before', '上一页的 nextCursor', text(512), '0001')),
}

/** Names that would reach an object's prototype, or that the database gives a meaning. */
const plainName = v.pipe(
  v.string('must be a string'),
  v.regex(/^[^$.\s\0][^.\0]{0,63}$/u, 'has a name that is not allowed'),
  v.check(
    (name) => name !== '__proto__' && name !== 'constructor' && name !== 'prototype',
    'has a name that is not allowed',
  ),
)

/** A flat object of strings. */
export const flatTexts = v.pipe(
  v.record(plainName, text(1024, 0), 'must be a flat object of strings'),
  v.check((value) => Object.keys(value).length <= 100, 'must have at most 100 members'),
)

export const attributes = told(
  'What you keep with the merchant; `{{name}}` in ext stands for it',
  '随商户保存的属性；ext 中的 {{name}} 会替换为它',
  flatTexts,
  { city: 'Shanghai' },
)

export const accountType = told('Kind of account', '账号类型', choice(['miniprogram', 'official']))
export const anyAccountType = told('Kind of account', '账号类型', choice(['miniprogram', 'official', 'any']))

const id = integer(0, Number.MAX_SAFE_INTEGER)
export const templateId = told('Template of the library, see templates.list', '模板编号，见 templates.list', id, 12)
export const draftId = told(
  'Draft of the library, see templates.listDrafts',
  '草稿编号，见 templates.listDrafts',
  id,
  34,
)
export const version = told('Version of the code', '代码版本号', text(64), '1.4.0')
export const description = told('What is new, shown to the reviewer', '版本说明，审核人员可见', text(1024), 'New menu')
export const rolloutId = told('Id of the rollout', '批量发布编号', text(64), 'a1b2c3')
export const subscriptionId = told('Id of the subscription', '订阅编号', text(64), 'sub_a1b2c3')

/** Any JSON object, WeChat's own or the merchant's; checked where it is used. */
export const jsonObject = v.pipe(
  v.custom<Readonly<Record<string, unknown>>>(
    (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
    'must be an object',
  ),
  v.check((value) => isPlain(value, 0), 'must be plain JSON, without __proto__, and at most 12 levels deep'),
)

function isPlain(value: unknown, depth: number): boolean {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return true
  if (typeof value === 'number') return Number.isFinite(value)
  if (typeof value !== 'object' || depth > 12) return false
  if (Array.isArray(value)) return value.every((item) => isPlain(item, depth + 1))
  return Object.entries(value).every(([name, member]) => name !== '__proto__' && isPlain(member, depth + 1))
}
