import type { Database } from '../../shared/cloudbase/database.ts'
import { serverTime } from '../../shared/cloudbase/requests.ts'

/**
 * What the environment remembers of its deployments, in two documents of `platform`: `deployment` has a hash of the code by function,
 * `migrations` the time at which each migration was finished.
 */
export type RecordName = 'deployment' | 'migrations'

/** Empty where nothing was noted yet, or where not even the collection is there. */
export async function readRecord(database: Database, record: RecordName): Promise<Readonly<Record<string, unknown>>> {
  try {
    const row = await database.get('platform', record)
    const done = row?.['done']
    return typeof done === 'object' && done !== null ? Object.fromEntries(Object.entries(done)) : {}
  } catch (error) {
    if (isMissingCollection(error)) return {}
    throw error
  }
}

export async function note(database: Database, record: RecordName, name: string, value?: string): Promise<void> {
  await database.insert('platform', { _id: record, done: {} })
  await database.update('platform', { _id: record }, { set: { [`done.${name}`]: value ?? serverTime() } })
}

const isMissingCollection = (error: unknown): boolean =>
  error instanceof Error && /COLLECTION_NOT_EXIST/.test(`${error.message} ${String(causeCode(error.cause))}`)

const causeCode = (cause: unknown): unknown =>
  typeof cause === 'object' && cause !== null && 'code' in cause ? cause.code : undefined
