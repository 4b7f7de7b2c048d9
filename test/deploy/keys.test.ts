import assert from 'node:assert/strict'
import { test } from 'node:test'
import { freshValues, rotated } from '../../scripts/keys/values.ts'
import { readConfig } from '../../shared/config.ts'

const rest = {
  COMPONENT_APPID: 'wxc0mp0nent000001',
  COMPONENT_APPSECRET: 'appsecretappsecretappsecretapps1',
  PUBLIC_BASE_URL: 'https://fleet.example.com',
}

test('fresh values are as the functions want them, and other ones each time', () => {
  const values = freshValues()
  const config = readConfig({ ...rest, ...values })
  assert.deepEqual(
    config.sealKeys.map(({ id }) => id),
    ['k1'],
  )
  assert.match(values['COMPONENT_TOKEN'] ?? '', /^[A-Za-z0-9]{32}$/)
  assert.ok((values['BACKUP_PASSPHRASE'] ?? '').length >= 32)
  const again = freshValues()
  for (const [name, value] of Object.entries(values)) assert.notEqual(again[name], value, name)
})

test('a rotation puts a key with a name of its own first, and keeps the former ones', () => {
  const before: Readonly<Record<string, string>> = {
    ...freshValues(),
    SEAL_KEYS: `k7:${Buffer.alloc(32, 1).toString('base64')},old:${Buffer.alloc(32, 2).toString('base64')}`,
  }
  const values = rotated(before)
  const { sealKeys, forwarderSecrets } = readConfig({ ...rest, ...before, ...values })
  assert.deepEqual(
    sealKeys.map(({ id }) => id),
    ['k8', 'k7', 'old'],
  )
  assert.deepEqual([forwarderSecrets.length, forwarderSecrets[1]], [2, before['FORWARDER_SECRET']])
  assert.equal(values['BACKUP_PASSPHRASE'], undefined)
  assert.throws(() => rotated({}), /nothing to rotate yet/)
})
