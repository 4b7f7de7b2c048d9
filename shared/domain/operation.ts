import * as v from 'valibot'
import { Failure } from '../errors.ts'
import { authorize, type Caller } from './callers/caller.ts'
import type { Platform } from './platform.ts'
import { runOnce, writeDown, type Run } from './callers/activity.ts'
import { failureOfIssue, named } from './input-flaws.ts'
import { idempotencyKey } from './inputs.ts'
import { assertNoListForObject, assertPlain } from './plain-input.ts'
import type { Role } from './stores/admins.ts'

type Entries = v.ObjectEntries
type InputOf<E extends Entries> = v.InferOutput<v.StrictObjectSchema<E, undefined>>

/** One thing an admin or a business server can ask for. */
export interface Operation {
  readonly role: Role
  /** Whether it changes something: then it takes an `idempotencyKey`, and is written down. */
  readonly changes: boolean
  /** Whether it changes nothing and is written down all the same. */
  readonly lends: boolean
  /** Whether a call whose outcome is not known finds out what it did. */
  readonly readsBack: boolean
  readonly summary: string
  readonly entries: Entries
  /** Throws `INVALID_ARGUMENT` with the path of the first bad field. */
  parse(input: unknown): object
  run(platform: Platform, input: object, run: Run): Promise<unknown>
}

interface Definition<E extends Entries> {
  readonly role: Role
  readonly summary: string
  readonly input: E
  /** Rules over several fields; answers the field and what is wrong. */
  readonly check?: (input: InputOf<E>) => readonly [field: string, message: string] | undefined
  /** False where nothing tells whether a call did what it should: under its key it is never sent again. Default true. */
  readonly readsBack?: boolean
  readonly run: (platform: Platform, input: InputOf<E>, run: Run) => Promise<unknown>
}

export const reading = <E extends Entries>(definition: Definition<E>): Operation => define(definition, 'reading')

export const changing = <E extends Entries>(definition: Definition<E>): Operation => define(definition, 'changing')

/** Hands out a credential: each time is written down before it is answered. */
export const lending = <E extends Entries>(definition: Definition<E>): Operation => define(definition, 'lending')

function define<E extends Entries>(
  { role, summary, input, check, readsBack = true, run }: Definition<E>,
  kind: 'reading' | 'changing' | 'lending',
): Operation {
  const changes = kind === 'changing'
  const entries: Entries = changes ? { ...input, idempotencyKey } : input
  const schema = v.strictObject(input)
  return {
    role,
    changes,
    lends: kind === 'lending',
    readsBack,
    summary,
    entries,
    parse(value) {
      assertNoListForObject(schema, value)
      const parsed = v.safeParse(schema, value, { abortEarly: true })
      if (!parsed.success) throw failureOfIssue(parsed.issues[0])
      const broken = check?.(parsed.output)
      if (broken) {
        const [reason, params] = named(broken[1]) ?? ['MALFORMED', {}]
        throw new Failure({ reason, params, field: broken[0] })
      }
      return parsed.output
    },
    run: (platform, value, attempt) => run(platform, v.parse(schema, value), attempt),
  }
}

export type OperationTable = Readonly<Record<string, Operation>>

export const isOperation = (table: OperationTable, name: string): boolean => Object.hasOwn(table, name)

/** Runs one operation for a caller whose identity is established: operation (404), shape (400), role (403), use case. */
export async function perform(
  platform: Platform,
  table: OperationTable,
  caller: Caller,
  name: unknown,
  given: unknown,
): Promise<unknown> {
  const operation = typeof name === 'string' && isOperation(table, name) ? table[name] : undefined
  if (!operation || typeof name !== 'string') throw new Failure('UNKNOWN_OPERATION', { field: 'operation' })
  assertPlain(given)
  const { key, rest } = takeKey(operation, given)
  const input = operation.parse(rest)
  await authorize(platform, caller, { name, role: operation.role }, input)
  if (!operation.changes) {
    const data = await operation.run(platform, input, { caller, begunBefore: undefined, activityId: '' })
    if (operation.lends) await writeDown(platform, { caller, operation: name, input })
    return data
  }
  const { readsBack } = operation
  return runOnce(platform, { caller, operation: name, input, key, readsBack }, (run) =>
    operation.run(platform, input, run),
  )
}

function takeKey(operation: Operation, given: unknown): { key: string | undefined; rest: unknown } {
  if (!operation.changes || typeof given !== 'object' || given === null || !('idempotencyKey' in given))
    return { key: undefined, rest: given }
  const { idempotencyKey: key, ...rest } = given
  const parsed = v.safeParse(idempotencyKey, key)
  if (!parsed.success) throw new Failure('MALFORMED_KEY', { field: 'idempotencyKey' })
  return { key: parsed.output, rest }
}
