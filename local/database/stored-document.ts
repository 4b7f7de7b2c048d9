import { randomBytes } from 'node:crypto'
import { limits } from './limits.ts'
import { decodeObject, encodeEjson } from './ejson.ts'
import { requestFailed } from './errors.ts'
import { isPlainObject } from './values.ts'
import type { Document, Id } from './values.ts'

const encodings = new WeakMap<object, string>()

/** The document's Extended JSON, made once. */
export function encodeDocument(document: Document): string {
  const known = encodings.get(document)
  if (known !== undefined) return known
  const text = encodeEjson(document)
  encodings.set(document, text)
  return text
}

/** The same for what a projection or an aggregation left of it. */
export const encodeProjected = (value: unknown): string => {
  const known = isPlainObject(value) ? encodings.get(value) : undefined
  return known ?? encodeEjson(value)
}

/** Refuses what MongoDB does not store: too much, or field names that begin with `$`. */
export function assertStorable(document: Document): Document {
  const dollar = findDollarName(document)
  if (dollar !== undefined) throw requestFailed(`The dollar ($) prefixed field '${dollar}' is not valid for storage.`)
  const text = encodeDocument(document)
  if (Buffer.byteLength(text) > limits.maxDocumentBytes) throw requestFailed('object to insert too large')
  return document
}

function findDollarName(value: unknown): string | undefined {
  if (Array.isArray(value)) {
    for (const item of value) {
      const found = findDollarName(item)
      if (found !== undefined) return found
    }
    return undefined
  }
  if (!isPlainObject(value)) return undefined
  for (const [name, member] of Object.entries(value)) {
    const found = name.startsWith('$') ? name : findDollarName(member)
    if (found !== undefined) return found
  }
  return undefined
}

/** A document to insert, as the request brought it: gets an `_id` if it has none. */
export function createDocument(fields: Record<string, unknown>): Document {
  const { _id = createId(), ...others } = fields
  return assertStorable({ _id: assertId(_id), ...others })
}

/** So many ids a millisecond stay in order. */
const ID_STEPS = 4096

let latest = 0

/** 32 hex characters that grow with each call, so that documents without another order come as they were inserted. */
function createId(): string {
  latest = Math.max(latest + 1, Date.now() * ID_STEPS)
  return latest.toString(16).padStart(16, '0') + randomBytes(8).toString('hex')
}

export function assertId(id: unknown): Id {
  if (typeof id === 'number' && Number.isFinite(id)) return id
  if (typeof id !== 'string') throw requestFailed(`((an _id must be a string or a number))`)
  if (Buffer.byteLength(id) > limits.maxIdBytes)
    throw requestFailed(`((an _id has at most ${limits.maxIdBytes} bytes))`)
  return id
}

/** A document as it was kept on disk. */
export function readDocument(text: string): Document {
  const { _id, ...fields } = decodeObject(text, 0)
  return { _id: assertId(_id), ...fields }
}
