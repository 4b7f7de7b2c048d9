import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { startPlatform, type LocalPlatform } from '../fixtures/platform.ts'
import { authorizedMerchant, callsOf, endAttempts, makeRolloutsDue, makeTemplate, refusalOf } from '../fixtures/shop.ts'

/* What becomes of a rollout's merchants at the reviewers', and by other hands. */

let platform: LocalPlatform
let templateId = 0
before(async () => {
  platform = await startPlatform()
  templateId = await makeTemplate(platform)
})
after(() => platform.close())

async function authorizeMany(count: number): Promise<string[]> {
  const appids: string[] = []
  for (let index = 0; index < count; index++) appids.push(await authorizedMerchant(platform))
  return appids
}

const create = (version: string, appids: readonly string[], more: object = {}) =>
  platform.tell('rollouts.create', { name: version, templateId, version, description: '新版', appids, ...more })

const get = (rolloutId: unknown) => platform.tell('rollouts.get', { rolloutId })

/** One run of the timer, after whose minute everything that waits is due. */
async function tick(): Promise<void> {
  await platform.wechat.control.settle()
  await platform.host.fireTimer('processQueue')
  await makeRolloutsDue(platform)
}

interface Item {
  readonly appid: string
  readonly state: string
  readonly releaseId?: string
  readonly problem?: { readonly code: string; readonly message: string; readonly hint: string }
}

async function itemsOf(rolloutId: unknown, filter: object = {}): Promise<readonly Item[]> {
  return Object((await platform.tell('rollouts.items', { rolloutId, limit: 100, ...filter }))['items'])
}

const statesOf = async (rolloutId: unknown): Promise<Record<string, string>> =>
  Object.fromEntries((await itemsOf(rolloutId)).map(({ appid, state }) => [appid, state]))

test('the rejected are grouped by reason; a fix sends one group again, without another commit', async () => {
  const { control } = platform.wechat
  const appids = await authorizeMany(6)
  const [a = '', b = '', c = '', d = '', e = '', good = ''] = appids
  const { rolloutId } = await create('1.0.0', appids)
  await tick()
  const reasons: readonly (readonly [appid: string, reason: string])[] = [
    [a, '1:你好，小程序服务类目不符:<br>(1):请补充类目<br>'],
    [b, '1、你好，小程序服务类目不符:<br/>（2）请补充类目'],
    [c, '你好，小程序服务类目不符: <p>请补充类目</p>'],
    [d, '1:缺少隐私说明'],
    [e, ''],
  ]
  for (const [appid, reason] of reasons) await control.rejectAudit({ appid, reason })
  await control.passAudit(good)
  await tick()

  const { items: groups } = await platform.tell('rollouts.rejections', { rolloutId })
  const [first, ...others] = Object(groups)
  assert.deepEqual(
    [first.reason, first.count, first.appids.toSorted()],
    ['你好，小程序服务类目不符:请补充类目', 3, [a, b, c].toSorted()],
  )
  const single = others.map((group: { appids: string[] }) => group.appids.join())
  assert.deepEqual(new Set(single), new Set([d, e]))
  const members = await itemsOf(rolloutId, { reason: first.reason })
  assert.deepEqual(members.map(({ appid }) => appid).toSorted(), [a, b, c].toSorted())
  assert.deepEqual(await itemsOf(rolloutId, { reason: first.reason, state: 'failed' }), [])

  await control.resetCalls()
  await platform.tell('rollouts.retry', { rolloutId, reason: first.reason })
  await tick()
  const states = await statesOf(rolloutId)
  assert.deepEqual(
    [a, b, c, d, e, good].map((appid) => states[appid]),
    'auditing auditing auditing rejected rejected approved'.split(' '),
  )
  const calls = await callsOf(platform)
  assert.deepEqual([calls['/wxa/commit'], calls['/wxa/submit_audit']], [undefined, 3])
})

test('single merchants are left out, and begun again; pictures of the reviewers stand with their reason', async () => {
  const { control } = platform.wechat
  const appids = await authorizeMany(4)
  const [a = '', b = '', c = '', d = ''] = appids
  const { rolloutId } = await create('1.1.0', appids)
  await platform.tell('rollouts.skip', { rolloutId, appids: [a] })
  await tick()
  await control.rejectAudit({ appid: b, reason: '截图为证', screenshots: ['pic-1', 'pic-2'] })
  await control.rejectAudit({ appid: c, reason: '截图为证', screenshots: ['pic-2'] })
  await tick()
  assert.deepEqual(await statesOf(rolloutId), { [a]: 'skipped', [b]: 'rejected', [c]: 'rejected', [d]: 'auditing' })
  const [skipped] = await itemsOf(rolloutId, { state: 'skipped' })
  assert.equal(skipped?.problem?.code, 'SKIPPED_BY_HAND')
  const { items } = await platform.tell('rollouts.rejections', { rolloutId })
  assert.deepEqual(
    Object(items).map((group: { appids: string[]; screenshots: string[] }) => ({
      ...group,
      appids: group.appids.toSorted(),
      screenshots: group.screenshots.toSorted(),
    })),
    [{ reason: '截图为证', count: 2, appids: [b, c].toSorted(), screenshots: ['pic-1', 'pic-2'] }],
  )
  await platform.tell('rollouts.skip', { rolloutId, appids: [b, d] })
  await tick()
  assert.deepEqual(await statesOf(rolloutId), { [a]: 'skipped', [b]: 'rejected', [c]: 'rejected', [d]: 'skipped' })
  await platform.tell('rollouts.retry', { rolloutId, appids: [a, c] })
  await tick()
  assert.deepEqual(await statesOf(rolloutId), { [a]: 'auditing', [b]: 'rejected', [c]: 'auditing', [d]: 'skipped' })
})

test('what was approved or is under review by hand is taken over: no quota is spent on it again', async () => {
  const { control } = platform.wechat
  const [approved = '', reviewed = '', fresh = ''] = await authorizeMany(3)
  for (const appid of [approved, reviewed]) {
    await platform.tell('releases.commit', { appid, templateId, version: '2.0.0', description: '新版' })
    await platform.tell('releases.submit', { appid })
  }
  await control.passAudit(approved)
  await control.settle()
  await control.resetCalls()
  const { rolloutId } = await create('2.0.0', [approved, reviewed, fresh])
  await tick()
  assert.deepEqual(await statesOf(rolloutId), { [approved]: 'approved', [reviewed]: 'auditing', [fresh]: 'auditing' })
  const calls = await callsOf(platform)
  assert.deepEqual([calls['/wxa/commit'], calls['/wxa/submit_audit']], [1, 1])

  // While this rollout runs, another leaves its merchants alone; once it is over, they are its own.
  const again = await create('2.0.0', [reviewed])
  await tick()
  const [blocked] = await itemsOf(again['rolloutId'])
  assert.deepEqual([blocked?.state, blocked?.problem?.code], ['skipped', 'OTHER_ROLLOUT'])
  await platform.tell('rollouts.cancel', { rolloutId })
  await platform.tell('rollouts.retry', { rolloutId: again['rolloutId'] })
  await control.passAudit(reviewed)
  await tick()
  await tick()
  assert.deepEqual(await statesOf(again['rolloutId']), { [reviewed]: 'approved' })
  await platform.tell('rollouts.release', { rolloutId: again['rolloutId'] })
  await tick()
  assert.equal((await get(again['rolloutId']))['state'], 'completed')

  const live = await create('2.0.0', [reviewed])
  await tick()
  const [item] = await itemsOf(live['rolloutId'])
  assert.deepEqual([item?.state, item?.problem?.code], ['skipped', 'ALREADY_LIVE'])
  assert.equal((await get(live['rolloutId']))['state'], 'completed')
  assert.deepEqual((await callsOf(platform))['/wxa/submit_audit'], 1)
})

test('what the code needs and a merchant lacks is seen before quota is spent, and sent on after the cure without another commit', async () => {
  const { control } = platform.wechat
  const privateTemplate = await makeTemplate(platform, { privacyKeys: ['PhoneNumber'] })
  const [ready = '', lacking = ''] = await authorizeMany(2)
  const guideline = {
    ownerSetting: { contact_email: 'a@example.cn', notice_method: '弹窗' },
    settingList: [{ privacy_key: 'PhoneNumber', privacy_text: '登录' }],
  }
  await platform.tell('miniprograms.setPrivacy', { appid: ready, version: 2, ...guideline })
  await control.resetCalls()
  const { rolloutId } = await create('3.0.0', [ready, lacking], { templateId: privateTemplate })
  await tick()
  const [, item] = await itemsOf(rolloutId)
  assert.deepEqual([item?.state, item?.problem?.code], ['skipped', 'PRIVACY_INCOMPLETE'])
  assert.match(item?.problem?.message ?? '', /PhoneNumber/)
  assert.match(item?.problem?.hint ?? '', /miniprograms\.setPrivacy/)
  assert.equal((await callsOf(platform))['/wxa/submit_audit'], 1)

  await platform.tell('miniprograms.setPrivacy', { appid: lacking, version: 2, ...guideline })
  await platform.tell('rollouts.retry', { rolloutId, states: ['skipped'] })
  await tick()
  assert.deepEqual(await statesOf(rolloutId), { [ready]: 'auditing', [lacking]: 'auditing' })
  const calls = await callsOf(platform)
  assert.deepEqual([calls['/wxa/commit'], calls['/wxa/submit_audit']], [2, 2])
})

test('a scan of a minute is waited for by asking one account; nothing is submitted in vain', async () => {
  const { control } = platform.wechat
  await control.changeSettings({ codeScanSeconds: 60 })
  const appids = await authorizeMany(5)
  await control.resetCalls()
  const { rolloutId } = await create('4.0.0', appids)
  await tick()
  let calls = await callsOf(platform)
  assert.deepEqual(
    [calls['/wxa/commit'], calls['/wxa/submit_audit'], calls['/wxa/security/get_code_privacy_info']],
    [5, undefined, 1],
  )
  assert.equal(Object((await get(rolloutId))['counts']).committed, 5)
  await control.advanceTime({ seconds: 61 })
  await tick()
  calls = await callsOf(platform)
  assert.deepEqual([calls['/wxa/commit'], calls['/wxa/submit_audit']], [5, 5])
  assert.equal(Object((await get(rolloutId))['counts']).auditing, 5)
  await control.changeSettings({ codeScanSeconds: 0 })
})

test('what operators and merchants do meanwhile shows; a version committed by hand ends an item, not the rollout', async () => {
  const { control } = platform.wechat
  const [byHand = '', withdrawn = '', replaced = '', approved = ''] = await authorizeMany(4)
  const { rolloutId } = await create('5.0.0', [byHand, withdrawn, replaced, approved], { autoSubmit: false })
  await tick()
  assert.equal((await get(rolloutId))['state'], 'awaitingRelease')
  for (const appid of [byHand, withdrawn, approved]) await platform.tell('releases.submit', { appid })
  await platform.tell('releases.commit', { appid: replaced, templateId, version: '5.0.1', description: '修复' })
  await tick()
  assert.deepEqual(await statesOf(rolloutId), {
    [byHand]: 'auditing',
    [withdrawn]: 'auditing',
    [replaced]: 'failed',
    [approved]: 'auditing',
  })
  await control.passAudit(byHand)
  await control.passAudit(approved)
  await platform.tell('releases.withdraw', { appid: withdrawn })
  await tick()
  await platform.tell('releases.release', { appid: byHand })
  await tick()
  assert.deepEqual(await statesOf(rolloutId), {
    [byHand]: 'released',
    [withdrawn]: 'withdrawn',
    [replaced]: 'failed',
    [approved]: 'approved',
  })
  assert.equal((await get(rolloutId))['state'], 'awaitingRelease')
  const items = await itemsOf(rolloutId)
  assert.ok(items.every(({ releaseId }) => /^wx\w+-\d+$/.test(releaseId ?? '')))
})

test('after a pause for its failures an operator may go on: those are accepted, the next one pauses it again', async () => {
  const { control } = platform.wechat
  const appids = await authorizeMany(6)
  const [first = '', , third = ''] = appids
  for (const appid of [first, third]) await control.addFault({ path: '/wxa/commit', appid, errcode: 85043, times: 1 })
  const { rolloutId } = await create('6.0.0', appids, { waves: [33, 66, 100], maxFailures: 0 })
  await tick()
  assert.equal((await get(rolloutId))['state'], 'paused')
  const problems = async () => Object((await platform.tell('platform.status'))['problems'])
  assert.equal((await problems()).filter(({ code }: { code: string }) => code === 'ROLLOUT_PAUSED').length, 1)
  await platform.tell('rollouts.resume', { rolloutId })
  assert.equal((await problems()).filter(({ code }: { code: string }) => code === 'ROLLOUT_PAUSED').length, 0)
  const passAudits = async () => {
    for (const appid of appids) await Promise.resolve(control.passAudit(appid)).catch(() => undefined)
  }
  let rollout = await get(rolloutId)
  for (let minute = 0; minute < 6 && rollout['state'] !== 'paused'; minute++) {
    await tick()
    await passAudits()
    rollout = await get(rolloutId)
  }
  assert.deepEqual([rollout['state'], Object(rollout['counts']).failed], ['paused', 2])
  await platform.tell('rollouts.retry', { rolloutId })
  for (let minute = 0; minute < 6; minute++) {
    await tick()
    await passAudits()
  }
  rollout = await get(rolloutId)
  assert.deepEqual([rollout['state'], Object(rollout['counts']).approved], ['awaitingRelease', 6])
})

test('a pause starts nothing new, and shows what the reviewers decide meanwhile; a reserve above the quota submits nothing', async () => {
  const { control } = platform.wechat
  const appids = await authorizeMany(2)
  const { rolloutId } = await create('6.5.0', appids, { autoRelease: true, quotaReserve: 100_000 })
  await tick()
  await tick()
  let rollout = await get(rolloutId)
  assert.deepEqual([rollout['state'], Object(rollout['counts']).committed], ['waitingForQuota', 2])

  const plenty = await create('6.6.0', appids, { autoRelease: true })
  await tick()
  await platform.tell('rollouts.pause', { rolloutId: plenty['rolloutId'] })
  for (const appid of appids) await control.passAudit(appid)
  await tick()
  rollout = await get(plenty['rolloutId'])
  assert.deepEqual([rollout['state'], Object(rollout['counts']).approved], ['paused', 2])
  await platform.tell('rollouts.resume', { rolloutId: plenty['rolloutId'] })
  await tick()
  assert.equal((await get(plenty['rolloutId']))['state'], 'completed')
  // Its committed version was replaced by the second one.
  rollout = await get(rolloutId)
  assert.deepEqual([rollout['state'], Object(rollout['counts']).failed], ['completed', 2])
})

test('WeChat took a submission and the database did not take its number: found again, never submitted twice', async () => {
  const { control } = platform.wechat
  const [inRollout = '', byHand = ''] = await authorizeMany(2)
  await control.resetCalls()
  const lost = (skip: number) => {
    const fault = { action: 'database.modifyAndReturnDoc', collection: 'releases', times: 1, skip } as const
    platform.host.database.faults.add({ ...fault, when: 'before', kind: 'code' })
  }
  const { rolloutId } = await create('8.0.0', [inRollout])
  lost(0)
  await tick()
  await platform.tell('releases.commit', { appid: byHand, templateId, version: '8.0.0', description: '新版' })
  // The intent is written, the outcome is not.
  lost(1)
  assert.equal(refusalOf(await platform.ask('releases.submit', { appid: byHand })).code, 'STORAGE_UNAVAILABLE')
  await endAttempts(platform)
  await tick()
  await tick()
  assert.deepEqual(await statesOf(rolloutId), { [inRollout]: 'auditing' })
  assert.equal((await platform.tell('releases.status', { appid: byHand }))['state'], 'auditing')
  const calls = await callsOf(platform)
  assert.deepEqual([calls['/wxa/commit'], calls['/wxa/submit_audit']], [2, 2])
})

test('cancel leaves audits alone; what was released goes back all the same', async () => {
  const { control } = platform.wechat
  const appids = await authorizeMany(3)
  const ship = async (version: string) => {
    const { rolloutId } = await create(version, appids, { autoRelease: true })
    await tick()
    for (const appid of appids) await control.passAudit(appid)
    await tick()
    await tick()
    assert.equal((await get(rolloutId))['state'], 'completed')
    return rolloutId
  }
  await ship('7.0.0')
  const second = await ship('7.1.0')
  const { rolloutId: third } = await create('7.2.0', appids)
  await tick()
  await control.resetCalls()
  await platform.tell('rollouts.cancel', { rolloutId: third })
  await tick()
  const calls = await callsOf(platform)
  assert.deepEqual([calls['/wxa/undocodeaudit'], calls['/wxa/release']], [undefined, undefined])
  assert.equal((await platform.tell('releases.status', { appid: appids[0] }))['state'], 'auditing')
  for (const appid of appids) await platform.tell('releases.withdraw', { appid })

  await platform.tell('releases.rollback', { appid: appids[2] })
  await tick()
  const { state, rollingBack } = await get(second)
  assert.deepEqual([state, rollingBack], ['completed', undefined], 'one taken back by hand takes back no other')
  const rolling = await platform.tell('rollouts.rollback', { rolloutId: second })
  assert.deepEqual([rolling['state'], rolling['progress']], ['running', 0])
  await tick()
  const rollout = await get(second)
  assert.deepEqual([rollout['state'], rollout['progress'], Object(rollout['counts']).rolledBack], ['completed', 1, 3])
  for (const appid of appids)
    assert.equal(Object((await platform.tell('authorizers.get', { appid }))['currentRelease']).version, '7.0.0')
  assert.equal(refusalOf(await platform.ask('rollouts.resume', { rolloutId: second })).code, 'CONFLICT')
})

test('a group that was rejected for one reason is submitted again with another category and word to the reviewers', async () => {
  const { control } = platform.wechat
  const [wrong = '', other = ''] = await authorizeMany(2)
  const { rolloutId } = await create('1.3.0', [wrong, other])
  await tick()
  await control.rejectAudit({ appid: wrong, reason: '类目不符' })
  await control.rejectAudit({ appid: other, reason: '缺少隐私说明' })
  await tick()
  await control.resetCalls()
  const [category] = Object(await platform.tell('releases.categories', { appid: wrong })).categories
  const items = [{ address: 'pages/index/index', title: '点餐', ...category }]
  await platform.tell('rollouts.retry', {
    rolloutId,
    reason: '类目不符',
    items,
    feedback: { feedback_info: '已更换类目', feedback_stuff: 'a|b' },
    previewInfo: { pic_id_list: ['pic'] },
    versionDescription: '更换类目',
    orderPath: 'pages/orders',
    privacyApiNotUse: true,
  })
  await tick()
  const sent = (await control.calls()).filter(({ path }) => path === '/wxa/submit_audit')
  assert.deepEqual(
    sent.map(({ appid, body }) => ({ appid, body })),
    [
      {
        appid: wrong,
        body: {
          item_list: items,
          feedback_info: '已更换类目',
          feedback_stuff: 'a|b',
          preview_info: { video_id_list: [], pic_id_list: ['pic'] },
          version_desc: '更换类目',
          order_path: 'pages/orders',
          privacy_api_not_use: true,
        },
      },
    ],
  )
  // What was said then is not said again.
  await control.rejectAudit({ appid: wrong, reason: '类目仍不符' })
  await tick()
  await control.resetCalls()
  await platform.tell('rollouts.retry', { rolloutId, states: ['rejected'], appids: [wrong] })
  await tick()
  const [again] = (await control.calls()).filter(({ path }) => path === '/wxa/submit_audit')
  assert.equal(Object(again?.body).feedback_info, undefined)
  for (const [given, field] of [
    [{ items: [] }, 'items'],
    [{ items: [{ first_class: '餐饮' }] }, 'items.0.second_class'],
    [{ feedback: 'x'.repeat(201) }, 'feedback'],
    [{ previewInfo: { pic_id_list: [''] } }, 'previewInfo.pic_id_list.0'],
    [{ autoRelease: true }, 'autoRelease'],
  ] as const)
    assert.equal(refusalOf(await platform.ask('rollouts.retry', { rolloutId, ...given })).field, field)
})

test('a merchant of a rollout is found by its name, business or appid', async () => {
  const { control } = platform.wechat
  const { appid: named } = await control.createMerchant({ nickName: '张记 Dumplings' })
  await control.grantQuietly({ appid: named })
  await platform.tell('authorizers.sync')
  const [bound = '', plain = ''] = await authorizeMany(2)
  await platform.tell('bindings.bind', { businessId: 'shop-77', appid: bound })
  const unknown = 'wxffff000000000077'
  const { rolloutId } = await create('1.4.0', [named, bound, plain, unknown])
  const found = async (query: string, more: object = {}) =>
    (await itemsOf(rolloutId, { query, ...more })).map(({ appid }) => appid)
  assert.deepEqual(await found('dumpl'), [named])
  assert.deepEqual(await found('张记'), [named])
  assert.deepEqual(await found('SHOP-77'), [bound])
  assert.deepEqual(await found('ffff00'), [unknown])
  assert.deepEqual(await found(plain.slice(3).toUpperCase()), [plain])
  assert.deepEqual(await found('.*'), [])
  assert.equal((await found('')).length, 4)
  assert.deepEqual(await found('张记', { state: 'released' }), [])
  assert.equal(refusalOf(await platform.ask('rollouts.items', { rolloutId, query: 'a\nb' })).field, 'query')
  assert.equal(refusalOf(await platform.ask('rollouts.items', { rolloutId, query: 1 })).field, 'query')
})
