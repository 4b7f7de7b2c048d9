import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { editRows } from '../fixtures/interference.ts'
import { startPlatform, type LocalPlatform } from '../fixtures/platform.ts'
import { preloading } from '../fixtures/preloading.ts'

/* What an instance remembers of callers lives for a minute; here a minute passes in 0.6 s. */

let platform: LocalPlatform
const nodeOptions = process.env['NODE_OPTIONS']
before(async () => {
  const clock = fileURLToPath(new URL('../fixtures/fast-clock.cjs', import.meta.url))
  process.env['NODE_OPTIONS'] = preloading(clock)
  platform = await startPlatform({ host: { maxInstances: 1 } })
})
after(async () => {
  if (nodeOptions === undefined) delete process.env['NODE_OPTIONS']
  else process.env['NODE_OPTIONS'] = nodeOptions
  await platform.close()
})

const MEMORY_MS = 600

const codeOf = async (answer: Promise<unknown>): Promise<string> => {
  const { ok, error } = Object(await answer)
  return ok ? 'ok' : error.code
}

test('a role that another instance took away is felt within a minute', async () => {
  await platform.tell('admins.put', { id: 'o-ming', role: 'operator' })
  const me = () => codeOf(platform.ask('invites.list', {}, 'o-ming'))
  assert.equal(await me(), 'ok')
  // As another instance does: this one hears nothing of it.
  await editRows(platform, 'admins', { _id: 'o-ming' }, { role: 'viewer' })
  await sleep(MEMORY_MS)
  assert.equal(await me(), 'PERMISSION_DENIED')
})

test('a key that another instance revoked is refused within a minute', async () => {
  const { key, keyId } = await platform.tell('apiKeys.create', { name: 'ci', role: 'viewer' })
  const call = () => codeOf(platform.host.invoke('manage', { operation: 'bindings.list', input: {}, apiKey: key }))
  assert.equal(await call(), 'ok')
  await editRows(platform, 'apiKeys', { _id: String(keyId) }, { revokedAt: new Date() })
  await sleep(MEMORY_MS)
  assert.equal(await call(), 'UNAUTHENTICATED')
})
