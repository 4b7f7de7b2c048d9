/**
 * A part whose methods are all asynchronous, put together by the first call of one of them: its code is not read before, for what only an
 * `import()` reaches is built into files of its own.
 */
export function onFirstUse<T extends AsyncMethods<T>>(load: () => Promise<T>): T {
  let loading: Promise<T> | undefined
  const nothing: T = Object.create(null)
  return new Proxy(nothing, {
    get: (_, name) =>
      // An object with this method would count as a promise.
      name === 'then'
        ? undefined
        : async (...args: readonly unknown[]): Promise<unknown> => {
            loading ??= load()
            const part = await loading
            return Reflect.apply(Reflect.get(part, name), part, args)
          },
  })
}

type AsyncMethods<T> = { readonly [K in keyof T]: (...args: never[]) => Promise<unknown> }
