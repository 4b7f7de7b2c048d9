import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import { readHttpRequest } from '../../shared/cloudbase/function-events.ts'
import { canonical } from '../../shared/domain/callers/activity.ts'
import { namedIn } from '../../shared/domain/callers/reach.ts'
import { credentialNameIn, withoutCredentials } from '../../shared/domain/free-paths.ts'
import { allOperations } from '../../shared/domain/operations/table.ts'
import { assertPlain } from '../../shared/domain/plain-input.ts'
import { plainText, reasonKey } from '../../shared/domain/releases/rejection-reasons.ts'
import { readCallbackAddress } from '../../shared/entry/callback-address.ts'
import { exampleOf } from '../../shared/entry/examples.ts'
import { inputSchema } from '../../shared/entry/json-schema.ts'
import { languageOf } from '../../shared/entry/language.ts'
import { parseJson } from '../../shared/json.ts'
import { createLog } from '../../shared/log.ts'
import { renderExtJson } from '../../shared/wechat/ext-json.ts'
import { readEnvelopeXml } from '../../shared/wechat/envelope-xml.ts'
import { readPush, readStanding } from '../../shared/wechat/messages.ts'
import { readPushJson } from '../../shared/wechat/push-json.ts'

/* Whatever stands in an input, the time it takes grows as its length does: one call cannot hold an instance. */

/** What the cloud lets in: over HTTP, and through `callFunction`; of the latter a quarter, for the sake of the time here. */
const OVER_HTTP = 100_000
const BY_CALL = 1_500_000

/** Below this the clock says nothing. */
const NOTHING_MS = 100

/** For a text of four times the length: 4 where time grows with the length, 16 where with its square. */
const MOST_GROWTH = 9

function cpuMs(work: () => unknown): number {
  const begun = process.cpuUsage()
  try {
    work()
  } catch {
    // A refusal is as good an end as any.
  }
  const { user, system } = process.cpuUsage(begun)
  return (user + system) / 1000
}

const best = (work: () => unknown): number => Math.min(...[1, 2].map(() => cpuMs(work)))

function assertLinear(length: number, work: (length: number) => () => unknown, what: string): void {
  const whole = work(length)
  if (cpuMs(whole) <= NOTHING_MS) return
  const [after, before] = [best(whole), best(work(length / 4))]
  const most = Math.max(before, NOTHING_MS / 2) * MOST_GROWTH
  assert.ok(after <= most, `${what}: ${before} ms, four times as long: ${after} ms`)
}

const times = <T>(length: number, item: (n: number) => T): readonly T[] => Array.from({ length }, (_, n) => item(n))

const ITEMS = 5000

const repeated = (unit: string, length: number): string => unit.repeat(Math.ceil(length / unit.length)).slice(0, length)

const units = [
  '{{',
  '{{a}}',
  '}}',
  ' ',
  '\\',
  '"',
  '0',
  'a.',
  'a-',
  '[',
  '<a',
  '</xml>',
  '\n',
  ':',
  '/',
  '%',
  'secret:',
  'A=',
  '€',
]

const request = (text: string) => ({
  method: 'GET',
  path: `/auth/callback/${text}`,
  query: { auth_code: text, x: text },
  headers: {},
  cookies: {},
  body: Buffer.alloc(0),
})

const log = createLog(() => undefined)

type Readers = Readonly<Record<string, (text: string) => unknown>>

const longReaders: Readers = {
  renderExtJson: (text) =>
    renderExtJson({ extAppid: 'wx1', standardTemplate: false, ext: { text, [text]: text }, variables: { a: 'b' } }),
  parseJson: (text) => parseJson(`{"a":"${text}\u0001`),
  withoutCredentials: (text) => withoutCredentials({ text, list: [text] }),
}

const readers: Readers = {
  readEnvelopeXml: (text) => readEnvelopeXml(`<xml>${text}</xml>`),
  'readEnvelopeXml, without an end': (text) => readEnvelopeXml(`<xml><Encrypt>${text}`),
  readPush: (text) => readPush(`<xml><MsgType><![CDATA[${text}]]></MsgType>${text}</xml>`),
  readStanding: (text) => readStanding(`<xml><MsgType><![CDATA[${text}`),
  readPushJson: (text) => readPushJson(`{"a":"${text}`),
  readHttpRequest: (text) =>
    readHttpRequest({ httpMethod: 'POST', path: `/${text}`, headers: { cookie: text }, body: text }, 1_000_000),
  languageOf,
  readCallbackAddress: (text) => readCallbackAddress(request(text)),
  plainText,
  reasonKey,
  log: (text) => log.info(text, { text }),
}

test('texts are read in time that grows with their length, whatever they repeat', () => {
  const unit = fc.oneof(
    fc.constantFrom(...units),
    fc.string({
      unit: fc.constantFrom(...Array.from('{}[]<>"\'\\/.:;,-_ \n\u0000a0=&#@!?%')),
      minLength: 1,
      maxLength: 6,
    }),
  )
  const shape = fc.tuple(fc.constantFrom('', ...units), unit, fc.constantFrom('', '!', ...units))
  fc.assert(
    fc.property(shape, ([before, inner, behind]) => {
      const tryAll = (length: number, all: Readers): void => {
        for (const [name, read] of Object.entries(all)) {
          const textOf = (size: number): string => before + repeated(inner, size) + behind
          const reading = (size: number) => read.bind(undefined, textOf(size))
          assertLinear(length, reading, `${name} ${JSON.stringify([before, inner, behind])}`)
        }
      }
      tryAll(OVER_HTTP, readers)
      tryAll(BY_CALL, longReaders)
    }),
    { numRuns: 8, seed: 20261130, endOnFailure: true },
  )
})

type Path = readonly string[]

/** Every place in a value that holds a text, a list or an object. */
const placesIn = (value: unknown, path: Path = []): readonly Path[] =>
  typeof value === 'object' && value !== null
    ? [path, ...Object.entries(value).flatMap(([name, member]) => placesIn(member, [...path, name]))]
    : [path]

function put(value: unknown, [name, ...path]: Path, put_: unknown): unknown {
  if (name === undefined) return put_
  const within: Readonly<Record<string, unknown>> = Object(value)
  const member = put(within[name], path, put_)
  return Array.isArray(value)
    ? value.map((item: unknown, index) => (String(index) === name ? member : item))
    : { ...within, [name]: member }
}

const at = (value: unknown, path: Path): unknown =>
  path.reduce<unknown>((inner, name) => Object(inner)[name] as unknown, value)

test('every operation looks through its input in time that grows with its length', async () => {
  for (const [name, operation] of Object.entries(await allOperations())) {
    // Rows of WeChat's directory take its own objects as they are.
    if (operation.endpoint) continue
    const input = exampleOf(inputSchema(operation.input), {})
    for (const path of placesIn(input).filter(({ length }) => length > 0)) {
      const look = (value: unknown) => () => {
        const whole = put(input, path, value)
        assertPlain(whole)
        namedIn(whole)
        credentialNameIn(whole, '')
        canonical(whole)
        operation.take(whole)
      }
      const what = `${name} ${path.join('.')}`
      const place = at(input, path)
      if (typeof place === 'object') {
        const [item] = Object.values(Object(place))
        assertLinear(ITEMS, (count) => look(times(count, () => item)), what)
        assertLinear(ITEMS, (count) => look(Object.fromEntries(times(count, (n) => [`k${n}`, 'x']))), what)
      } else
        for (const unit of ['{{', 'a.'])
          assertLinear(OVER_HTTP, (size) => look(repeated(unit, size)), `${what} ${unit}`)
    }
  }
})
