/* How rows of the directory tell WeChat's fields. What is sent is checked; what is answered is told and passed on as it is. */
import * as v from 'valibot'

export const text = v.string()
export const whole = v.pipe(v.number(), v.integer())
export const decimal = v.number()
export const flag = v.boolean()
/** Now a number, now the same as text. */
export const either = v.union([text, whole])
export const anything = v.unknown()
/** A part of 1. */
export const share = v.pipe(v.number(), v.minValue(0), v.maxValue(1))

export const words = (min: number, max: number) => v.pipe(v.string(), v.minLength(min), v.maxLength(max))
export const upToNumber = (max: number) => v.pipe(v.number(), v.integer(), v.maxValue(max))
export const upTo = <S extends v.GenericSchema>(max: number, item: S) => v.pipe(v.array(item), v.maxLength(max))
export const oneOf = <const W extends readonly (string | number)[]>(choices: W) => v.picklist(choices)
export const list = <S extends v.GenericSchema>(item: S) => v.array(item)
/** What the row itself says, such as its action. */
export const fixed = <const T extends string | boolean>(value: T) => v.optional(v.literal(value), value)

/** What need not be given; `standard` is then sent. */
export function may<S extends v.GenericSchema>(field: S): v.OptionalSchema<S, undefined>
export function may<S extends v.GenericSchema, const D extends v.InferInput<S>>(
  field: S,
  standard: D,
): v.OptionalSchema<S, D>
export function may(field: v.GenericSchema, standard?: unknown): v.GenericSchema {
  return v.optional(field, standard)
}

/** These fields and no others. */
export const takes = <const E extends v.ObjectEntries>(fields: E) => v.strictObject(fields)

/** Fields of any name. */
export const open = () => v.looseObject({})

/** Perhaps these fields, and perhaps others. */
export const says = <const E extends v.ObjectEntries>(fields: E) => v.partial(v.looseObject(fields))
