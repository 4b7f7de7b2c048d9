import type { HttpBindings } from '@hono/node-server'
import { Hono } from 'hono'
import type { CollectionDefinition } from '../../shared/cloudbase/collections.ts'
import type { Database, IndexDefinition } from '../database/database.ts'
import { ConnectionDropped } from '../database/faults.ts'
import type { CloudStorage } from '../storage/storage.ts'

/** What documents hold stands as text inside such a request, with its quotes escaped. */
const isForStorage = (body: string): boolean => /"action":"storage\./.test(body)

/** The document database and the cloud storage behind `POST /admin`, in the SDK's wire protocol. */
export const databaseRoute = (database: Database, storage: CloudStorage): Hono<{ Bindings: HttpBindings }> =>
  new Hono<{ Bindings: HttpBindings }>().post('/', async (c) => {
    try {
      const request = await c.req.text()
      const { status, body } = isForStorage(request)
        ? { status: 200, body: await storage.handle(request) }
        : await database.handle(request)
      return new Response(body, { status, headers: { 'content-type': 'application/json; charset=utf-8' } })
    } catch (error) {
      if (!(error instanceof ConnectionDropped)) throw error
      c.env.incoming.socket.destroy()
      return new Response()
    }
  })

/** What is to be stored, in the emulator's own terms. */
export const databaseLayout = (
  collections: readonly CollectionDefinition[],
): { collections: string[]; indexes: IndexDefinition[] } => ({
  collections: collections.map(({ name }) => name),
  indexes: collections.flatMap(({ name: collection, indexes }) =>
    indexes.map(({ name, fields }) => ({ collection, name, fields: [...fields] })),
  ),
})
