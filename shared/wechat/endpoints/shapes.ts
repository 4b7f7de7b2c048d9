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

/** Seconds from now. */
export const lifetime = v.pipe(integer, v.minValue(1))

export const texts = v.array(v.string())

/** Nothing but `errcode` and `errmsg`, which the client has looked at. */
export const acknowledged = () => v.looseObject({})

export const maybeText = v.nullish(v.string())
export const maybeInteger = v.nullish(integer)
export const maybeTexts = v.nullish(texts, [])

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

const firstOf = (reply: Readonly<Record<string, unknown>>, names: readonly string[]): unknown =>
  names.map((name) => reply[name]).find((value) => value !== undefined && value !== null && value !== '')
