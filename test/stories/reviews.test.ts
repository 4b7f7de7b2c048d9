import assert from 'node:assert/strict'
import { after, before, beforeEach, test } from 'node:test'
import { nextPoll } from '../../shared/domain/releases/audit-schedule.ts'
import { plainText } from '../../shared/domain/releases/rejection-reasons.ts'
import { epochMs, HOUR, MINUTE } from '../../shared/time.ts'
import { openDirectCalls } from '../fixtures/direct-calls.ts'
import { startPlatform, type LocalPlatform } from '../fixtures/platform.ts'
import {
  callsOf,
  endAttempts,
  makeDue,
  makeTemplate,
  openCommittedShop,
  openShop,
  refusalOf,
  runQueue,
  stateOf,
} from '../fixtures/shop.ts'

let platform: LocalPlatform
let templateId: number
before(async () => {
  platform = await startPlatform()
  templateId = await makeTemplate(platform, { pages: ['pages/home/home', 'pages/me/me'] })
})
after(() => platform.close())
beforeEach(async () => {
  await platform.wechat.control.clearFaults()
  await platform.wechat.control.resetCalls()
})

const submit = (appid: string, more: object = {}) => platform.tell('releases.submit', { appid, ...more })
const committed = () => openCommittedShop(platform, templateId, '1.0.0')

test('the first page with the first category is submitted where nothing is named', async () => {
  const appid = await committed()
  await submit(appid)
  const { audit } = await platform.wechat.control.merchant(appid)
  assert.deepEqual(Object(audit?.submission).item_list, [
    { address: 'pages/home/home', first_class: '工具', second_class: '办公', first_id: 287, second_id: 619 },
  ])
})

test('everything WeChat takes can be named, and wrong lengths are refused before it is sent', async () => {
  const appid = await committed()
  const items = [{ address: 'pages/me/me', first_class: '工具', second_class: '办公', first_id: 287, second_id: 619 }]
  const rows: [object, string][] = [
    [{ items: [] }, 'items'],
    [{ items: Array.from({ length: 6 }, () => items[0]) }, 'items'],
    [{ items: [{ ...items[0], title: 'x'.repeat(33) }] }, 'items.0.title'],
    [{ items: [{ first_class: 'x' }] }, 'items.0.second_class'],
    [{ feedback: 'x'.repeat(201) }, 'feedback'],
    [{ feedback: [] }, 'feedback'],
    [{ previewInfo: [] }, 'previewInfo'],
    [{ ugc: [] }, 'ugc'],
    [{ previewInfo: { pic_id_list: 'x' } }, 'previewInfo.pic_id_list'],
    [{ ugc: { scene: ['1'] } }, 'ugc.scene.0'],
    [{ autoRelease: 'yes' }, 'autoRelease'],
  ]
  for (const [input, field] of rows)
    assert.equal(refusalOf(await platform.ask('releases.submit', { appid, ...input })).field, field)
  await submit(appid, {
    items,
    versionDescription: '请审核',
    previewInfo: { pic_id_list: ['p1'] },
    ugc: { scene: [1], method: [1], has_audit_team: 1 },
    orderPath: 'pages/me/me',
    privacyApiNotUse: true,
    feedback: '已修改',
  })
  const { audit } = await platform.wechat.control.merchant(appid)
  assert.deepEqual(audit?.submission, {
    item_list: items,
    version_desc: '请审核',
    preview_info: { video_id_list: [], pic_id_list: ['p1'] },
    ugc_declare: { scene: [1], method: [1], has_audit_team: 1 },
    order_path: 'pages/me/me',
    privacy_api_not_use: true,
    feedback_info: '已修改',
    feedback_stuff: '',
  })
})

test('while WeChat scans the code, only the submission is repeated', async () => {
  const { control } = platform.wechat
  await control.changeSettings({ codeScanSeconds: 3600 })
  const appid = await committed()
  await control.changeSettings({ codeScanSeconds: 0 })
  assert.equal((await submit(appid))['state'], 'submitting')
  assert.equal(refusalOf(await platform.ask('releases.submit', { appid })).code, 'CONFLICT')
  await makeDue(platform)
  await runQueue(platform)
  assert.equal(await stateOf(platform, appid), 'submitting')

  // Trouble that passes does not take the submission back.
  await control.addFault({ path: '/wxa/submit_audit', appid, errcode: 45011, times: 1 })
  await makeDue(platform)
  await runQueue(platform)
  assert.equal(await stateOf(platform, appid), 'submitting')

  await control.finishScan(appid)
  await makeDue(platform)
  await runQueue(platform)
  assert.equal(await stateOf(platform, appid), 'auditing')
  const counts = await callsOf(platform)
  assert.deepEqual([counts['/wxa/commit'], counts['/wxa/submit_audit']], [1, 4])
  assert.equal((await control.merchant(appid)).audits, 1)
})

test('a time limit of a few seconds is enough to submit what waited for the scan', async () => {
  const { control } = platform.wechat
  await control.changeSettings({ codeScanSeconds: 3600 })
  const appid = await committed()
  await control.changeSettings({ codeScanSeconds: 0 })
  await submit(appid)
  await control.finishScan(appid)
  await makeDue(platform)
  const direct = await openDirectCalls(platform)
  const context = { time_limit_in_ms: 6000, environment: JSON.stringify({ TRIGGER_SRC: 'timer' }) }
  await direct.call('processQueue', { event: { Type: 'Timer' }, context })
  direct.close()
  assert.equal(await stateOf(platform, appid), 'auditing')
})

test('a submission that waits for the scan is withdrawn without WeChat', async () => {
  const { control } = platform.wechat
  await control.changeSettings({ codeScanSeconds: 3600 })
  const appid = await committed()
  await control.changeSettings({ codeScanSeconds: 0 })
  await submit(appid)
  assert.equal((await platform.tell('releases.withdraw', { appid }))['state'], 'withdrawn')
  assert.equal((await callsOf(platform))['/wxa/undocodeaudit'], undefined)
  await control.finishScan(appid)
  assert.equal((await submit(appid))['state'], 'auditing')
})

test('an answer that was lost is read back at once and the audit adopted', async () => {
  const appid = await committed()
  await platform.wechat.control.addFault({ path: '/wxa/submit_audit', appid, drop: 'after', times: 1 })
  const release = await submit(appid)
  assert.equal(release['state'], 'auditing')
  assert.equal((await callsOf(platform))['/wxa/submit_audit'], 1)
  const { audit, audits } = await platform.wechat.control.merchant(appid)
  assert.deepEqual([release['auditId'], audits], [audit?.auditid, 1])
})

test('where WeChat is silent for a while, the queue adopts the audit and nobody submits again', async () => {
  const { control } = platform.wechat
  const appid = await committed()
  await control.addFault({ path: '/wxa/submit_audit', appid, drop: 'after', times: 1 })
  await control.addFault({ path: '/wxa/get_latest_auditstatus', appid, status: 503, skip: 1, times: 3 })
  const given = { appid, idempotencyKey: 'submit-1' }
  const refusal = refusalOf(await platform.ask('releases.submit', given))
  assert.deepEqual([refusal.code, refusal.retryable], ['WECHAT_UNAVAILABLE', true])
  await control.clearFaults()
  await endAttempts(platform)
  await runQueue(platform)
  assert.equal((await platform.tell('releases.submit', given))['state'], 'auditing')
  assert.equal((await control.merchant(appid)).audits, 1)
})

test('a submission that never arrived is sent again', async () => {
  const { control } = platform.wechat
  const appid = await committed()
  await control.addFault({ path: '/wxa/submit_audit', appid, drop: 'before', times: 1 })
  assert.equal(refusalOf(await platform.ask('releases.submit', { appid })).code, 'WECHAT_UNAVAILABLE')
  await endAttempts(platform)
  assert.equal((await submit(appid))['state'], 'auditing')
  assert.equal((await control.merchant(appid)).audits, 1)
})

test('a review of another version that somebody began meanwhile is not taken for the one whose answer was lost', async () => {
  const { control } = platform.wechat
  const appid = await committed()
  await control.addFault({ path: '/wxa/submit_audit', appid, drop: 'before', times: 1 })
  const theirs = { errcode: 0, errmsg: 'ok', auditid: 987_654_321, status: 2, user_version: '9.9.9' }
  await control.addFault({ path: '/wxa/get_latest_auditstatus', appid, skip: 1, body: JSON.stringify(theirs) })
  assert.equal(refusalOf(await platform.ask('releases.submit', { appid })).code, 'WECHAT_UNAVAILABLE')
  await endAttempts(platform)
  await runQueue(platform)
  await control.clearFaults()
  const { items } = await platform.tell('releases.list', { appid })
  assert.notEqual(Object(Object(items)[0]).auditId, theirs.auditid)
})

test('what WeChat refuses leaves the release as it was, with the reason on it', async () => {
  const appid = await openShop(platform, { categories: [] })
  await platform.tell('releases.commit', { appid, templateId, version: '1', description: '1' })
  assert.equal(refusalOf(await platform.ask('releases.submit', { appid })).code, 'CONFLICT')
  const items = [{ first_class: '一', second_class: '二', first_id: 1, second_id: 2 }]
  const refusal = refusalOf(await platform.ask('releases.submit', { appid, items }))
  assert.deepEqual([refusal.code, refusal.wechat?.errcode], ['WECHAT_REJECTED', 85008])
  const release = await platform.tell('releases.status', { appid })
  assert.deepEqual([release['state'], Object(release['problem']).code], ['committed', 'WECHAT_REFUSED'])
})

test('how often an audit is asked about', () => {
  const start = epochMs(1_700_000_000_000)
  const rows: [number, number][] = [
    [0, 15 * MINUTE],
    [1 * HOUR + 45 * MINUTE, 15 * MINUTE],
    [2 * HOUR, 1 * HOUR],
    [26 * HOUR, 1 * HOUR],
  ]
  for (const [age, pause] of rows) {
    const now = epochMs(start + age)
    assert.equal(nextPoll(start, now) - now, pause)
  }
})

test('a push that was lost is made up for by asking, and a late one changes nothing', async () => {
  const { control } = platform.wechat
  const appid = await committed()
  await submit(appid)
  await control.changeSettings({ holdPushes: true })
  await control.passAudit(appid)
  await control.changeSettings({ holdPushes: false })
  await control.resetCalls()
  await runQueue(platform)
  assert.equal((await callsOf(platform))['/wxa/get_auditstatus'], undefined, 'not due yet')
  await makeDue(platform)
  await runQueue(platform)
  const { items } = await platform.tell('releases.list', { appid, state: 'approved' })
  assert.equal(Object(items).length, 1)
  await platform.tell('releases.release', { appid })
  const [held] = (await control.pushes()).slice(-1)
  await control.deliverPushes({ pushIds: [held?.pushId ?? 0] })
  await runQueue(platform)
  assert.equal(await stateOf(platform, appid), 'released')
})

test('a rejection in plain words, with its pictures; the next submission forgets it', async () => {
  const { control } = platform.wechat
  const appid = await committed()
  await submit(appid)
  await control.rejectAudit({ appid, reason: '1:<b>类目</b>不符<br>(1):请修改&nbsp;&lt;script&gt;x&lt;/script&gt;' })
  const rejected = await platform.tell('releases.status', { appid })
  assert.deepEqual([rejected['state'], rejected['reason']], ['rejected', '1:类目不符\n(1):请修改 x'])
  const [mediaId] = Object(rejected['screenshots'])
  const picture = await platform.tell('releases.screenshot', { appid, mediaId })
  assert.equal(picture['contentType'], 'image/jpeg')
  const again = await submit(appid, { feedback: '已修改' })
  assert.deepEqual([again['state'], again['reason'], again['screenshots']], ['auditing', undefined, undefined])
})

test("a reviewer's words", () => {
  const rows: [string, string][] = [
    ['一<br>二<br/>三<BR />四', '一\n二\n三\n四'],
    ['<p>一</p><p>二</p>', '一\n二'],
    ['a &lt; b &amp;&amp; c &gt; d', 'a < b && c > d'],
    ['&#19968;&#x4e8c;&#0;&#xd800;&unknown;', '一二&unknown;'],
    ['&lt;img src=x onerror=alert(1)&gt;图', '图'],
    ['1 < 2 且 3 > 2', '1 < 2 且 3 > 2'],
    ['<a href="https://x.example">链接</a>', '链接'],
  ]
  for (const [html, text] of rows) assert.equal(plainText(html), text)
})

test('delayed, then approved; withdrawn elsewhere', async () => {
  const { control } = platform.wechat
  const appid = await committed()
  await submit(appid)
  await control.delayAudit({ appid, reason: '稍后' })
  const delayed = await platform.tell('releases.status', { appid })
  assert.deepEqual([delayed['state'], delayed['reason']], ['delayed', '稍后'])
  assert.equal(refusalOf(await platform.ask('releases.release', { appid })).code, 'CONFLICT')
  await control.passAudit(appid)
  const approved = await platform.tell('releases.status', { appid })
  assert.deepEqual([approved['state'], approved['reason']], ['approved', undefined])
})

test('withdraw: once at WeChat, also where the answer was lost; then submitted anew', async () => {
  const { control } = platform.wechat
  const appid = await committed()
  assert.equal(refusalOf(await platform.ask('releases.withdraw', { appid })).code, 'CONFLICT')
  await submit(appid)
  await control.addFault({ path: '/wxa/undocodeaudit', appid, drop: 'after', times: 1 })
  assert.equal((await platform.tell('releases.withdraw', { appid }))['state'], 'withdrawn')
  assert.equal((await callsOf(platform))['/wxa/undocodeaudit'], 1)
  assert.equal((await submit(appid))['state'], 'auditing')
  await control.changeSettings({ withdrawalsPerDay: 1 })
  const refusal = refusalOf(await platform.ask('releases.withdraw', { appid }))
  assert.deepEqual([refusal.code, refusal.wechat?.errcode], ['QUOTA_EXCEEDED', 87013])
  await control.changeSettings({ withdrawalsPerDay: 5 })
})

test('expedite: twice is success, a used-up quota says so; the quota is shown', async () => {
  const { control } = platform.wechat
  const [appid, other] = [await committed(), await committed()]
  await submit(appid)
  await submit(other)
  await control.changeSettings({ speedupQuota: 1 })
  assert.equal((await platform.tell('releases.expedite', { appid }))['state'], 'auditing')
  await platform.tell('releases.expedite', { appid })
  assert.equal(refusalOf(await platform.ask('releases.expedite', { appid: other })).code, 'QUOTA_EXCEEDED')
  const quota = await platform.tell('releases.quota', { appid })
  assert.deepEqual([quota['speedupRest'], quota['speedupLimit'], quota['limit']], [0, 1, 1000])
})

test('an approved version is released by itself where that was asked for', async () => {
  const { control } = platform.wechat
  const appid = await committed()
  await submit(appid, { autoRelease: true })
  await control.addFault({ path: '/wxa/release', appid, errcode: 45011, times: 1 })
  await control.passAudit(appid)
  assert.equal(await stateOf(platform, appid), 'approved')
  await makeDue(platform)
  await runQueue(platform)
  assert.equal(await stateOf(platform, appid), 'released')
  assert.equal((await control.merchant(appid)).live?.version, '1.0.0')
})

test('material for the reviewer: by its content, within bounds', async () => {
  const appid = await openShop(platform)
  const png = Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), Buffer.alloc(100)])
  const uploaded = await platform.tell('releases.uploadMedia', { appid, base64: png.toString('base64') })
  assert.equal(uploaded['type'], 'image')
  assert.ok(String(uploaded['mediaid']).length > 10)
  const big = Buffer.concat([png, Buffer.alloc(2 * 1024 * 1024)])
  const rows: [object, string][] = [
    [{ base64: '%%%' }, 'base64'],
    [{ base64: Buffer.from('text').toString('base64') }, 'base64'],
    [{ base64: big.toString('base64') }, 'base64'],
    [{ fileId: 'https://evil.example/x' }, 'fileId'],
    [{}, 'base64'],
    [{ base64: 'AAAA', fileId: 'cloud://x' }, 'base64'],
  ]
  for (const [input, field] of rows) {
    const refusal = refusalOf(await platform.ask('releases.uploadMedia', { appid, ...input }))
    assert.deepEqual([refusal.code, refusal.field], ['INVALID_ARGUMENT', field])
  }
  assert.equal((await callsOf(platform))['/wxa/uploadmedia'], 1)
})

test('feedback is a text or an object, never a list', async () => {
  const appid = await openShop(platform)
  for (const feedback of [[], [1], ['x'], [{ feedback_info: 'x' }], 7]) {
    const refusal = refusalOf(await platform.ask('releases.submit', { appid, feedback }))
    assert.deepEqual([refusal.code, refusal.field], ['INVALID_ARGUMENT', 'feedback'], JSON.stringify(feedback))
  }
})
