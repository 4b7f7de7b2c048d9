import { Failure } from '../errors.ts'
import type { KeptProblem } from '../notice.ts'
import { epochMs, type EpochMs } from '../time.ts'
import { isParams, type Params } from '../words/params.ts'
import type { Row } from './requests.ts'

/** The members of a document or of one nested in it. */
export type Fields = Readonly<Record<string, unknown>>

const malformed = (row: Fields, field: string): Failure =>
  new Failure('BUG', { params: { malformed: `${String(row['_id'])}.${field}` } })

export function text(row: Fields, field: string): string {
  const value = row[field]
  if (typeof value !== 'string') throw malformed(row, field)
  return value
}

export function optionalText(row: Fields, field: string): string | undefined {
  const value = row[field]
  if (value === undefined || value === null) return undefined
  if (typeof value !== 'string') throw malformed(row, field)
  return value
}

export function number(row: Fields, field: string): number {
  const value = row[field]
  if (typeof value !== 'number') throw malformed(row, field)
  return value
}

export function optionalNumber(row: Fields, field: string): number | undefined {
  const value = row[field]
  return value === undefined || value === null ? undefined : number(row, field)
}

export function times(row: Fields, field: string): EpochMs[] {
  const value = row[field]
  if (value === undefined || value === null) return []
  if (!Array.isArray(value) || !value.every((item) => item instanceof Date)) throw malformed(row, field)
  return value.map((item) => epochMs(item.getTime()))
}

export const flag = (row: Fields, field: string): boolean => row[field] === true

export function optionalTime(row: Fields, field: string): EpochMs | undefined {
  const value = row[field]
  if (value === undefined || value === null) return undefined
  if (!(value instanceof Date)) throw malformed(row, field)
  return epochMs(value.getTime())
}

export function time(row: Fields, field: string): EpochMs {
  const value = optionalTime(row, field)
  if (value === undefined) throw malformed(row, field)
  return value
}

export function texts(row: Fields, field: string): string[] {
  const value = row[field]
  if (value === undefined || value === null) return []
  if (!Array.isArray(value) || !value.every((item) => typeof item === 'string')) throw malformed(row, field)
  return value
}

export function numbers(row: Fields, field: string): number[] {
  const value = row[field]
  if (value === undefined || value === null) return []
  if (!Array.isArray(value) || !value.every((item) => typeof item === 'number')) throw malformed(row, field)
  return value
}

/** One of the words of a closed list; a row with another word is malformed. */
export function word<W extends string>(row: Fields, field: string, words: readonly W[]): W {
  const value = row[field]
  const found = words.find((candidate) => candidate === value)
  if (found === undefined) throw malformed(row, field)
  return found
}

/** Objects with keys from outside are stored as JSON text: the database gives `$` and `.` in names a meaning. */
export function json(row: Row, field: string): unknown {
  const value = optionalText(row, field)
  if (value === undefined) return undefined
  try {
    return JSON.parse(value)
  } catch (cause) {
    throw new Failure('BUG', { params: { malformed: `${row._id}.${field}` }, cause })
  }
}

/** A flat object of texts, kept as JSON text. */
export function textMap(row: Row, field: string): Record<string, string> {
  const value = json(row, field)
  if (typeof value !== 'object' || value === null) return {}
  return Object.fromEntries(
    Object.entries(value).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  )
}

/** A nested document. */
export function optionalFields(row: Fields, field: string): Fields | undefined {
  const value = row[field]
  if (value === undefined || value === null) return undefined
  if (typeof value !== 'object' || Array.isArray(value) || value instanceof Date) throw malformed(row, field)
  return { ...value }
}

/** What is kept of a problem: its params as JSON text. Rows of before hold texts. */
export function keptProblem(fields: Fields): KeptProblem {
  const params = optionalText(fields, 'params')
  if (params !== undefined) return { code: text(fields, 'code'), params: parseParams(params) }
  const { message, hint } = present({
    message: optionalText(fields, 'message'),
    hint: optionalText(fields, 'hint'),
  })
  return {
    code: text(fields, 'code'),
    ...(message !== undefined && { message }),
    ...(hint !== undefined && { hint }),
  }
}

/** Also as deliveries kept it before: a text. */
export function optionalProblem(row: Fields, field: string): KeptProblem | undefined {
  const value = row[field]
  if (typeof value === 'string') return { code: 'NOT_DELIVERED', params: { text: value } }
  const fields = optionalFields(row, field)
  return fields && keptProblem(fields)
}

function parseParams(stored: string): Params {
  const parsed: unknown = JSON.parse(stored)
  return isParams(parsed) ? parsed : {}
}

export const storedProblem = ({ code, params = {} }: KeptProblem): { code: string; params: string } => ({
  code,
  params: JSON.stringify(params),
})

/** Leaves out what is not there, as `exactOptionalPropertyTypes` wants it. */
export function present<T extends object>(members: T): { [K in keyof T]?: NonNullable<T[K]> } {
  const kept: { [K in keyof T]?: NonNullable<T[K]> } = {}
  for (const name in members) {
    const value = members[name]
    if (value !== undefined && value !== null) kept[name] = value
  }
  return kept
}
