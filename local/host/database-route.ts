import type { HttpBindings } from '@hono/node-server'
import { Hono } from 'hono'
import type { CollectionDefinition } from '../../shared/cloudbase/collections.ts'
import type { Database, IndexDefinition } from '../database/database.ts'
import { ConnectionDropped } from '../database/faults.ts'

/** The document database behind `POST /admin`, in the SDK's wire protocol. */
export const databaseRoute = (database: Database): Hono<{ Bindings: HttpBindings }> =>
  new Hono<{ Bindings: HttpBindings }>().post('/', async (c) => {
    try {
      const { status, body } = await database.handle(await c.req.text())
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
    indexes.map(({ name, fields, unique = false }) => ({ collection, name, fields: [...fields], unique })),
  ),
})
