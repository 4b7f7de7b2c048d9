import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { startPlatform, type LocalPlatform } from '../fixtures/platform.ts'
import { authorizedMerchant, makeRolloutsDue } from '../fixtures/shop.ts'

let platform: LocalPlatform
before(async () => {
  platform = await startPlatform({ wechat: { codeScanSeconds: 0 } })
  await platform.wechat.control.createTemplate({ userVersion: '2.0.0', userDesc: '新版' })
})
after(() => platform.close())

async function authorizeMany(count: number): Promise<string[]> {
  const appids: string[] = []
  for (let index = 0; index < count; index++) appids.push(await authorizedMerchant(platform))
  return appids
}

const templateId = 1
const runQueue = () => platform.host.fireTimer('processQueue')

/** Moves the database's due times to now, as if the minute had passed. */
const passTime = async () => {
  await makeRolloutsDue(platform)
}

test('thirty merchants get a version in three waves and it is released by itself', async () => {
  const appids = await authorizeMany(30)
  const created = await platform.tell('rollouts.create', {
    name: '二版',
    templateId,
    version: '2.0.0',
    description: '新版',
    appids,
    waves: [10, 50, 100],
    autoRelease: true,
  })
  const rolloutId = created['rolloutId']
  assert.equal(created['state'], 'running')
  assert.equal(created['wave'], 1)

  await runQueue()
  let rollout = await platform.tell('rollouts.get', { rolloutId })
  assert.deepEqual(pick(rollout['counts'], 'auditing', 'pending'), { auditing: 3, pending: 27 })

  for (const wave of [3, 15, 30]) {
    const items = await platform.tell('rollouts.items', { rolloutId, state: 'auditing', limit: 100 })
    for (const item of Object(items)['items']) await platform.wechat.control.passAudit(item.appid)
    await platform.wechat.control.settle()
    await passTime()
    await runQueue()
    await passTime()
    await runQueue()
    rollout = await platform.tell('rollouts.get', { rolloutId })
    assert.equal(Object(rollout['counts'])['released'], wave)
  }
  assert.equal(rollout['state'], 'completed')
  assert.equal(rollout['progress'], 1)
  assert.equal(rollout['wave'], 3)

  const calls = await platform.wechat.control.callCounts()
  assert.deepEqual(pick(calls, '/wxa/commit', '/wxa/submit_audit', '/wxa/release'), {
    '/wxa/commit': 30,
    '/wxa/submit_audit': 30,
    '/wxa/release': 30,
  })
})

test('a broken, a rejected and a withdrawn merchant do not hold up the others; a fix is retried', async () => {
  const appids = await authorizeMany(6)
  const [broken = '', rejected = '', gone = ''] = appids
  await platform.wechat.control.unauthorize(gone)
  await platform.wechat.control.settle()
  await platform.wechat.control.addFault({ path: '/wxa/commit', appid: broken, errcode: 85043, times: 1 })
  const { rolloutId } = await platform.tell('rollouts.create', {
    name: '三版',
    templateId,
    version: '3.0.0',
    description: '新版',
    appids: [...appids, 'wx00000000000000ff'],
  })
  await runQueue()
  let items = await itemsOf(rolloutId)
  assert.equal(items[broken]?.state, 'failed')
  assert.equal(items[broken]?.problem.code, 'WECHAT_REFUSED')
  assert.equal(items[gone]?.state, 'skipped')
  assert.equal(items[gone]?.problem.code, 'AUTHORIZATION_WITHDRAWN')
  assert.equal(items['wx00000000000000ff']?.state, 'skipped')
  assert.equal(items[rejected]?.state, 'auditing')

  for (const appid of appids.slice(1))
    if (appid === rejected) await platform.wechat.control.rejectAudit({ appid, reason: '1:缺少隐私说明<br>请补充' })
    else if (appid !== gone) await platform.wechat.control.passAudit(appid)
  await platform.wechat.control.settle()
  await passTime()
  await runQueue()
  let rollout = await platform.tell('rollouts.get', { rolloutId })
  assert.deepEqual(pick(rollout['counts'], 'approved', 'rejected', 'failed', 'skipped'), {
    approved: 3,
    rejected: 1,
    failed: 1,
    skipped: 2,
  })
  assert.equal(rollout['state'], 'awaitingRelease')
  items = await itemsOf(rolloutId)
  assert.equal(items[rejected]?.problem.message, '审核被驳回：「1:缺少隐私说明\n请补充」')

  await platform.tell('rollouts.release', { rolloutId })
  await runQueue()
  rollout = await platform.tell('rollouts.get', { rolloutId })
  assert.equal(Object(rollout['counts']).released, 3)
  assert.equal(rollout['state'], 'completed')

  await platform.wechat.control.resetCalls()
  await platform.tell('rollouts.retry', { rolloutId, states: ['failed', 'rejected'] })
  await runQueue()
  items = await itemsOf(rolloutId)
  assert.equal(items[broken]?.state, 'auditing')
  assert.equal(items[rejected]?.state, 'auditing')
  assert.deepEqual(pick(await platform.wechat.control.callCounts(), '/wxa/commit', '/wxa/submit_audit'), {
    '/wxa/commit': 1,
    '/wxa/submit_audit': 2,
  })

  await platform.tell('rollouts.rollback', { rolloutId })
  await passTime()
  await runQueue()
  rollout = await platform.tell('rollouts.get', { rolloutId })
  // It was the first version of each: there is none to go back to, so it stays with the users.
  assert.equal(Object(rollout['counts']).released, 3)
})

test('quota that ends is waited for; the reserve is kept; nothing is committed twice', async () => {
  const appids = await authorizeMany(5)
  const { rest } = await platform.tell('releases.quota', { appid: appids[0] })
  await platform.wechat.control.resetCalls()
  const { rolloutId } = await platform.tell('rollouts.create', {
    name: '四版',
    templateId,
    version: '4.0.0',
    description: '新版',
    appids,
    quotaReserve: Number(rest) - 2,
  })
  await runQueue()
  await passTime()
  await runQueue()
  let rollout = await platform.tell('rollouts.get', { rolloutId })
  assert.deepEqual(pick(rollout['counts'], 'auditing', 'committed'), { auditing: 2, committed: 3 })
  for (const [appid, item] of Object.entries(await itemsOf(rolloutId)))
    if (item.state === 'auditing') await platform.wechat.control.passAudit(appid)
  await platform.wechat.control.settle()
  await passTime()
  await runQueue()
  rollout = await platform.tell('rollouts.get', { rolloutId })
  assert.equal(rollout['state'], 'waitingForQuota')

  await platform.wechat.control.changeSettings({ auditQuota: 2000 })
  await passTime()
  await runQueue()
  rollout = await platform.tell('rollouts.get', { rolloutId })
  assert.deepEqual(pick(rollout['counts'], 'auditing', 'committed', 'approved'), {
    auditing: 3,
    committed: 0,
    approved: 2,
  })
  assert.deepEqual(pick(await platform.wechat.control.callCounts(), '/wxa/commit', '/wxa/submit_audit'), {
    '/wxa/commit': 5,
    '/wxa/submit_audit': 5,
  })
})

test('too many failures pause a rollout by itself; a pause by hand starts nothing new; cancel ends it', async () => {
  const appids = await authorizeMany(4)
  await platform.wechat.control.addFault({ path: '/wxa/commit', appid: appids[0], errcode: 85043, times: 1 })
  const { rolloutId } = await platform.tell('rollouts.create', {
    name: '五版',
    templateId,
    version: '5.0.0',
    description: '新版',
    appids,
    waves: [25, 100],
    maxFailures: 0,
  })
  await runQueue()
  const rollout = await platform.tell('rollouts.get', { rolloutId })
  assert.equal(rollout['state'], 'paused')
  assert.equal(Object(rollout['problem']).code, 'ROLLOUT_PAUSED')
  assert.equal(Object(rollout['counts']).pending, 3)

  await passTime()
  await runQueue()
  assert.equal(Object((await platform.tell('rollouts.get', { rolloutId }))['counts']).pending, 3)
  assert.equal((await platform.tell('rollouts.cancel', { rolloutId }))['state'], 'cancelled')
  const late = await platform.ask('rollouts.resume', { rolloutId })
  assert.equal(late.ok ? '' : late.error.code, 'CONFLICT')
})

test('three processors at every tick do the same as one', async () => {
  const appids = await authorizeMany(8)
  await platform.wechat.control.resetCalls()
  const { rolloutId } = await platform.tell('rollouts.create', {
    name: '六版',
    templateId,
    version: '6.0.0',
    description: '新版',
    appids,
    waves: [50, 100],
    autoRelease: true,
  })
  let state: unknown
  for (let tick = 0; tick < 12 && state !== 'completed'; tick++) {
    await Promise.all([runQueue(), runQueue(), runQueue()])
    for (const appid of appids) await Promise.resolve(platform.wechat.control.passAudit(appid)).catch(() => undefined)
    await platform.wechat.control.settle()
    await passTime()
    state = (await platform.tell('rollouts.get', { rolloutId }))['state']
  }
  assert.equal(state, 'completed')
  const taken = (await platform.wechat.control.calls()).filter(({ errcode }) => errcode === 0)
  for (const path of ['/wxa/commit', '/wxa/submit_audit', '/wxa/release'])
    assert.deepEqual(
      taken.flatMap((call) => (call.path === path ? String(call.appid) : [])).toSorted(),
      appids.toSorted(),
    )
})

test('thirty merchants, three waves: one broken, one rejected, one that leaves half-way, and the quota ends in wave 2', async () => {
  const { control } = platform.wechat
  const appids = await authorizeMany(30)
  const [broken = '', rejected = '', leaving = ''] = appids
  await control.addFault({ path: '/wxa/commit', appid: broken, errcode: 85043, times: 1 })
  const { rest } = await platform.tell('releases.quota', { appid: rejected })
  await control.resetCalls()
  const { rolloutId } = await platform.tell('rollouts.create', {
    name: '八版',
    templateId,
    version: '8.0.0',
    description: '新版',
    appids,
    waves: [10, 50, 100],
    autoRelease: true,
    quotaReserve: Number(rest) - 9,
  })
  const tick = async (): Promise<Readonly<Record<string, unknown>>> => {
    await runQueue()
    for (const { appid } of Object.values(await itemsOf(rolloutId, 'auditing')))
      if (appid === rejected) await control.rejectAudit({ appid, reason: '1:缺少隐私说明' })
      else if (appid !== leaving) await control.passAudit(appid)
    await control.settle()
    await passTime()
    return platform.tell('rollouts.get', { rolloutId })
  }
  await tick()
  await control.unauthorize(leaving)
  await control.settle()
  let rollout = await tick()
  for (let minute = 0; minute < 6 && rollout['state'] !== 'waitingForQuota'; minute++) rollout = await tick()
  assert.equal(rollout['state'], 'waitingForQuota')
  assert.equal(rollout['wave'], 2)
  assert.deepEqual(pick(rollout['counts'], 'released', 'committed', 'failed', 'rejected', 'pending'), {
    released: 7,
    committed: 5,
    failed: 2,
    rejected: 1,
    pending: 15,
  })
  const items = await itemsOf(rolloutId)
  assert.equal(items[broken]?.problem.code, 'WECHAT_REFUSED')
  assert.equal(items[leaving]?.problem.code, 'AUTHORIZATION_WITHDRAWN')
  assert.equal(items[rejected]?.problem.code, 'REJECTED')

  await control.changeSettings({ auditQuota: 5000 })
  for (let minute = 0; minute < 10 && rollout['state'] !== 'completed'; minute++) rollout = await tick()
  assert.deepEqual([rollout['state'], rollout['wave'], rollout['progress']], ['completed', 3, 1])
  assert.deepEqual(pick(rollout['counts'], 'released', 'failed', 'rejected'), { released: 27, failed: 2, rejected: 1 })
  assert.deepEqual(pick(await control.callCounts(), '/wxa/submit_audit', '/wxa/release'), {
    '/wxa/submit_audit': 29,
    '/wxa/release': 27,
  })
})

test('new merchants get their domains and privacy guideline first, where they differ; who lacks a category is skipped', async () => {
  const [appid = '', without = ''] = await authorizeMany(2)
  const { control } = platform.wechat
  await control.addFault({ path: '/wxa/get_category', appid: without, body: '{"errcode":0,"category_list":[]}' })
  await platform.tell('platform.setServerDomains', { action: 'add', domains: ['api.example.cn'] })
  await control.resetCalls()
  const setup = {
    serverDomains: { requestDomains: ['https://api.example.cn'] },
    privacy: {
      ownerSetting: { contact_email: 'a@example.cn', notice_method: '弹窗' },
      settingList: [{ privacy_key: 'UserInfo', privacy_text: '展示头像' }],
    },
  }
  const input = { name: '七版', templateId, version: '7.0.0', description: '新版', appids: [appid, without], setup }
  const { rolloutId } = await platform.tell('rollouts.create', input)
  await runQueue()
  const items = await itemsOf(rolloutId)
  assert.equal(items[appid]?.state, 'auditing')
  assert.equal(items[without]?.state, 'skipped')
  assert.equal(items[without]?.problem.code, 'CATEGORY_MISSING')
  const levels = await platform.tell('miniprograms.setServerDomains', { appid, action: 'get' })
  assert.match(JSON.stringify(levels), /https:\/\/api\.example\.cn/)
  const calls = (await control.calls()).filter((call) => call.appid === appid).map((call) => call.path)
  assert.ok(calls.indexOf('/wxa/modify_domain') < calls.indexOf('/wxa/commit'))
  assert.equal(calls.filter((path) => path === '/cgi-bin/component/setprivacysetting').length, 1)
  await control.clearFaults()
})

interface Item {
  readonly appid: string
  readonly state: string
  readonly problem: { readonly code: string; readonly message: string }
}

async function itemsOf(rolloutId: unknown, state?: string): Promise<Record<string, Item>> {
  const { items } = await platform.tell('rollouts.items', { rolloutId, state, limit: 100 })
  const list: readonly Item[] = Object(items)
  return Object.fromEntries(list.map((item) => [item.appid, item]))
}

const pick = (found: unknown, ...names: string[]): Record<string, unknown> =>
  Object.fromEntries(names.map((name) => [name, Object(found)[name]]))
