/** Reads what WeChat pushes: strictly, cheaply, and without touching a value. */
import xml2js from 'xml2js'
import { cdata } from './cdata.ts'
import { checkXml } from './xml-check.ts'
import { MessageRefused } from './message-refused.ts'
import { isRecord } from '../record.ts'

export type PushValue = string | PushFields | PushValue[]

/** Has no prototype, so any name can be looked up. */
export type PushFields = { readonly [name: string]: PushValue }

/**
 * The decrypted message. Values stay as they were sent, whitespace included; repeated elements become a list.
 * @throws {MessageRefused}
 */
export const readPush = (message: string): PushFields => {
  checkXml(message)
  const root = parseXml(message)
  if (root === '') return Object.create(null)
  if (!isRecord(root)) throw new MessageRefused('no fields')
  return fieldsOf(root)
}

interface Content {
  readonly fields: PushFields
  /** The message, where it cannot be read: `fields` are then for people to look at. */
  readonly unreadable?: string
}

/** Of a genuine push, which may hold what a user typed. `isWhole`: all of it could be decrypted. */
export function readContent(message: string, isWhole: boolean): Content {
  const remains = () => ({ fields: readStanding(message), unreadable: message })
  if (!isWhole) return remains()
  try {
    return { fields: readPush(message) }
  } catch (error) {
    if (error instanceof MessageRefused) return remains()
    throw error
  }
}

/** What stands out of a message that cannot be read: who, to whom, what, when. For people to look at; nothing may be decided by it. */
export const readStanding = (message: string): PushFields => {
  const fields: Record<string, PushValue> = Object.create(null)
  const field =
    /<(ToUserName|FromUserName|CreateTime|MsgType|Event|InfoType|MsgId)>(?:<!\[CDATA\[)?([\w@.-]{1,64})(?:\]\]>)?<\//g
  for (const [, name = '', value = ''] of message.matchAll(field)) fields[name] ??= value
  return fields
}

const parserOptions = { explicitRoot: false, explicitArray: false, ignoreAttrs: true }

const parseXml = (message: string): unknown => {
  let result: unknown
  let failed = false
  try {
    // Synchronous unless `async` is asked for.
    new xml2js.Parser(parserOptions).parseString(message, (error: unknown, root: unknown) => {
      failed ||= Boolean(error)
      result = root
    })
  } catch {
    failed = true
  }
  if (failed) throw new MessageRefused('not XML')
  return result
}

const fieldsOf = (record: Readonly<Record<string, unknown>>): PushFields => {
  const fields: Record<string, PushValue> = Object.create(null)
  for (const [name, value] of Object.entries(record)) fields[name] = valueOf(value)
  return fields
}

const valueOf = (value: unknown): PushValue => {
  if (typeof value === 'string') return value
  if (Array.isArray(value)) return value.map(valueOf)
  if (isRecord(value)) return fieldsOf(value)
  throw new MessageRefused('not text')
}

/** The form WeChat sends: a list as repeated elements, text as CDATA. */
export const renderPushXml = (fields: PushFields): string => `<xml>${renderFields(fields)}</xml>`

const renderFields = (fields: PushFields): string =>
  Object.entries(fields)
    .map(([name, value]) =>
      (Array.isArray(value) ? value : [value]).map((one) => `<${name}>${renderValue(one)}</${name}>`).join(''),
    )
    .join('\n')

const renderValue = (value: PushValue): string => {
  if (typeof value === 'string') return cdata(value)
  return Array.isArray(value) ? value.map(renderValue).join('') : renderFields(value)
}
