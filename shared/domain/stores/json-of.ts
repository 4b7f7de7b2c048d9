import * as v from 'valibot'
import { json, type Form } from './forms.ts'

/** A value of this shape, as JSON text: names from outside have no meaning for the database. */
export const jsonOf = <S extends v.GenericSchema>(schema: S): Form<v.InferOutput<S>> => ({
  kind: 'JSON',
  read(kept) {
    const { success, output } = v.safeParse(schema, json.read(kept))
    return success ? output : undefined
  },
  write: (value) => JSON.stringify(value),
})
