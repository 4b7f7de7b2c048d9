import type { Database } from '../../../shared/cloudbase/database.ts'
import { serverTime } from '../../../shared/cloudbase/requests.ts'
import { note, readRecord } from '../../deploy/record.ts'
import type { Checked } from './check.ts'
import { readRows } from './content.ts'
import { putRows, type Report } from './put-rows.ts'
import { notEmpty, otherForm, otherImport } from './refusals.ts'
import { findOccupied } from './scope.ts'
import { readSealed } from './sealed-file.ts'

export interface Imported {
  readonly backupId: string
  readonly added: number
  /** Rows that were there as they were saved. */
  readonly same: number
  /** Rows that were there and differ: they stayed as they are. */
  readonly kept: number
  /** Bindings and accounts that contradict what is there: a binding was left out, an account put in unbound. */
  readonly conflict: number
  /** Some of the latter two, as `kept authorizers/wx…`. */
  readonly examples: readonly string[]
}

interface ImportOptions {
  readonly file: string
  readonly passphrase: string
  /** Into an environment that has merchants: adds what is missing, and changes nothing that is there. */
  readonly merge: boolean
  readonly say: (line: string) => void
}

const EXAMPLES = 20

/**
 * Puts a checked backup into the environment. Rows that are there stay as they are, so that it can be repeated; how far it came is stored
 * after each frame, and a second run of the same file goes on there. @throws DeployError
 */
export async function importBackup(
  database: Database,
  { head, frames }: Checked,
  { file, passphrase, merge, say }: ImportOptions,
): Promise<Imported> {
  const done = await begin(database, head, merge)
  const counts = { added: 0, same: 0, kept: 0, conflict: 0 }
  const examples: string[] = []
  const report: Report = (outcome, collection, ids) => {
    counts[outcome] += ids.length
    if (outcome !== 'kept' && outcome !== 'conflict') return
    if (examples.length < EXAMPLES) examples.push(...ids.map((id) => `${outcome} ${collection}/${id}`))
  }
  let number = -1
  for await (const text of readSealed(file, passphrase)) {
    number += 1
    // Frame 0 is the head, and the one after the last frame of rows the tail.
    if (number <= done || number > frames) continue
    await putRows(database, readRows(text), merge, report)
    await database.update('platform', { _id: 'import' }, { set: { frames: number, at: serverTime() } })
    say(`  ${number}/${frames}`)
  }
  await finish(database, head.migrations, merge)
  return { backupId: head.backupId, ...counts, examples }
}

/** Frames that are in already. */
async function begin(database: Database, head: Checked['head'], merge: boolean): Promise<number> {
  const former = await database.get('platform', 'import')
  const isOpen = former?.['finished'] === false
  if (isOpen && former['backupId'] === head.backupId) return Number(former['frames'])
  if (!merge) {
    if (isOpen) throw otherImport(String(former['backupId']))
    const occupied = await findOccupied(database)
    if (occupied !== undefined) throw notEmpty(occupied)
  } else {
    const names = Object.keys(await readRecord(database, 'migrations'))
    if (names.toSorted().join() !== head.migrations.toSorted().join()) throw otherForm()
  }
  await database.remove('platform', { _id: 'import' })
  await database.insert('platform', { _id: 'import', backupId: head.backupId, frames: 0, finished: false })
  return 0
}

/** The data has the form of its day: the next deployment runs the migrations that came since. */
async function finish(database: Database, names: readonly string[], merge: boolean): Promise<void> {
  if (!merge) {
    await database.remove('platform', { _id: 'migrations' })
    for (const name of names) await note(database, 'migrations', name)
  }
  await database.update('platform', { _id: 'import' }, { set: { finished: true } })
}
