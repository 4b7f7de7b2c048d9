import { number, orElse, readMember, text, time } from '../domain/stores/forms.ts'
import { isFailure } from '../errors.ts'
import { after, DAY, epochMs } from '../time.ts'
import { collections, type CollectionDefinition } from './collections.ts'
import type { Database } from './database.ts'
import { serverTime, type Row } from './requests.ts'
import type { Vault } from './sealing.ts'

export const sealedCollections = collections.filter(({ sealed }) => sealed.length > 0)

const PAGE = 500

/** An instance that still has the former configuration may seal behind the walk's back: it is repeated so often. */
const ROUND_MS = DAY

/**
 * Seals values again that lie under a former key, in pages; how far it came is stored, and between two rounds it costs
 * one call a run. Each write is guarded by the values it replaces.
 */
export function createResealer(
  database: Database,
  vault: Vault,
): (limit: number, hasTime: () => boolean) => Promise<number> {
  const resealRow = async ({ name: collection, sealed: fields }: CollectionDefinition, row: Row): Promise<number> => {
    const former: Record<string, string> = {}
    const renewed: Record<string, string> = {}
    for (const field of fields) {
      const sealed = row[field]
      if (typeof sealed !== 'string' || !vault.isStale(sealed)) continue
      const place = { collection, id: row._id, field }
      try {
        renewed[field] = vault.seal(vault.open(sealed, place), place)
        former[field] = sealed
      } catch (error) {
        // A value that cannot be opened is reported where it is used; it must not stop the others.
        if (!isFailure(error)) throw error
      }
    }
    if (Object.keys(renewed).length === 0) return 0
    return database.update(collection, { _id: row._id, ...former }, { set: renewed })
  }

  return async (limit, hasTime) => {
    if (!vault.hasFormerKeys) return 0
    const id = `reseal:${vault.keyId}`
    const begun = await database.updateAndReturn('platform', { _id: id }, { set: { askedAt: serverTime() } })
    if (!begun) await database.insert('platform', { _id: id, step: 0, after: '' })
    let step = begun ? readMember(begun, 'step', number) : 0
    let from = begun ? readMember(begun, 'after', orElse(text, '')) : ''
    if (begun && step >= sealedCollections.length) {
      const doneAt = readMember(begun, 'doneAt', orElse(time, epochMs(0)))
      if (readMember(begun, 'askedAt', time) < after(doneAt, ROUND_MS)) return 0
      step = 0
    }
    let changed = 0
    while (changed < limit && hasTime()) {
      const definition = sealedCollections[step]
      if (!definition) break
      const rows = await database.find(
        definition.name,
        { _id: { gt: from } },
        { limit: PAGE, orderBy: [['_id', 'asc']] },
      )
      for (const row of rows) changed += await resealRow(definition, row)
      if (rows.length < PAGE) step += 1
      from = rows.length < PAGE ? '' : (rows.at(-1)?._id ?? '')
      await database.update('platform', { _id: id }, { set: { step, after: from, doneAt: serverTime() } })
    }
    return changed
  }
}
