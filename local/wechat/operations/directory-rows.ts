/** What is not simulated by itself: asked as WeChat wants it, answered well formed and empty. */
import * as v from 'valibot'
import { listEndpoints } from '../../../shared/wechat/endpoints/all.ts'
import type { Endpoint } from '../../../shared/wechat/endpoints/endpoint.ts'
import { groupBy } from '../../../shared/grouping.ts'
import { refuse, refuseUnless } from '../errors.ts'
import { BinaryReply, ok, type Context, type Operation, type Reply } from './operation.ts'

/** @param known paths that have an operation of their own */
export const directoryOperations = (known: ReadonlySet<string>): readonly Operation[] => {
  const rows = listEndpoints()
    .map(([, row]) => row)
    .filter(({ path }) => !known.has(path))
  return [...groupBy(rows, ({ path }) => path).values()].map(operationOf)
}

/** Rows of one path differ by what they take. */
function operationOf(rows: readonly Endpoint[]): Operation {
  const [first] = rows
  if (!first) throw new TypeError('a path without rows')
  return {
    method: first.method,
    path: first.path,
    token: rows.every(({ token }) => token === first.token) ? first.token : 'either',
    sets: first.permissionSets ?? [],
    allSetsNeeded: first.allSetsNeeded === true,
    multipart: first.part !== undefined,
    takesNoBody: first.emptyBody === 'none',
    run: (_state, input, context) => answer(rows, input, context),
  }
}

function answer(rows: readonly Endpoint[], input: unknown, context: Context): Reply {
  const [row] = rows
  if (row?.part !== undefined) refuseUnless(context.files.has(row.part), 41005)
  const given = row?.part === undefined ? input : numbersIn(context.form)
  const fits = rows.find(({ method, query, body }) => {
    const inAddress = query === undefined || takes(query(), numbersIn(context.query), withoutToken(context.query))
    return inAddress && (method === 'GET' || body === undefined || takes(body(), given))
  })
  if (!fits) return refuse(47001, 'a field is missing, unknown or of another type')
  return fits.reply === 'binary' ? new BinaryReply('image/png', emptyPicture) : ok(Object(emptyOf(fits.reply())))
}

/** An address says numbers in digits: either reading will do. */
const takes = (schema: v.GenericSchema, ...readings: readonly unknown[]): boolean =>
  readings.some((reading) => v.is(schema, reading))

const tokenNames = new Set(['access_token', 'component_access_token'])

const withoutToken = (query: Readonly<Record<string, string>>): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(query).filter(([name]) => !tokenNames.has(name)))

const numbersIn = (query: Readonly<Record<string, string>>): object =>
  Object.fromEntries(
    Object.entries(withoutToken(query)).map(([name, value]) => [
      name,
      /^\d{1,15}$/.test(value) ? Number(value) : value,
    ]),
  )

const emptyPicture = new Uint8Array(
  Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNgAAAAAgABSK+kcQAAAABJRU5ErkJggg==', 'base64'),
)

/** The least that has this shape. */
function emptyOf(schema: unknown): unknown {
  const { type, entries, wrapped, options, pipe }: Readonly<Record<string, unknown>> = Object(schema)
  if (wrapped !== undefined) return emptyOf(wrapped)
  if (Array.isArray(pipe)) return emptyOf({ ...Object(pipe[0]), pipe: undefined })
  if (Array.isArray(options)) return typeof options[0] === 'object' ? emptyOf(options[0]) : options[0]
  if (entries !== undefined)
    return Object.fromEntries(Object.entries(Object(entries)).map(([name, member]) => [name, emptyOf(member)]))
  const leasts: Readonly<Record<string, unknown>> = { string: '', number: 0, boolean: false, array: [] }
  return leasts[String(type)] ?? {}
}
