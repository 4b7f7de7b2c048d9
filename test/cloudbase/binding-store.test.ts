import assert from 'node:assert/strict'
import { test, type TestContext } from 'node:test'
import { createAccountStore } from '../../shared/cloudbase/account-store.ts'
import { createAuthorizerStore } from '../../shared/cloudbase/authorizer-store.ts'
import { createBindingStore } from '../../shared/cloudbase/binding-store.ts'
import type { BindRequest } from '../../shared/domain/stores/bindings.ts'
import { after, epochMs } from '../../shared/time.ts'
import { openStores, tell, times } from './open-stores.ts'

const now = epochMs(Date.parse('2026-03-01T00:00:00Z'))
const dayLater = after(now, 86_400_000)

async function openShop(t: TestContext, appids: Record<string, 'active' | 'revoked' | 'reauthorize'>) {
  const opened = await openStores(t)
  const { database } = opened
  for (const [appid, status] of Object.entries(appids))
    await database.insert('authorizers', { _id: appid, status, fence: 1, businessId: null })
  const bindings = createBindingStore(database)
  const authorizers = createAuthorizerStore(database, opened.vault)
  const accounts = createAccountStore(database, opened.vault)
  const look = (businessId: string, appid: string) =>
    accounts.load({ businessId, appid }, 'authorizer', 'bindings', 'invite', 'page')
  const tie = async (
    businessId: string,
    appid: string,
    { replace = false, accountType = 'miniprogram' }: Partial<Pick<BindRequest, 'replace' | 'accountType'>> = {},
  ) => {
    const request = { businessId, appid, accountType, replace, now }
    for (;;) {
      const result = await bindings.bind(await look(businessId, appid), request, tell)
      if (result) return result
    }
  }
  return {
    ...opened,
    bindings,
    look,
    tie,
    /** While nobody else writes, what it answers of both documents is what is stored. */
    bind: async (...[businessId, appid, more = {}]: Parameters<typeof tie>) => {
      const { accountType = 'miniprogram' } = more
      const result = await tie(businessId, appid, more)
      if (result.kind !== 'bound') return result
      const { binding, authorizer, hadConflict: _, ...rest } = result
      const stored = (await bindings.ofBusiness(businessId)).find((one) => one.accountType === accountType)
      assert.deepEqual([binding, authorizer], [stored, await authorizers.find(appid)])
      return rest
    },
    /** Who belongs to whom, seen from both ends. */
    pairs: async () => {
      const rows = await database.find('bindings', { appid: { gt: '' } }, { orderBy: [['_id', 'asc']] })
      const owners = await database.find('authorizers', { businessId: { gt: '' } }, { orderBy: [['_id', 'asc']] })
      return {
        bindings: rows.map((row) => `${row._id} ${String(row['appid'])} ${String(row['status'])}`),
        authorizers: owners.map((row) => `${row._id} ${String(row['businessId'])}`),
      }
    },
  }
}

test('an authorizer belongs to one business, a business has one authorizer of a type', async (t) => {
  const { bind, pairs, bindings } = await openShop(t, { wx1: 'active', wx2: 'active', wx3: 'active' })
  assert.deepEqual(await bind('shop-1', 'wx1'), { kind: 'bound', changed: true, written: true })
  assert.deepEqual(await bind('shop-1', 'wx1'), { kind: 'bound', changed: false, written: false })
  assert.deepEqual(await bind('shop-2', 'wx1'), { kind: 'authorizerTaken', businessId: 'shop-1' })
  assert.deepEqual(await bind('shop-1', 'wx2'), { kind: 'businessTaken', appid: 'wx1' })
  assert.deepEqual(await bind('shop-1', 'wx9'), { kind: 'noAuthorizer' })
  assert.deepEqual(await bind('shop-1', 'wx3', { accountType: 'official' }), {
    kind: 'bound',
    changed: true,
    written: true,
  })
  assert.deepEqual(await pairs(), {
    bindings: ['miniprogram:shop-1 wx1 bound', 'official:shop-1 wx3 bound'],
    authorizers: ['wx1 shop-1', 'wx3 shop-1'],
  })
  assert.equal((await bindings.ofAuthorizer('wx3'))?.accountType, 'official')
  assert.deepEqual(new Set((await bindings.ofBusiness('shop-1')).map(({ appid }) => appid)), new Set(['wx1', 'wx3']))
})

test('taking over has to be asked for, and leaves nothing behind', async (t) => {
  const { bind, pairs } = await openShop(t, { wx1: 'active', wx2: 'reauthorize', wx3: 'active' })
  await bind('shop-1', 'wx1')
  await bind('shop-2', 'wx2')
  assert.deepEqual(await bind('shop-2', 'wx1', { replace: true }), {
    kind: 'bound',
    changed: true,
    written: true,
    takenFrom: 'shop-1',
  })
  assert.deepEqual(await pairs(), { bindings: ['miniprogram:shop-2 wx1 bound'], authorizers: ['wx1 shop-2'] })
  assert.deepEqual(await bind('shop-1', 'wx2'), { kind: 'bound', changed: true, written: true })
})

test('an authorizer that withdrew does not stand in the way of another', async (t) => {
  const { bind, pairs, database, vault } = await openShop(t, { wx1: 'active', wx2: 'active' })
  await bind('shop-1', 'wx1')
  assert.equal(await createAuthorizerStore(database, vault).revoke('wx1', 100, tell), true)
  assert.deepEqual((await pairs()).bindings, ['miniprogram:shop-1 wx1 revoked'])
  assert.deepEqual(await bind('shop-1', 'wx2'), { kind: 'bound', changed: true, written: true })
  assert.deepEqual(await pairs(), { bindings: ['miniprogram:shop-1 wx2 bound'], authorizers: ['wx2 shop-1'] })
})

test('an account that turns out to be of the other type keeps one binding', async (t) => {
  const { bind, pairs } = await openShop(t, { wx1: 'active' })
  await bind('shop-1', 'wx1')
  assert.deepEqual(await bind('shop-1', 'wx1', { accountType: 'official' }), {
    kind: 'bound',
    changed: true,
    written: true,
  })
  assert.deepEqual(await pairs(), { bindings: ['official:shop-1 wx1 bound'], authorizers: ['wx1 shop-1'] })
})

test('whoever decided over what has changed since writes nothing', async (t) => {
  const { tie, look, bindings, pairs } = await openShop(t, { wx1: 'active', wx2: 'active' })
  const request = { accountType: 'miniprogram', replace: true, now } as const
  const [free, taken] = [await look('shop-1', 'wx1'), await look('shop-1', 'wx2')]
  await tie('shop-2', 'wx1')
  assert.equal(await bindings.bind(free, { ...request, businessId: 'shop-1', appid: 'wx1' }, tell), undefined)
  await tie('shop-1', 'wx1', { replace: true })
  assert.equal(await bindings.bind(taken, { ...request, businessId: 'shop-1', appid: 'wx2' }, tell), undefined)
  assert.deepEqual(await pairs(), { bindings: ['miniprogram:shop-1 wx1 bound'], authorizers: ['wx1 shop-1'] })
})

test('ten businesses want one authorizer at once: one gets it', async (t) => {
  const { tie, pairs } = await openShop(t, { wx1: 'active' })
  const results = await Promise.all(times(10).map((n) => tie(`shop-${n}`, 'wx1')))
  const winners = results.flatMap((result, n) => (result.kind === 'bound' ? [`shop-${n}`] : []))
  assert.equal(winners.length, 1)
  const [winner = ''] = winners
  assert.ok(
    results.every(
      (result) => result.kind === 'bound' || (result.kind === 'authorizerTaken' && result.businessId === winner),
    ),
  )
  assert.deepEqual(await pairs(), { bindings: [`miniprogram:${winner} wx1 bound`], authorizers: [`wx1 ${winner}`] })
})

test('fifty ties and takeovers of five businesses and five authorizers leave pairs only', async (t) => {
  const { tie, pairs } = await openShop(t, Object.fromEntries(times(5).map((n) => [`wx${n}`, 'active'])))
  await Promise.all(
    times(50).map((n) => tie(`shop-${n % 5}`, `wx${(n * 3 + Math.floor(n / 5)) % 5}`, { replace: n % 2 === 0 })),
  )
  const { bindings, authorizers } = await pairs()
  const fromBindings = bindings.map((line) => line.replace(/^miniprogram:(\S+) (\S+) bound$/, '$2 $1'))
  assert.deepEqual(fromBindings.toSorted(), authorizers.toSorted())
  assert.equal(new Set(authorizers.map((line) => line.split(' ')[1])).size, authorizers.length)
})

test('links that are open, over, and used', async (t) => {
  const { bind, bindings } = await openShop(t, { wx1: 'active', wx2: 'active' })
  await bindings.openPending('shop-1', 'miniprogram', { city: '成都', __proto__: 'x', 'a.b': '$c' }, dayLater)
  await bindings.openPending('shop-2', 'any', {}, dayLater)
  await bindings.openPending('shop-3', 'any', {}, dayLater)
  await bind('shop-4', 'wx2')
  await bindings.openPending('shop-4', 'miniprogram', { city: '北京' }, dayLater)
  const statuses = async (at = now, status?: 'pending' | 'none' | 'bound') =>
    (await bindings.list({ status }, { limit: 10 }, at)).items.map(
      (item) => `${item.accountType}:${item.businessId} ${item.status}`,
    )

  assert.deepEqual(await statuses(now, 'pending'), [
    'any:shop-2 pending',
    'any:shop-3 pending',
    'miniprogram:shop-1 pending',
  ])
  assert.deepEqual(await statuses(dayLater, 'pending'), [])
  assert.deepEqual(await statuses(dayLater, 'none'), ['any:shop-2 none', 'any:shop-3 none', 'miniprogram:shop-1 none'])
  assert.deepEqual(await statuses(now, 'bound'), ['miniprogram:shop-4 bound'])

  await bind('shop-2', 'wx1')
  assert.deepEqual(await statuses(), [
    'any:shop-2 none',
    'any:shop-3 pending',
    'miniprogram:shop-1 pending',
    'miniprogram:shop-2 bound',
    'miniprogram:shop-4 bound',
  ])
  const [pending] = await bindings.ofBusiness('shop-1')
  assert.deepEqual(pending?.attributes, { city: '成都', 'a.b': '$c' })
  assert.deepEqual((await bindings.ofAuthorizer('wx2'))?.attributes, {})
})

test('unbinding clears both ends, once', async (t) => {
  const { bind, bindings, pairs } = await openShop(t, { wx1: 'active' })
  await bind('shop-1', 'wx1')
  assert.equal(
    await bindings.unbind('shop-1', 'miniprogram', { appid: 'wx2', runId: 'run-1', who: 'openid:o-1', now }),
    false,
  )
  assert.equal(
    await bindings.unbind('shop-1', 'miniprogram', { appid: 'wx1', runId: 'run-1', who: 'openid:o-1', now }),
    true,
  )
  assert.equal(
    await bindings.unbind('shop-1', 'miniprogram', { appid: 'wx1', runId: 'run-1', who: 'openid:o-1', now }),
    false,
  )
  assert.deepEqual(await pairs(), { bindings: [], authorizers: [] })
  assert.equal((await bindings.ofBusiness('shop-1'))[0]?.status, 'none')
})
