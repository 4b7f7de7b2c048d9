import * as v from 'valibot'

export const text = v.pipe(v.string(), v.nonEmpty())

/** WeChat sends some numbers as text now and then. */
export const integer = v.pipe(
  v.union([
    v.number(),
    v.pipe(
      v.string(),
      v.regex(/^-?\d{1,16}$/),
      v.transform((digits) => Number(digits)),
    ),
  ]),
  v.safeInteger(),
)

/** Seconds that a token lives at most. */
const LONGEST_LIFETIME = 7200

/** Seconds from now; a longer one is not believed. */
export const lifetime = v.pipe(
  integer,
  v.minValue(1),
  v.transform((seconds) => Math.min(seconds, LONGEST_LIFETIME)),
)

export const texts = v.array(v.string())

/** Nothing but `errcode` and `errmsg`, which the client has looked at. */
export const acknowledged = () => v.looseObject({})

/** The rows of a list that can be read; an odd one hides none of the others. */
export const rowsOf = <S extends v.GenericSchema>(row: S) =>
  v.pipe(
    v.array(v.unknown()),
    v.transform((rows): v.InferOutput<S>[] =>
      rows.flatMap((one) => {
        const read = v.safeParse(row, one)
        return read.success ? [read.output] : []
      }),
    ),
  )

/* Fields that nobody cannot do without: an odd one counts as absent, and the rest of the answer is read. */
const written = v.union([v.string(), v.pipe(v.number(), v.transform(String))])
const orAbsent = <T>(value: T | null | undefined): T | undefined => value ?? undefined
export const maybeText = v.fallback(v.pipe(v.nullish(written), v.transform(orAbsent)), undefined)
export const maybeInteger = v.fallback(v.pipe(v.nullish(integer), v.transform(orAbsent)), undefined)
export const maybeLifetime = v.fallback(v.pipe(v.nullish(lifetime), v.transform(orAbsent)), undefined)
/** As a number too, the way WeChat writes most of them. */
const yesOrNo = v.union([
  v.boolean(),
  v.pipe(
    v.picklist([0, 1]),
    v.transform((digit) => digit === 1),
  ),
])
export const maybeFlag = v.fallback(v.pipe(v.nullish(yesOrNo), v.transform(orAbsent)), undefined)
export const maybePart = <S extends v.GenericSchema>(part: S) =>
  v.fallback(v.pipe(v.nullish(part), v.transform(orAbsent)), undefined)
export const maybeRows = <S extends v.GenericSchema>(row: S) => v.fallback(v.nullish(rowsOf(row), []), [])
/** An absent list says nothing; an empty one says that there is nothing. */
export const maybeList = v.fallback(v.pipe(v.nullish(rowsOf(v.string())), v.transform(orAbsent)), undefined)
export const maybeTexts = v.fallback(v.nullish(rowsOf(v.string()), []), [])

/** Of what there is not, WeChat says nothing, `null`, or something empty. */
export const unlessEmpty = <S extends v.GenericSchema>(schema: S) =>
  v.optional(
    v.pipe(
      v.unknown(),
      v.transform((value) => (isEmpty(value) ? undefined : value)),
      v.optional(schema),
    ),
  )

const isEmpty = (value: unknown): boolean =>
  value === null || value === '' || (typeof value === 'object' && Object.keys(value).length === 0)

/**
 * A reply in which a field goes by several names, depending on the page of the documentation or the day.
 * @param names our name → WeChat's names, the first that is there counts
 */
export const renamed = <const Shape extends v.ObjectEntries>(
  names: Readonly<Record<string, readonly string[]>>,
  shape: Shape,
) =>
  v.pipe(
    v.looseObject({}),
    v.transform((reply) => {
      const found = Object.entries(names).map(([ours, theirs]) => [ours, firstOf(reply, theirs)] as const)
      return { ...reply, ...Object.fromEntries(found.filter(([, value]) => value !== undefined)) }
    }),
    v.looseObject(shape),
  )

/** Older samples have the others. */
export const accountNames = { authorizer_appid: ['authorizer_appid', 'authorization_appid', 'appid'] }

const firstOf = (reply: Readonly<Record<string, unknown>>, names: readonly string[]): unknown =>
  names.map((name) => reply[name]).find((value) => value !== undefined && value !== null && value !== '')
