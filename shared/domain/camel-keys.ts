type Camel<Name> = Name extends `${infer Head}_${infer Tail}` ? `${Head}${Capitalize<Camel<Tail>>}` : Name

type CamelKeys<T> = {
  [K in keyof T as string extends K ? never : Camel<Exclude<K, 'errcode' | 'errmsg'>> & string]: T[K]
}

/** WeChat's answer with our spelling at the top; everything inside stays WeChat's own. */
export function camelKeys<T extends object>(reply: T): CamelKeys<T>
export function camelKeys(reply: object): object {
  return Object.fromEntries(
    Object.entries(reply)
      .filter(([name]) => name !== 'errcode' && name !== 'errmsg')
      .map(([name, value]: [string, unknown]) => [camelCase(name), value]),
  )
}

/** Looking behind keeps it linear: a run of `_` is tried once. */
const camelCase = (name: string): string =>
  name.replace(/(?<!_)_+([a-z0-9])/g, (_, letter: string) => letter.toUpperCase())
