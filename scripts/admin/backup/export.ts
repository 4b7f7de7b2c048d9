import { randomUUID } from 'node:crypto'
import type { Database } from '../../../shared/cloudbase/database.ts'
import type { Row } from '../../../shared/cloudbase/requests.ts'
import type { Vault } from '../../../shared/cloudbase/sealing.ts'
import { readRecord } from '../../deploy/record.ts'
import { sealCheckPlace, sealKeysIn, writeRow, type Head, type Tail } from './content.ts'
import { isOfEnvironment, savedCollections } from './scope.ts'
import { writeSealed, type Sink } from './sealed-file.ts'

export interface Exported extends Tail {
  readonly backupId: string
  readonly file: string
}

export interface Source {
  readonly database: Database
  readonly vault: Vault
  readonly componentAppid: string
  /** One line of progress. */
  readonly say: (line: string) => void
}

/** Rows read at once: a row has 64 KiB at most, an answer of the service 16 MB. */
const PAGE = 100

/** Characters of a frame's text. */
const FRAME_LENGTH = 1024 * 1024

/** Saves all rows of all collections, page by page: the memory it takes does not grow with the number of merchants. @throws DeployError */
export async function exportBackup(
  { database, vault, componentAppid, say }: Source,
  file: string,
  passphrase: string,
): Promise<Exported> {
  const backupId = randomUUID()
  const head: Head = {
    backupId,
    createdAt: new Date().toISOString(),
    componentAppid,
    migrations: Object.keys(await readRecord(database, 'migrations')),
    sealCheck: vault.seal(backupId, sealCheckPlace(backupId)),
  }
  const rows: Record<string, number> = {}
  const sealKeys = new Set([vault.keyId])
  await writeSealed(file, passphrase, async (sink) => {
    await sink.write(JSON.stringify(head))
    for (const collection of savedCollections) {
      rows[collection] = await writeCollection(database, collection, sink, sealKeys)
      say(`  ${collection}: ${rows[collection]}`)
    }
    return JSON.stringify({ rows, sealKeys: [...sealKeys] } satisfies Tail)
  })
  return { backupId, file, rows, sealKeys: [...sealKeys] }
}

async function writeCollection(
  database: Database,
  collection: string,
  sink: Sink,
  sealKeys: Set<string>,
): Promise<number> {
  let count = 0
  let lines: string[] = []
  let length = 0
  const flush = async (): Promise<void> => {
    if (lines.length > 0) await sink.write(lines.join('\n'))
    lines = []
    length = 0
  }
  for await (const row of rowsOf(database, collection)) {
    if (collection === 'platform' && isOfEnvironment(row)) continue
    for (const id of sealKeysIn({ collection, row })) sealKeys.add(id)
    const line = writeRow({ collection, row })
    lines.push(line)
    length += line.length
    count += 1
    if (length >= FRAME_LENGTH) await flush()
  }
  await flush()
  return count
}

async function* rowsOf(database: Database, collection: string): AsyncGenerator<Row> {
  let from = ''
  for (;;) {
    const page = await database.find(collection, { _id: { gt: from } }, { limit: PAGE, orderBy: [['_id', 'asc']] })
    yield* page
    const last = page.at(-1)
    if (!last) return
    from = last._id
  }
}
