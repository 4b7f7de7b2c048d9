import type { Database } from '../../shared/cloudbase/database.ts'
import { note, readRecord } from './record.ts'
import type { Change, Step } from './step.ts'

/**
 * A change of stored data that a new version needs. Forward only, and run once per environment: after the functions of the new version
 * are deployed, which therefore must read both forms.
 *
 * `run` works in small steps and may be killed between any two of them; the next deployment calls it again from the start, so it must
 * find for itself what is left to do.
 */
export interface Migration {
  /** Letters, digits, `-`; never used again. By date: `2027-01-31-split-names`. */
  readonly name: string
  readonly run: (database: Database) => Promise<void>
}

/** In the order in which they are run. Entries stay for good. */
export const migrations: readonly Migration[] = []

export async function planMigrations(database: Database, list: readonly Migration[]): Promise<readonly Change[]> {
  const done = await readRecord(database, 'migrations')
  return list
    .filter(({ name }) => done[name] === undefined)
    .map(({ name, run }) => ({
      what: { zh: `执行 ${name}`, en: `run ${name}` },
      apply: async () => {
        await run(database)
        await note(database, 'migrations', name)
      },
    }))
}

export const migrationsStep: Step = {
  title: { zh: '数据升级', en: 'data migrations' },
  plan: ({ database }) => planMigrations(database, migrations),
}
