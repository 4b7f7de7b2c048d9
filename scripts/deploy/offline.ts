import type { Database } from '../../shared/cloudbase/database.ts'
import type { Cloud } from './cloud.ts'

const nothing = async (): Promise<never> => {
  throw new TypeError('nothing is changed offline')
}

/** Stands for an environment that nobody can look at: whatever should be there is still to be made. */
export const unseenCloud = (domain: string): Cloud => ({
  status: async () => 'NORMAL',
  listCollections: async () => [],
  listIndexes: async () => [],
  createCollection: nothing,
  createIndexes: nothing,
  permissions: async () => new Map(),
  allowAdminsOnly: nothing,
  functionRules: async () => undefined,
  setFunctionRules: nothing,
  findFunction: async () => undefined,
  domains: async () => [{ name: domain, isDefault: true, state: 'ready', routes: [] }],
  createRoutes: nothing,
  changeRoutes: nothing,
  site: async () => undefined,
  upload: nothing,
  errorDocument: async () => undefined,
  setErrorDocument: nothing,
})

export const unseenDatabase: Database = {
  get: async () => undefined,
  find: async () => [],
  count: async () => 0,
  findEach: async () => ({}),
  countBy: async () => new Map(),
  insert: nothing,
  insertMany: nothing,
  update: nothing,
  updateAndReturn: nothing,
  remove: nothing,
  changeTogether: nothing,
  transaction: nothing,
}
