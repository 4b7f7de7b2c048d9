import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { loadOldRows, oldSealKey, readOldAnswers } from '../fixtures/old-database.ts'
import { startPlatform, type LocalPlatform } from '../fixtures/platform.ts'

/* A deployment meets the rows of the version before it. */

let platform: LocalPlatform
before(async () => {
  platform = await startPlatform({ env: { SEAL_KEYS: oldSealKey }, withoutTicket: true })
  await loadOldRows(platform)
})
after(() => platform.close())

test('what a former version wrote is answered as that version did', async () => {
  const { answers } = await readOldAnswers()
  assert.ok(answers.length >= 11)
  for (const { operation, input, data } of answers)
    assert.deepEqual(withoutNews(await platform.tell(operation, input)), data, operation)
})

/** It did not tell what it delivered. */
const withoutNews = (answer: unknown): unknown =>
  JSON.parse(JSON.stringify(answer, (name, value: unknown) => (name === 'body' ? undefined : value)))

test('a key that it made lets in, and the queue and the sweep go over its rows', async () => {
  const { apiKey } = await readOldAnswers()
  const answer = await fetch(`${platform.host.url}/api/v1/bindings.get`, {
    method: 'POST',
    headers: { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json' },
    body: '{"businessId": "tea"}',
  })
  assert.equal(answer.status, 200)
  const binding: unknown = Object(await answer.json()).data
  assert.deepEqual(Object(binding).attributes, { 城市: '成都', 等级: '$set' })
  for (const timer of ['processQueue', 'refreshTokens'] as const)
    assert.deepEqual(Object(await platform.host.fireTimer(timer)).error, undefined)
  assert.deepEqual(
    platform.log.filter((line) => line.includes('malformed')),
    [],
  )
})
