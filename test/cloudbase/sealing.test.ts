import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createVault } from '../../shared/cloudbase/sealing.ts'
import { isFailure } from '../../shared/errors.ts'
import { sealKey } from './seal-key.ts'

const place = { collection: 'authorizers', id: 'wx1', field: 'refreshToken' }
const vault = createVault([sealKey('k1')])

test('a sealed value opens where it belongs, and nowhere else', () => {
  const sealed = vault.seal('refreshtoken@@@secret', place)
  assert.match(sealed, /^v1\.k1\.[\w-]+$/)
  assert.equal(vault.open(sealed, place), 'refreshtoken@@@secret')
  assert.notEqual(vault.seal('refreshtoken@@@secret', place), sealed)
  for (const moved of [{ collection: 'pushes' }, { id: 'wx2' }, { field: 'accessToken' }])
    assert.throws(
      () => vault.open(sealed, { ...place, ...moved }),
      (error) => isFailure(error, 'INTERNAL') && error.params?.['sealedValueChanged'] !== undefined,
    )
})

test('a value that was changed in any byte is refused', () => {
  const sealed = vault.seal('x', place)
  const [version = '', id = '', payload = ''] = sealed.split('.')
  const bytes = Buffer.from(payload, 'base64url')
  const flipped = [...bytes.keys()].map((at) => {
    const copy = Buffer.from(bytes)
    copy[at] = (copy[at] ?? 0) ^ 1
    return `${version}.${id}.${copy.toString('base64url')}`
  })
  for (const forged of [...flipped, 'v1.k1.', 'v1.k1', 'v2.k1.AAAA', '', 'plain', sealed.slice(0, -4)])
    assert.throws(
      () => vault.open(forged, place),
      (error) => isFailure(error, 'INTERNAL'),
    )
})

test('a new first key seals, the former one still opens, and values under it are stale', () => {
  const old = vault.seal('token', place)
  const changed = createVault([sealKey('k2'), sealKey('k1')])
  assert.equal(changed.open(old, place), 'token')
  assert.deepEqual([changed.isStale(old), changed.isStale(changed.seal('token', place))], [true, false])
})

test('a key that was removed too early is named', () => {
  const old = vault.seal('token', place)
  assert.throws(
    () => createVault([sealKey('k2')]).open(old, place),
    (error) =>
      isFailure(error, 'CONFIG_INVALID') &&
      error.reason === 'SEAL_KEY_MISSING' &&
      error.params?.['place'] === 'authorizers/wx1/refreshToken',
  )
  // The same name with other bytes opens nothing either.
  const impostor = createVault([{ id: 'k1', secret: sealKey('other').secret }])
  assert.throws(
    () => impostor.open(old, place),
    (error) => isFailure(error, 'INTERNAL'),
  )
})

test('signatures of every key verify, for their purpose only', () => {
  const changed = createVault([sealKey('k2'), sealKey('k1')])
  const signature = vault.sign('state', 'abc')
  assert.equal(changed.verify('state', 'abc', signature), true)
  assert.equal(vault.verify('state', 'abc', changed.sign('state', 'abc')), false)
  const forged = [
    ['invite', 'abc', signature],
    ['state', 'abd', signature],
    ['state', 'abc', signature.slice(1)],
    ['state', 'abc', ''],
    ['state', 'abc', '€'],
  ] as const
  for (const [purpose, message, given] of forged) assert.equal(changed.verify(purpose, message, given), false)
})
