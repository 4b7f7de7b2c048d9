import type { Told } from './language.ts'

/** A value that words name. */
export type Param = string | number | boolean | readonly string[]

export type Params = Readonly<Record<string, Param>>

const isParam = (value: unknown): value is Param =>
  typeof value === 'string' ||
  typeof value === 'number' ||
  typeof value === 'boolean' ||
  (Array.isArray(value) && value.every((one) => typeof one === 'string'))

export const isParams = (value: unknown): value is Params =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && Object.values(value).every(isParam)

/**
 * What is told of one reason. `{name}` stands for a param, `{name:kind}` for the word of its value (`terms.ts`),
 * and `[[…|…]]` is its second part, or nothing, where a param of the first is missing.
 */
export interface Words {
  /** The words of WeChat's errcode, where it has some, tell more. */
  readonly byErrcode?: true
  readonly message: Told
  /** What to do next; operations by their names. */
  readonly hint?: Told
  /** The same where a console's buttons do it. */
  readonly consoleHint?: Told
}

/** What went wrong and what to do next, in one language. */
export interface Telling {
  readonly message: string
  readonly hint?: string
}

/** The params that these words cannot do without; `field` is the error's own. */
export type ParamsNamed<W extends Words> = Exclude<NamesIn<TextsOf<W>>, 'field'>

type TextsOf<W extends Words> = W['message'] extends infer T extends Told
  ? T['zh'] | TextOf<W, 'hint'> | TextOf<W, 'consoleHint'>
  : never

type TextOf<W, K extends string> = W extends Readonly<Record<K, infer T extends Told>> ? T['zh'] : never

type NamesIn<T extends string> = T extends `${infer Before}[[${string}]]${infer After}`
  ? NamesIn<Before> | NamesIn<After>
  : T extends `${string}{${infer Name}}${infer Rest}`
    ? WithoutKind<Name> | NamesIn<Rest>
    : never

type WithoutKind<N extends string> = N extends `${infer Name}:${string}` ? Name : N
