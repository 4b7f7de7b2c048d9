import { createResealer, sealedCollections } from '../../shared/cloudbase/resealing.ts'
import { DeployError } from '../deploy/words.ts'
import { sealKeysIn } from './backup/content.ts'
import type { DataWork } from './data-work.ts'

export interface Resealed {
  readonly changed: number
  /** Values by name of the key that they lie under. */
  readonly values: Readonly<Record<string, number>>
  /** Names of keys that nothing lies under any more. */
  readonly unused: readonly string[]
}

const PAGE = 500

/** Does at once what refreshTokens does page by page. @throws DeployError while functions still have other keys */
export async function reseal(opened: DataWork): Promise<Resealed> {
  const { database, vault, config, say } = opened
  await refuseOtherKeys(opened)
  // Begins anew, also within the day after the last round.
  await database.remove('platform', { _id: `reseal:${vault.keyId}` })
  const changed = vault.hasFormerKeys ? await createResealer(database, vault)(Number.POSITIVE_INFINITY, () => true) : 0
  const values: Record<string, number> = Object.fromEntries(config.sealKeys.map(({ id }) => [id, 0]))
  for (const { name: collection } of sealedCollections) {
    for (let from = ''; ;) {
      const rows = await database.find(collection, { _id: { gt: from } }, { limit: PAGE, orderBy: [['_id', 'asc']] })
      for (const row of rows) for (const id of sealKeysIn({ collection, row })) values[id] = (values[id] ?? 0) + 1
      const last = rows.at(-1)
      if (!last) break
      from = last._id
    }
    say(`  ${collection} ✔`)
  }
  const unused = config.sealKeys.slice(1).flatMap(({ id }) => (values[id] === 0 ? [id] : []))
  return { changed, values, unused }
}

/** A function with former keys could not open what is sealed here. */
async function refuseOtherKeys({ values }: DataWork): Promise<void> {
  if (!values) return
  // The administration package takes half a second to load, which the local host does without.
  const { openCloud } = await import('../deploy/cloud.ts')
  const cloud = openCloud(values)
  for (const name of ['refreshTokens', 'manage']) {
    const live = await cloud.findFunction(name)
    if (live && live.variables['SEAL_KEYS'] === values.templates['SEAL_KEYS']) continue
    throw new DeployError(
      { zh: `云函数 ${name} 的 SEAL_KEYS 与 .env 不同`, en: `the function ${name} has other SEAL_KEYS than .env` },
      { zh: '先执行 npm run deploy', en: 'run npm run deploy first' },
    )
  }
}
