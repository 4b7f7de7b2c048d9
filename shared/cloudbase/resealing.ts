import type { Database, Row } from './database.ts'
import { number, optionalText } from './row.ts'
import type { Vault } from './sealing.ts'

const sealedFields: readonly (readonly [collection: string, fields: readonly string[]])[] = [
  ['authorizers', ['accessToken', 'refreshToken', 'formerRefreshToken']],
  ['platform', ['accessToken']],
  ['pushes', ['secrets']],
  ['activity', ['answer']],
  ['subscriptions', ['secret', 'formerSecret']],
]

const PAGE = 500

/**
 * Seals values again that lie under a former key, in pages; how far it came is stored, and once everything lies under
 * the first key it costs one read a run. Each write is guarded by the value it replaces.
 */
export function createResealer(database: Database, vault: Vault): (limit: number) => Promise<number> {
  const resealRow = async (collection: string, fields: readonly string[], row: Row): Promise<number> => {
    let changed = 0
    for (const field of fields) {
      const sealed = optionalText(row, field)
      if (sealed === undefined || !vault.isStale(sealed)) continue
      const place = { collection, id: row._id, field }
      const set = { [field]: vault.seal(vault.open(sealed, place), place) }
      changed += await database.update(collection, { _id: row._id, [field]: sealed }, { set })
    }
    return changed
  }

  return async (limit) => {
    if (!vault.hasFormerKeys) return 0
    const id = `reseal:${vault.keyId}`
    const begun = await database.get('platform', id)
    if (!begun) await database.insert('platform', { _id: id, step: 0, after: '' })
    let step = begun ? number(begun, 'step') : 0
    let after = (begun && optionalText(begun, 'after')) ?? ''
    let changed = 0
    while (changed < limit) {
      const [collection, fields] = sealedFields[step] ?? []
      if (collection === undefined || fields === undefined) break
      const rows = await database.find(collection, { _id: { gt: after } }, { limit: PAGE, orderBy: [['_id', 'asc']] })
      // A value that cannot be opened is reported where it is used; it must not stop the others.
      for (const row of rows) changed += await resealRow(collection, fields, row).catch(() => 0)
      if (rows.length < PAGE) step += 1
      after = rows.length < PAGE ? '' : (rows.at(-1)?._id ?? '')
      await database.update('platform', { _id: id }, { set: { step, after } })
    }
    return changed
  }
}
