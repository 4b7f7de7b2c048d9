import { collections } from '../../../shared/cloudbase/collections.ts'
import type { Database } from '../../../shared/cloudbase/database.ts'
import type { Row } from '../../../shared/cloudbase/requests.ts'

/**
 * Collections in the order in which they are saved: what names others goes first, so that whatever is created meanwhile, those that a saved
 * row names are saved after it.
 */
export const savedCollections: readonly string[] = collections.map(({ name }) => name).toReversed()

/** Rows of `platform` that are about one environment's deployments, not about the platform. */
export const isOfEnvironment = ({ _id }: Row): boolean =>
  ['deployment', 'migrations', 'import'].includes(_id) || _id.startsWith('reseal:')

/** A collection with something of merchants in it, undefined where there is none. */
export async function findOccupied(database: Database): Promise<string | undefined> {
  for (const { name, isEverywhere } of collections)
    if (!isEverywhere && (await database.find(name, { _id: { gt: '' } }, { limit: 1 })).length > 0) return name
  return undefined
}
