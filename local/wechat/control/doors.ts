import * as v from 'valibot'

type Schema = v.GenericSchema<unknown, unknown>

/** Each control operation is a typed function and, under the same name, `POST /__wechat/<name>` with its input as JSON. */
export class Doors {
  readonly #served = new Map<string, (input: unknown) => Promise<unknown>>()

  open<S extends Schema, R>(
    name: string,
    schema: S,
    run: (input: v.InferOutput<S>) => R | Promise<R>,
  ): (input: v.InferInput<S>) => Promise<R> {
    this.#served.set(name, async (input) => run(v.parse(schema, input)))
    return async (input) => run(v.parse(schema, input))
  }

  /** For operations that need no input. */
  openPlain<R>(name: string, run: () => R | Promise<R>): () => Promise<R> {
    this.#served.set(name, async () => run())
    return async () => run()
  }

  find(name: string): ((input: unknown) => Promise<unknown>) | undefined {
    return this.#served.get(name)
  }

  names(): string[] {
    return [...this.#served.keys()]
  }
}
