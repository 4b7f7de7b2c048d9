import type { Page, PageRequest } from '../domain/stores/page.ts'
import type { Database } from './database.ts'
import { readPage, type List } from './paging.ts'
import type { FindOptions, Query, Row } from './requests.ts'

/** The documents of a collection as our rules know them. */
export interface Records<T> {
  get(id: string): Promise<T | undefined>
  find(query: Query, options?: FindOptions): Promise<T[]>
  page(list: Omit<List, 'collection'>, page: PageRequest): Promise<Page<T>>
}

export const createRecords = <T>(database: Database, collection: string, read: (row: Row) => T): Records<T> => ({
  async get(id) {
    const row = await database.get(collection, id)
    return row && read(row)
  },
  find: async (query, options) => (await database.find(collection, query, options)).map(read),
  page: (list, page) => readPage(database, { collection, ...list }, page, read),
})
