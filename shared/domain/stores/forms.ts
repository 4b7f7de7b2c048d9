import { Failure, isFailure } from '../../errors.ts'
import type { KeptProblem } from '../../notice.ts'
import { epochMs, type EpochMs } from '../../time.ts'
import { isParams, type Params } from '../../words/params.ts'

/* What is remembered is described by its members, each with the form in which it is kept; types, reading and writing follow from that. */

/** A value in a document. */
export type Kept = string | number | boolean | null | Date | readonly Kept[] | { readonly [name: string]: Kept }

export interface Form<T, D = never> {
  /** As it is shown. */
  readonly kind: string
  /** Undefined where it is no such value. */
  read(kept: unknown): T | undefined
  write(value: T): Kept
  /** What it means that there is none. Where this says nothing, a document has to have it. */
  readonly missing?: T | undefined
  /** Its name in the document, where that is another one. */
  readonly keptAs?: string
  readonly isOptional?: true
  /** What is no such value is taken for missing. */
  readonly isLenient?: true
  /** Kept under SEAL_KEYS. */
  readonly isSealed?: true
  /** Of a document within the document. */
  readonly members?: D
}

export interface OptionalForm<T, D = never> extends Form<T, D> {
  readonly isOptional: true
}

type AnyForm = Form<unknown, unknown>

/** The members of a document, or of one within it, as they were found. */
export type Fields = Readonly<Record<string, unknown>>

export type Description = Readonly<Record<string, AnyForm>>

type ValueOf<F> = F extends Form<infer T, unknown> ? T : never

type NameOf<K, F> = F extends { readonly keptAs: infer N extends string } ? N : K & string

/** Names of members in the document, those of a document within it behind a dot. */
export type NamesIn<D> = {
  [K in keyof D]: NameOf<K, D[K]> | (D[K] extends Form<unknown, infer M> ? `${NameOf<K, D[K]>}.${NamesIn<M>}` : never)
}[keyof D]

export type SealedIn<D> = { [K in keyof D]: D[K] extends { readonly isSealed: true } ? K & string : never }[keyof D]

type Flat<T> = { [K in keyof T]: T[K] }

/** What a description describes. */
export type RecordOf<D> = Flat<
  { readonly [K in keyof D as D[K] extends OptionalForm<unknown, unknown> ? never : K]: ValueOf<D[K]> } & {
    readonly [K in keyof D as D[K] extends OptionalForm<unknown, unknown> ? K : never]?: ValueOf<D[K]>
  }
>

/** `null` takes a value away. */
export type ChangeOf<D> = { readonly [K in keyof D]?: ValueOf<D[K]> | null | undefined }

/** Another name in the document. */
export const keptAs = <const N extends string, F extends AnyForm>(name: N, form: F): F & { readonly keptAs: N } => ({
  ...form,
  keptAs: name,
})

export const text: Form<string> = {
  kind: 'text',
  read: (kept) => (typeof kept === 'string' ? kept : undefined),
  write: (value) => value,
}

/** The document's own. */
export const id = keptAs('_id', text)

export const number: Form<number> = {
  kind: 'number',
  read: (kept) => (typeof kept === 'number' ? kept : undefined),
  write: (value) => value,
}

/** Only `true` is yes. */
export const flag: Form<boolean> = {
  kind: 'flag',
  read: (kept) => kept === true,
  write: (value) => value,
  missing: false,
}

export const time: Form<EpochMs> = {
  kind: 'time',
  read: (kept) => (kept instanceof Date ? epochMs(kept.getTime()) : undefined),
  write: (value) => new Date(value),
}

/** One of a closed list. */
export const word = <const W extends string>(words: readonly W[]): Form<W> => ({
  kind: words.join(' | '),
  read: (kept) => words.find((one) => one === kept),
  write: (value) => value,
})

export const list = <T>(item: Form<T, unknown>): Form<readonly T[]> => ({
  kind: `list of ${item.kind}`,
  read(kept) {
    if (!Array.isArray(kept)) return undefined
    const items = kept.flatMap((one: unknown) => item.read(one) ?? [])
    return items.length === kept.length ? items : undefined
  },
  write: (items) => items.map((one) => item.write(one)),
})

/** By names of their own. */
export const byName = <T>(item: Form<T, unknown>): Form<Readonly<Record<string, T>>> => ({
  kind: `by name: ${item.kind}`,
  read(kept) {
    if (!isDocument(kept)) return undefined
    const named = Object.entries(kept).flatMap(([name, one]) => {
      const value = item.read(one)
      return value === undefined ? [] : [[name, value] as const]
    })
    return named.length === Object.keys(kept).length ? Object.fromEntries(named) : undefined
  },
  write: (items) => Object.fromEntries(Object.entries(items).map(([name, one]) => [name, item.write(one)])),
})

/** A document within the document. */
export const nested = <D extends Description>(description: D): Form<RecordOf<D>, D> => ({
  kind: `{ ${kindsOf(description)
    .map((parts) => parts.join(': '))
    .join(', ')} }`,
  members: description,
  read(kept) {
    try {
      return isDocument(kept) ? readMembers(description, kept) : undefined
    } catch (error) {
      if (isFailure(error)) return undefined
      throw error
    }
  },
  write: (value) => keep(description, value),
})

/** One under each of these names. */
export function ofEach<N extends string, T>(names: readonly N[], item: Form<T>): Form<Readonly<Record<N, T>>>
export function ofEach(names: readonly string[], item: AnyForm): AnyForm {
  return nested(Object.fromEntries(names.map((name) => [name, item])))
}

/** As JSON text: names from outside have no meaning for the database. */
export const json: Form<unknown> = {
  kind: 'JSON',
  read: (kept) => (typeof kept === 'string' ? parseJson(kept) : undefined),
  write: (value) => JSON.stringify(value),
}

/** A flat object of texts, as JSON text. */
export const textMap: Form<Readonly<Record<string, string>>> = {
  ...json,
  read(kept) {
    const value = json.read(kept)
    return value === undefined
      ? undefined
      : Object.fromEntries(
          Object.entries(Object(value)).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
        )
  },
  missing: {},
}

export const optional = <T, D = never>(form: Form<T, D>): OptionalForm<T, D> => ({
  ...form,
  missing: undefined,
  isOptional: true,
})

/** A secret. */
export const sealed = { ...optional(text), isSealed: true } as const

/** What is no such value counts as none. */
export const lenient = <F extends AnyForm>(form: F): F => ({ ...form, isLenient: true })

/** There, or not. */
export const mark = lenient(
  optional<true>({ kind: 'mark', read: (kept) => (kept === true ? true : undefined), write: (value) => value }),
)

/** Where there is none, it is this. */
export const orElse = <T, D = never>(form: Form<T, D>, missing: T): Form<T, D> => ({ ...form, missing })

/** What is kept of a problem: its params as JSON text. Rows of before hold texts. */
export const problemMembers = {
  code: text,
  params: optional<Params>({
    kind: 'JSON',
    write: (value) => JSON.stringify(value),
    read(kept) {
      const value = json.read(kept)
      return value === undefined || isParams(value) ? value : {}
    },
  }),
  message: optional(text),
  hint: optional(text),
}

export const storedProblem = ({ code, params = {} }: KeptProblem): Record<string, Kept> =>
  writeMembers(problemMembers, { code, params })

/** Also as deliveries kept it before: a text. */
export const problem: Form<KeptProblem> = {
  kind: 'problem',
  read: (kept) =>
    typeof kept === 'string' ? { code: 'NOT_DELIVERED', params: { text: kept } } : nested(problemMembers).read(kept),
  write: (value) => storedProblem(value),
}

/** Throws where a member is missing, or is not of its form. */
export function readMembers<D extends Description>(description: D, kept: Fields): RecordOf<D>
export function readMembers(description: Description, kept: Fields): object {
  const members: Record<string, unknown> = {}
  for (const [name, form] of Object.entries(description)) {
    const value: unknown = readMember(kept, form.keptAs ?? name, form)
    if (value !== undefined) members[name] = value
  }
  return members
}

/** Reads documents by their description. */
export const reader =
  <D extends Description>(description: D) =>
  (kept: Fields): RecordOf<D> =>
    readMembers(description, kept)

/** One member. */
export function readMember<T>(kept: Fields, name: string, form: OptionalForm<T, unknown>): T | undefined
export function readMember<T>(kept: Fields, name: string, form: Form<T, unknown>): T
export function readMember<T>(kept: Fields, name: string, form: Form<T, unknown>): T | undefined {
  const value = kept[name] ?? undefined
  const found = value === undefined ? form.missing : form.read(value)
  if (found !== undefined) return found
  if (form.isLenient) return form.missing
  if (form.isOptional && value === undefined) return undefined
  throw new Failure('BUG', { params: { malformed: `${String(kept['_id'])}.${name}` } })
}

/** What is there, as it is kept. The document's id is no part of it: it never changes. */
export const writeMembers = <D extends Description>(description: D, values: ChangeOf<D>): Record<string, Kept> =>
  keep(description, values)

function keep(description: Description, values: object): Record<string, Kept> {
  const given: Fields = { ...values }
  return Object.fromEntries(
    Object.entries(description).flatMap(([name, form]) => {
      const value = given[name] ?? undefined
      return value === undefined || form === id ? [] : [[form.keptAs ?? name, form.write(value)]]
    }),
  )
}

/** Names of what is taken away. */
export const namesOfNull = (values: object): string[] =>
  Object.entries(values).flatMap(([name, value]) => (value === null ? [name] : []))

/** Each member's name in the document, with a question mark where it may be missing, and its form. */
export function kindsOf(description: Description): (readonly [name: string, kind: string])[] {
  return Object.entries(description).map(([name, form]) => [
    `${form.keptAs ?? name}${form.isOptional || form.missing !== undefined ? '?' : ''}`,
    form.kind,
  ])
}

const isDocument = (kept: unknown): kept is Fields =>
  typeof kept === 'object' && kept !== null && !Array.isArray(kept) && !(kept instanceof Date)

function parseJson(kept: string): unknown {
  try {
    return JSON.parse(kept)
  } catch {
    return undefined
  }
}
