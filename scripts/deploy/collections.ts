import { collections } from '../../shared/cloudbase/collections.ts'
import type { Cloud } from './cloud.ts'
import type { Change, Step } from './step.ts'

/** Creates what is missing; what else is there stays. */
export const collectionsStep: Step = {
  title: { zh: '数据库集合与索引', en: 'collections and indexes' },
  async plan({ cloud }) {
    const there = new Set(await cloud.listCollections())
    const changes: Change[] = []
    for (const { name, indexes } of collections) {
      if (!there.has(name))
        changes.push({
          what: { zh: `新建集合 ${name}`, en: `create collection ${name}` },
          apply: () => cloud.createCollection(name),
          arrived: async () => (await cloud.listCollections()).includes(name),
        })
      const built = new Set(there.has(name) ? await cloud.listIndexes(name) : [])
      const missing = indexes.filter((index) => !built.has(index.name))
      if (missing.length > 0)
        changes.push({
          what: {
            zh: `${name} 新建索引 ${missing.map((index) => index.name).join('、')}`,
            en: `create indexes of ${name}`,
          },
          apply: () => cloud.createIndexes(name, missing),
          arrived: async () => {
            const there = new Set(await cloud.listIndexes(name))
            return missing.every((index) => there.has(index.name))
          },
        })
    }
    return changes
  },
}

/** Clients must never read or write a collection; what the cloud does not tell is set once more. */
export const permissionsStep: Step = {
  title: { zh: '集合权限（仅管理端可读写）', en: 'permissions of the collections (ADMINONLY)' },
  async plan({ cloud }) {
    const permissions = await readPermissions(cloud)
    return collections
      .filter(({ name }) => permissions.get(name) !== 'ADMINONLY')
      .map(({ name }) => ({
        what: { zh: `${name} 设为仅管理端可读写`, en: `${name} becomes ADMINONLY` },
        apply: () => cloud.allowAdminsOnly(name),
        arrived: async () => ((await cloud.permissions([name])).get(name) ?? 'ADMINONLY') === 'ADMINONLY',
      }))
  },
}

/** Asked only about collections that exist: the service may refuse a list with an unknown one. */
async function readPermissions(cloud: Cloud): Promise<ReadonlyMap<string, string>> {
  const there = new Set(await cloud.listCollections())
  const names = collections.map(({ name }) => name).filter((name) => there.has(name))
  return names.length === 0 ? new Map() : cloud.permissions(names)
}
