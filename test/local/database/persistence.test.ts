import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import type { TestContext } from 'node:test'
import { openDatabase } from '../../../local/database/database.ts'
import { connect } from './cloud.ts'
import { programOf } from '../../fixtures/program.ts'

const temporaryFolder = (t: TestContext): string => {
  const folder = mkdtempSync(join(tmpdir(), 'database-test-'))
  t.after(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

async function startServer(folder: string): Promise<{ child: ChildProcess; url: string }> {
  const child = spawn(process.execPath, [...programOf('test/local/database/serve.ts'), folder], {
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
  })
  const [url] = await once(child, 'message')
  return { child, url: String(url) }
}

test('a process killed amid writes loses none that it had acknowledged', async (t) => {
  const folder = temporaryFolder(t)
  const acknowledged: string[] = []
  const { child, url } = await startServer(folder)
  const db = connect(url).database()
  const things = db.collection('things')
  await db.runTransaction(async (transaction: Awaited<ReturnType<typeof db.startTransaction>>) => {
    await transaction.collection('things').add({ _id: 'first', at: new Date(1000) })
    await transaction.collection('things').add({ _id: 'second', v: 1 })
  })
  await things.doc('second').update({ v: 2 })
  await db.createCollection('made')
  let number = 0
  const write = async (): Promise<void> => {
    for (;;) {
      number += 1
      const id = `n${number}`
      const { id: confirmed } = await things.add({ _id: id, text: 'x'.repeat(500) })
      acknowledged.push(String(confirmed))
      if (acknowledged.length === 150) child.kill('SIGKILL')
    }
  }
  const died = once(child, 'exit')
  const writers = await Promise.allSettled([write(), write(), write(), write()])
  await died
  assert.ok(writers.every(({ status }) => status === 'rejected'))

  const reopened = await openDatabase({ folder })
  t.after(() => reopened.close())
  const { things: kept = [], made } = reopened.dump()
  const stored = new Map(kept.map((document) => [idOf(document), document]))
  assert.deepEqual(stored.get('first'), { _id: 'first', at: new Date(1000) })
  assert.deepEqual(stored.get('second'), { _id: 'second', v: 2 })
  assert.deepEqual(made, [])
  assert.deepEqual(
    acknowledged.filter((id) => !stored.has(id)),
    [],
  )
})

const idOf = (document: unknown): unknown =>
  typeof document === 'object' && document !== null && '_id' in document ? document['_id'] : undefined

const insert = (document: string) =>
  JSON.stringify({ action: 'database.insertDocument', collectionName: 'things', data: [document] })

test('removed stays removed, and indexes work over what was loaded', async (t) => {
  const folder = temporaryFolder(t)
  const unique = { collection: 'things', name: 'v', fields: [{ name: 'v', direction: 1 as const }], unique: true }
  const open = () => openDatabase({ folder, collections: ['things'], indexes: [unique] })
  const before = await open()
  await before.handle(insert('{"_id":"a","v":1}'))
  await before.handle(insert('{"_id":7,"v":2}'))
  await before.handle(
    JSON.stringify({ action: 'database.removeDocument', collectionName: 'things', query: '{"_id":"a"}' }),
  )
  await before.close()
  const after = await open()
  assert.deepEqual(after.dump(), { things: [{ _id: 7, v: 2 }] })
  assert.match((await after.handle(insert('{"v":2}'))).body, /DATABASE_DUPLICATE_WRITE/)
  await after.close()
})

test('a folder belongs to one process at a time', async (t) => {
  const folder = temporaryFolder(t)
  const first = await openDatabase({ folder })
  await assert.rejects(openDatabase({ folder }), /another process/)
  await first.close()
  await (await openDatabase({ folder })).close()
})
