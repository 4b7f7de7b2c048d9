import * as v from 'valibot'
import { flaw } from './input-flaws.ts'
import { epochMs, type EpochMs } from '../time.ts'
import { told } from './described-fields.ts'
import { isRecord } from '../record.ts'

/* Shapes that several operations share. What is wrong with a value is told by what the schema expected. */

export const text = (max: number, min = 1) => v.pipe(v.string(), v.minLength(min), v.maxLength(max))

/** What is looked for: part of a name, in one line. */
export const searchText = v.pipe(text(64, 0), v.regex(/^\P{Cc}*$/u, flaw('CONTROL_CHARACTERS')))

export const integer = (min: number, max: number) => v.pipe(v.number(), v.integer(), v.minValue(min), v.maxValue(max))

export const flag = v.boolean()

export const choice = <const W extends readonly string[]>(words: W) => v.picklist(words)

export const list = <S extends v.GenericSchema>(item: S, max: number, min = 1) =>
  v.pipe(v.array(item), v.minLength(min), v.maxLength(max))

export const appid = told(
  'appid of the account',
  '账号的 appid',
  v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{2,64}$/, flaw('MALFORMED', { example: 'wx1234567890abcdef' }))),
  'wx1234567890abcdef',
)

export const businessId = told(
  "The merchant's identity in your own system",
  '商户在您自己系统中的编号',
  v.pipe(
    v.string(),
    v.regex(/^[A-Za-z0-9_.:-]{1,64}$/, flaw('CHARACTERS_NOT_ALLOWED', { max: 64, allowed: 'A-Z a-z 0-9 _ . : -' })),
  ),
  'shop-1024',
)

export const idempotencyKey = v.optional(
  told(
    'The same key repeats the first answer for 7 days; with other input it is a CONFLICT',
    '7 天内用同一个键重复调用得到第一次的结果；输入不同则为 CONFLICT',
    v.pipe(v.string(), v.minLength(1), v.maxLength(128)),
    'order-7-release',
  ),
)

/** Read with `epochOf`. */
const timeShape = v.pipe(
  v.string(),
  v.isoTimestamp(flaw('MALFORMED', { example: '2027-01-31T00:00:00Z' })),
  v.check((text) => Number.isFinite(Date.parse(text)), flaw('MALFORMED', { example: '2027-01-31T00:00:00Z' })),
)

export const moment = (en: string, zh: string) => told(en, zh, timeShape, '2027-01-31T00:00:00Z')

export const epochOf = (text: string | undefined): EpochMs | undefined =>
  text === undefined ? undefined : epochMs(Date.parse(text))

export const page = {
  limit: v.optional(told('Items of one page', '每页条数', integer(1, 100), 20), 20),
  cursor: v.optional(told('`nextCursor` of the page before', '上一页的 nextCursor', text(512), '0001')),
}

/** Names that would reach an object's prototype, or that the database gives a meaning. */
const plainName = v.pipe(
  v.string(),
  v.regex(/^[^$.\s\0][^.\0]{0,63}$/u, flaw('NAME_NOT_ALLOWED')),
  v.check((name) => name !== '__proto__' && name !== 'constructor' && name !== 'prototype', flaw('NAME_NOT_ALLOWED')),
)

/** Of a record by names: attributes, variables. */
export const MOST_MEMBERS = 100

export const namedRecord = <S extends v.GenericSchema>(member: S) =>
  v.pipe(
    v.record(plainName, member),
    v.check((value) => Object.keys(value).length <= MOST_MEMBERS, flaw('TOO_MANY', { max: MOST_MEMBERS })),
  )

/** A flat object of strings. */
const flatTexts = namedRecord(text(1024, 0))

/** The same, where null takes one away. */
export const attributeChanges = namedRecord(v.nullable(text(1024, 0)))

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
export const description = told('What is new, shown to the reviewer', '版本说明，审核员可见', text(1024), 'New menu')
export const rolloutId = told('Id of the rollout', '批量发布编号', text(64), 'a1b2c3')
export const subscriptionId = told('Id of the subscription', '订阅编号', text(64), 'sub_a1b2c3')

/** Any JSON object, WeChat's own or the merchant's; checked where it is used. */
export const jsonObject = v.pipe(
  v.custom<Readonly<Record<string, unknown>>>(isRecord),
  v.check((value) => isPlain(value, 0), flaw('NOT_PLAIN_JSON', { levels: 12 })),
)

function isPlain(value: unknown, depth: number): boolean {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return true
  if (typeof value === 'number') return Number.isFinite(value)
  if (typeof value !== 'object' || depth > 12) return false
  if (Array.isArray(value)) return value.every((item) => isPlain(item, depth + 1))
  return Object.entries(value).every(([name, member]) => name !== '__proto__' && isPlain(member, depth + 1))
}

/** Merchants by what is kept with them and what is online there. */
export const merchantFilter = {
  attributes: v.optional(attributes),
  liveVersion: v.optional(told('Version that is online', '线上版本', text(64), '1.3.0')),
  liveVersionNot: v.optional(told('Another version is online', '线上是其他版本', text(64), '1.4.0')),
  liveVersionOlder: v.optional(
    told('A version older than this is online; dotted numbers', '线上版本早于此版本（点分数字）', text(64), '1.4.0'),
  ),
  source: v.optional(
    told('What is online was made in this mini program', '线上版本的来源小程序 appid', text(64), 'wx1234567890abcdef'),
  ),
  neverReleased: v.optional(told('Nothing is online', '没有线上版本', v.literal(true))),
}
