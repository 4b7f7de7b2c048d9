import tcb from '@cloudbase/node-sdk'
import type { TestContext } from 'node:test'
import { openDatabase } from '../../../local/database/database.ts'
import type { Database, DatabaseOptions } from '../../../local/database/database.ts'
import { serveDatabase } from '../../../local/database/server.ts'

// What the SDK reads of its surroundings, so that it looks for no metadata server.
Object.assign(process.env, {
  TENCENTCLOUD_RUNENV: 'SCF',
  TENCENTCLOUD_REGION: 'ap-shanghai',
  SCF_NAMESPACE: 'local',
  SILENCE: 'true',
})

/** The unmodified SDK against a database of its own, closed when the test ends. `sent` holds the bodies it sent. */
export async function openCloud(t: TestContext, options: DatabaseOptions = {}) {
  const database = await openDatabase({ collections: ['things'], ...options })
  const sent: string[] = []
  const recorded: Database = {
    ...database,
    handle(body) {
      sent.push(body)
      return database.handle(body)
    },
  }
  const served = await serveDatabase(recorded, { port: 0 })
  t.after(async () => {
    await served.close()
    await database.close()
  })
  const app = connect(served.url)
  const db = app.database()
  return { app, db, _: db.command, things: db.collection('things'), database, sent, url: served.url }
}

/** The SDK types the callback's argument as anything. */
export type TransactionOf = Awaited<ReturnType<ReturnType<ReturnType<typeof connect>['database']>['startTransaction']>>

export const connect = (serviceUrl: string) =>
  tcb.init({ env: 'local', secretId: 'x', secretKey: 'x', serviceUrl, timeout: 5000 })

/** The raw door, for what the SDK does not let through. */
export async function post(url: string, body: unknown): Promise<Record<string, unknown>> {
  const response = await fetch(url, { method: 'POST', body: typeof body === 'string' ? body : JSON.stringify(body) })
  const answer: unknown = await response.json()
  return typeof answer === 'object' && answer !== null ? { ...answer } : {}
}

export const withCode = (code: string) => (error: unknown) =>
  typeof error === 'object' && error !== null && 'code' in error && error.code === code
