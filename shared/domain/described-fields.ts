import * as v from 'valibot'

/** What a field is, in both languages, with an example: for whoever reads the description of the API. */
export const told = <const S extends v.GenericSchema>(en: string, zh: string, schema: S, example?: v.InferInput<S>) =>
  v.pipe(schema, v.metadata({ description: en, zh, ...(example !== undefined && { examples: [example] }) }))

/** A schema that is built on first use and is the same from then on. */
export const lazily = <S>(build: () => S): (() => S) => {
  let built: S | undefined
  return () => (built ??= build())
}
