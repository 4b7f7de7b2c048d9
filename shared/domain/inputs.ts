import * as v from 'valibot'

/* Shapes that several operations share. Messages complete the sentence "<field> …". */

export const appid = v.pipe(v.string('must be an appid'), v.regex(/^[A-Za-z0-9_-]{2,64}$/, 'must be an appid'))

export const businessId = v.pipe(
  v.string('must be a string'),
  v.regex(/^[A-Za-z0-9_.:-]{1,64}$/, 'must be 1 to 64 of A-Z a-z 0-9 _ . : -'),
)

export const idempotencyKey = v.optional(
  v.pipe(
    v.string('must be a string'),
    v.minLength(1, 'must not be empty'),
    v.maxLength(128, 'must be at most 128 characters'),
  ),
)

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

export const page = {
  limit: v.optional(integer(1, 100), 20),
  cursor: v.optional(text(512)),
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
export const attributes = v.pipe(
  v.record(plainName, text(1024, 0), 'must be a flat object of strings'),
  v.check((value) => Object.keys(value).length <= 100, 'must have at most 100 members'),
)

export const accountType = v.picklist(['miniprogram', 'official'], 'must be miniprogram or official')

export const choice = <const W extends readonly string[]>(words: W) =>
  v.picklist(words, `must be one of ${words.join(', ')}`)

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
