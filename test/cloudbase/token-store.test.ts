import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createTokenStore } from '../../shared/cloudbase/token-store.ts'
import { isFailure } from '../../shared/errors.ts'
import { openStores } from './open-stores.ts'

test('a database that takes rows and finds none of them ends a timer instead of keeping it busy', async (t) => {
  const { database, vault } = await openStores(t)
  let looks = 0
  const blind = createTokenStore(
    {
      ...database,
      updateAndReturn: () => {
        looks += 1
        return Promise.resolve(undefined)
      },
    },
    vault,
  )
  await assert.rejects(blind.tick('sweptAt'), (error) => isFailure(error, 'STORAGE_UNAVAILABLE'))
  assert.equal(looks, 2)
})
