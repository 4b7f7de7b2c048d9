import * as v from 'valibot'
import { Failure } from '../errors.ts'
import type { Reason } from '../reasons.ts'
import type { Params } from '../words/params.ts'
import type { Notice } from '../notice.ts'
import type { Endpoint } from '../wechat/endpoints/endpoint.ts'
import type { Told } from '../words/language.ts'
import { authorize } from './callers/authorize.ts'
import type { Caller } from './callers/caller.ts'
import type { Reach } from './callers/reach.ts'
import type { Platform } from './platform.ts'
import { readingRun, runOnce, wasBegun, writeDown, type Run } from './callers/activity.ts'
import type { nothing } from './answers.ts'
import { failureOfIssue } from './input-flaws.ts'
import { idempotencyKey } from './inputs.ts'
import { assertNoListForObject, assertPlain } from './plain-input.ts'
import type { Role } from './stores/admins.ts'

type Entries = v.ObjectEntries

export type InputOf<E extends Entries> = v.InferOutput<v.StrictObjectSchema<E, undefined>>

/** What is answered is read only. */
export type Frozen<T> = T extends object ? { readonly [K in keyof T]: Frozen<T[K]> } : T

export type DataOf<S extends v.GenericSchema> = Frozen<Named<v.InferOutput<S>>>

/** Without what WeChat may say besides. */
type Named<T> = T extends readonly (infer I)[]
  ? readonly Named<I>[]
  : T extends object
    ? { [K in keyof T as string extends K ? (unknown extends T[K] ? never : K) : K]: Named<T[K]> }
    : T

/** The same before it is put into words. */
export type AnswerOf<S extends v.GenericSchema> = Wordless<DataOf<S>>

type Wordless<T> = T extends { readonly code: string; readonly message: string }
  ? T | Notice
  : T extends object
    ? { readonly [K in keyof T]: K extends 'hint' ? T[K] | Notice : Wordless<T[K]> }
    : T

/** Where nothing is told, nothing need be returned. */
type Nothing<S> = ReturnType<typeof nothing> extends S ? void : never

/**
 * `reading` changes nothing; `changing` takes an `idempotencyKey` and is written down; `lending` hands out a credential: it changes
 * nothing and is written down each time, before it is answered.
 */
export type Kind = 'reading' | 'changing' | 'lending'

/** An input that was found good, and what is to be done with it. */
export interface Request {
  readonly input: object
  run(platform: Platform, run: Run): Promise<unknown>
}

/** One thing an admin or a business server can ask for. */
export interface Operation<E extends Entries = Entries, S extends v.GenericSchema = v.GenericSchema> extends Traits {
  readonly kind: Kind
  readonly role: Role
  /** Whether a call whose outcome is not known finds out what it did. */
  readonly readsBack: boolean
  readonly summary: Told
  readonly input: E
  /** What is said beside the required members where an example is given. */
  readonly example?: object
  /** Built on first use: whoever only asks does not pay for it. */
  readonly output: () => S
  /** Throws `INVALID_ARGUMENT` with the path of the first bad field. */
  take(input: unknown): Request
}

/** What an agent must know before it asks. */
interface Traits {
  /** How it keeps within a key limited to appids. Default: all that the input names must be the key's, and something must be. */
  readonly reach?: Reach
  /** Of the action `get`, which only reads. */
  readonly getRole?: Role
  /** What it does is seen by users or is not simply undone; a word: only where that member of the input is given. */
  readonly destructive?: true | string
  /** Once more has no further effect, also without an idempotency key. */
  readonly repeatable?: true
  /** Operations that say what it would do. */
  readonly rehearsedBy?: readonly string[]
  /** The endpoint of WeChat's that it is. */
  readonly endpoint?: Pick<Endpoint, 'method' | 'path' | 'query' | 'body' | 'link' | 'readBack'>
  /** A function of its own that stands for it, and its `action` there. */
  readonly door?: readonly [functionName: string, action?: string]
}

interface Definition<E extends Entries, S extends v.GenericSchema> extends Traits {
  readonly role: Role
  readonly summary: Told
  readonly input: E
  readonly example?: Partial<v.InferInput<v.StrictObjectSchema<E, undefined>>>
  readonly output: () => S
  /** Rules over several fields; answers the field and what is wrong. */
  readonly check?: (input: InputOf<E>) => readonly [field: string, reason: Reason, params?: Params] | undefined
  /** False where nothing tells whether a call did what it should: under its key it is never sent again. Default true. */
  readonly readsBack?: boolean
  readonly run: (platform: Platform, input: InputOf<E>, run: Run) => Promise<AnswerOf<S> | Nothing<S>>
}

type Define = <E extends Entries, S extends v.GenericSchema>(definition: Definition<E, S>) => Operation<E, S>

export const reading: Define = (definition) => define(definition, 'reading')

export const changing: Define = (definition) => define(definition, 'changing')

export const lending: Define = (definition) => define(definition, 'lending')

function define<E extends Entries, S extends v.GenericSchema>(
  { check, run, readsBack = true, ...row }: Definition<E, S>,
  kind: Kind,
): Operation<E, S> {
  const schema = v.strictObject(row.input)
  return {
    ...row,
    kind,
    readsBack,
    take(value) {
      assertNoListForObject(schema, value)
      const parsed = v.safeParse(schema, value, { abortEarly: true })
      if (!parsed.success) throw failureOfIssue(parsed.issues[0])
      const input = parsed.output
      const broken = check?.(input)
      if (broken) {
        const [field, reason, params] = broken
        throw new Failure({ reason, params, field })
      }
      return { input, run: (platform, attempt) => run(platform, input, attempt) }
    },
  }
}

export type OperationTable = Readonly<Record<string, Operation>>

export const isOperation = (table: OperationTable, name: string): boolean => Object.hasOwn(table, name)

/** A call that may be carried out. */
export interface Admitted {
  readonly name: string
  readonly operation: Operation
  readonly kind: Kind
  readonly role: Role
  readonly input: object
  readonly key: string | undefined
  readonly caller: Caller & { readonly role: Role }
  readonly request: Request
}

/** Looks whether a caller whose identity is established may call: operation (404), shape (400), role (403). */
export async function admit(
  platform: Platform,
  table: OperationTable,
  anybody: Caller,
  name: unknown,
  given: unknown,
): Promise<Admitted> {
  const operation = typeof name === 'string' && isOperation(table, name) ? table[name] : undefined
  if (!operation || typeof name !== 'string') throw new Failure('UNKNOWN_OPERATION', { field: 'operation' })
  assertPlain(given)
  const { key, rest } = takeKey(operation, given)
  const request = operation.take(rest)
  const { input } = request
  const { kind, role } = asAsked(operation, input)
  const wasLetIn = async (): Promise<boolean> =>
    key !== undefined && (await wasBegun(platform, { caller: anybody, operation: name, input, key }))
  const asked = { reach: operation.reach, input, wasLetIn }
  const caller = { ...anybody, role: await authorize(platform, anybody, { name, role }, asked) }
  return { name, operation, kind, role, input, key, caller, request }
}

/** The use case. */
export async function carryOut(platform: Platform, admitted: Admitted): Promise<unknown> {
  const { name, operation, kind, role, input, key, caller, request } = admitted
  const { readsBack } = operation
  if (kind === 'changing')
    return runOnce(platform, { caller, operation: name, role, input, key, readsBack }, (run) =>
      request.run(platform, run),
    )
  const data = await request.run(platform, readingRun(caller))
  if (kind === 'lending') await writeDown(platform, { caller, operation: name, role, input })
  return data
}

/** Runs one operation for a caller whose identity is established. */
export const perform = async (platform: Platform, ...asked: AskedOf<typeof admit>): Promise<unknown> =>
  carryOut(platform, await admit(platform, ...asked))

type AskedOf<F> = F extends (platform: Platform, ...asked: infer A) => unknown ? A : never

/** What it is for this input. */
const asAsked = ({ kind, role, getRole }: Operation, input: object): Pick<Operation, 'kind' | 'role'> =>
  getRole !== undefined && 'action' in input && input.action === 'get'
    ? { kind: 'reading', role: getRole }
    : { kind, role }

function takeKey(operation: Operation, given: unknown): { key: string | undefined; rest: unknown } {
  if (operation.kind !== 'changing' || typeof given !== 'object' || given === null || !('idempotencyKey' in given))
    return { key: undefined, rest: given }
  const { idempotencyKey: key, ...rest } = given
  const parsed = v.safeParse(idempotencyKey, key)
  if (!parsed.success) throw new Failure('MALFORMED_KEY', { field: 'idempotencyKey' })
  return { key: parsed.output, rest }
}
