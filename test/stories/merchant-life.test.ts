import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { readCoverage } from '../../scripts/docs/directory-page.ts'
import { allOperations } from '../../shared/domain/operations/table.ts'
import { OWNER, startPlatform, type Answer, type LocalPlatform } from '../fixtures/platform.ts'
import { readSampleInputs } from '../fixtures/sample-inputs.ts'
import { openShop, refusalOf } from '../fixtures/shop.ts'

/* A merchant's life beyond the code, and the whole of WeChat's directory against the simulated one. */

const everySet = Array.from({ length: 200 }, (_, n) => n + 1)

/** 1 by 1, so that whatever looks at it sees a picture. */
const png = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNgAAAAAgABSK+kcQAAAABJRU5ErkJggg=='

let platform: LocalPlatform
let appid: string
let other: string
before(async () => {
  platform = await startPlatform({ host: { maxInstances: 1 } })
  appid = await openShop(platform, { createdByApi: true, funcInfo: everySet })
  other = await openShop(platform, { nickName: '另一家', funcInfo: everySet })
  await platform.wechat.control.decideFiling({ appid: other, status: 1024 })
  await platform.wechat.control.settle()
  await platform.tell('admins.put', { id: 'o-operator', role: 'operator' })
})
after(() => platform.close())

/** As an operator. */
async function tell(operation: string, input: object): Promise<Readonly<Record<string, unknown>>> {
  const answer = await platform.ask(operation, input, 'o-operator')
  assert.ok(answer.ok, `${operation}: ${answer.ok ? '' : JSON.stringify(answer.error)}`)
  return answer.data
}

test('an operator changes name and picture, adds a category with a certificate, and reads errors of a version', async () => {
  const { control } = platform.wechat
  const { audit_id: audit } = await tell('names.set', { appid, body: { nick_name: '王记面馆' } })
  await control.reviewNickname({ appid, passed: true })
  const { audit_stat: verdict } = await tell('names.audit', { appid, body: { audit_id: audit } })
  assert.equal(verdict, 3)

  const picture = { base64: png, filename: 'logo.png' }
  const { media_id: media } = await tell('materials.upload', { appid, query: { type: 'image' }, file: picture })
  const { items } = await platform.tell('activity.list', { operation: 'materials.upload' })
  assert.deepEqual(Object(items)[0].input.file, { part: 'media', base64: '[hidden]', filename: 'logo.png' })
  await tell('pictures.set', { appid, body: { head_img_media_id: media, x1: 0, y1: 0, x2: 1, y2: 1 } })
  const { headImageInfo } = await tell('miniprograms.info', { appid })
  assert.match(JSON.stringify(headImageInfo), new RegExp(String(media)))

  const category = { first: 304, second: 308 }
  const bare = await platform.ask('categories.add', { appid, body: { categories: [category] } })
  assert.equal(refusalOf(bare).wechat?.errcode, 53312)
  const certicates = [{ key: '食品经营许可证', value: media }]
  await tell('categories.add', { appid, body: { categories: [{ ...category, certicates }] } })
  await control.reviewCategory({ appid, ...category, passed: true })
  const { categories } = await tell('categories.list', { appid })
  assert.match(JSON.stringify(categories), /"second":308,"second_name":"食品饮料","audit_status":3/)

  const error = { date: '2026-11-29', message: 'TypeError: a is undefined', uv: 40, pv: 90 }
  await control.addErrors({
    appid,
    errors: [
      { ...error, appVersion: '1.1.0' },
      { ...error, appVersion: '1.0.0', uv: 1, pv: 1 },
    ],
  })
  const window = { startTime: '2026-11-29', endTime: '2026-11-29', openid: '', keyword: '', offset: 0, limit: 30 }
  const asked = { ...window, errType: '1', orderby: 'uv', desc: '1', appVersion: '1.1.0' }
  const { data } = await tell('diagnostics.listErrors', { appid, body: asked })
  assert.deepEqual(
    Object(data).map((row: { uv: number; uvPercent: string }) => [row.uv, row.uvPercent]),
    [[40, '4.00%']],
  )
})

test('`wechat.call` uploads a picture, and what is no picture is refused where that is known', async () => {
  const file = { part: 'media', base64: png, filename: 'logo.png', contentType: 'image/png' }
  const upload = { appid, path: '/cgi-bin/media/upload', query: { type: 'image' }, file }
  const { media_id: media } = await platform.tell('wechat.call', upload)
  assert.match(String(media), /\S/)
  const text = Buffer.from('not a picture').toString('base64')
  const rows: [input: object, reason: string, field: string][] = [
    [{ base64: text }, 'FILE_KIND_NOT_TAKEN', 'file.base64'],
    [{ base64: png, contentType: 'text/plain' }, 'FILE_KIND_NOT_TAKEN', 'file.contentType'],
    [{ base64: '%' }, 'NOT_BASE64', 'file.base64'],
    [{}, 'GIVE_ONE_OF', 'file'],
    [{ base64: png, fileId: 'cloud://x' }, 'GIVE_ONE_OF', 'file'],
    [{ fileId: 'cloud://minifleet-local.x/none' }, 'FILE_NOT_FOUND', 'file.fileId'],
    [{ base64: png, part: 'other' }, 'NOT_ONE_OF', 'file.part'],
  ]
  for (const [given, reason, field] of rows) {
    const refusal = refusalOf(await platform.ask('materials.upload', { appid, query: { type: 'image' }, file: given }))
    assert.deepEqual([refusal.reason, refusal.field], [reason, field])
  }
})

test('a document in cloud storage reaches WeChat with its fields as parts', async () => {
  const { media_id: media } = await platform.tell('filings.upload', {
    appid,
    body: { type: 'image', icp_order_field: 'icp_subject.organize_info.certificate_photo' },
    file: { base64: png },
  })
  const { contentType, base64 } = await platform.tell('filings.document', { appid, query: { media_id: media } })
  assert.deepEqual([contentType, base64], ['image/png', png])
  const [, call] = (await platform.wechat.control.calls()).filter(({ path }) => path.includes('icp_media'))
  assert.equal(call?.path, '/wxa/icp/get_icp_media')
})

test('a filing moves from the face check to the authority', async () => {
  const { control } = platform.wechat
  const { task_id: taskId } = await platform.tell('filings.startFaceCheck', { appid })
  const [sent] = (await control.calls()).filter(({ path }) => path === '/wxa/icp/create_icp_verifytask')
  assert.equal(sent?.body, '')
  const samples = await readSampleInputs()
  const applied: { body: { icp_applets: { principal_info: object } } } = Object(
    JSON.parse(JSON.stringify(samples['filings.apply'])),
  )
  const { principal_info: person } = applied.body.icp_applets
  Object.assign(person, { verify_task_id: taskId })
  const early = refusalOf(await platform.ask('filings.apply', { appid, body: applied.body }))
  assert.equal(early.wechat?.errcode, 86202)
  await control.checkFace({ appid, taskId: String(taskId), passed: true })
  await platform.tell('filings.apply', { appid, body: applied.body })
  assert.equal(Object((await platform.tell('filings.get', { appid }))['info']).status, 2)
  await control.decideFiling({ appid, status: 6 })
  assert.equal(Object((await platform.tell('filings.get', { appid }))['info']).status, 6)
})

test('a violation is listed, and an appeal against it decided', async () => {
  const { control } = platform.wechat
  const { record } = await control.addViolation({ appid, reason: '虚假宣传' })
  const { records } = await platform.tell('violations.list', { appid })
  assert.deepEqual(
    Object(records).map((one: { illegal_reason: string }) => one.illegal_reason),
    ['虚假宣传'],
  )
  const id = record.illegal_record_id
  await platform.tell('appeals.create', {
    appid,
    body: { illegal_record_id: id, appeal_materials: [{ reason: '误判' }] },
  })
  await control.decideAppeal({ appid, recordId: id, granted: true })
  const { records: appeals } = await platform.tell('appeals.list', { appid, body: { illegal_record_id: id } })
  assert.equal(Object(appeals)[0].appeal_status, 2)
  // Both sets are needed.
  const half = await openShop(platform, { nickName: '半', funcInfo: [18] })
  await control.settle()
  assert.equal(refusalOf(await platform.ask('violations.list', { appid: half })).reason, 'PERMISSION_SET_MISSING')
})

test('a registration in its new form ends in an account that is known here', async () => {
  const body = { name: '新店有限公司', code: '91440300000000000X', component_phone: '13800000000' }
  const { taskid, authorize_url: address } = await platform.tell('registrations.enterprise', { body })
  assert.match(String(address), /^https:\/\//)
  const again = refusalOf(await platform.ask('registrations.enterprise', { body: { ...body, name: '又一家' } }))
  assert.equal(again.wechat?.errcode, 89249)
  const { appid: made } = await platform.wechat.control.decideRegistration({ taskid: String(taskid), done: true })
  const { status } = await platform.tell('registrations.enterpriseState', { body: { taskid } })
  assert.equal(status, 12)
  const { items } = await platform.tell('authorizers.list', { query: '新店有限公司' })
  assert.equal(Object(items)[0]?.appid, made)
})

const day = { startTime: '2026-11-29', endTime: '2026-11-29', openid: '', offset: 0 }
const prefix = 'https://shop.example/q/'
const cloudRow = { env: 'prod-1' }

/** Inputs of rows that remember something, where the sample names what does not exist. */
const inputsOf = (): Readonly<Record<string, object>> => ({
  'baseLibraries.set': { body: { version: '2.21.0' } },
  'categories.update': { appid, body: { first: 304, second: 308, certicates: [] } },
  'halfScreens.add': { body: { appid } },
  'halfScreens.delete': { body: { appid } },
  'plugins.apply': { body: { plugin_appid: appid } },
  'plugins.update': { body: { plugin_appid: appid, user_version: '1.0.1' } },
  'plugins.delete': { body: { plugin_appid: appid } },
  'linkedAccounts.add': { body: { appid, notify_users: 0, show_profile: 0 } },
  'linkedAccounts.delete': { body: { appid } },
  'openAccounts.bind': { body: { appid: other, open_appid: 'wx0pen' } },
  'openAccounts.unbind': { body: { appid: other, open_appid: 'wx0pen' } },
  'openAccounts.create': { body: { appid: other } },
  'openAccounts.get': { body: { appid: other } },
  'qrRules.put': { body: { prefix, path: 'pages/index', is_edit: 0 } },
  'qrRules.publish': { body: { prefix } },
  'qrRules.delete': { body: { prefix } },
  'privacyInterfaces.apply': {
    body: { api_name: 'wx.getLocation', content: '送餐', url_list: ['https://shop.example/'] },
  },
  'diagnostics.listErrors': { body: { ...day, errType: '0', keyword: '', orderby: 'uv', desc: '1', limit: 30 } },
  'diagnostics.errorDetails': { body: { ...day, errorMsgMd5: 'a', errorStackMd5: 'b', osName: '0', desc: '1' } },
  'quotas.get': { body: { cgi_path: '/wxa/get_page' } },
  'quotas.clearPath': { body: { cgi_path: '/wxa/get_page' } },
  'quotas.clear': { body: { appid: 'wxc0mp0nent000001' } },
  'sharedCloud.changeRecords': { body: { action: 'query', ...cloudRow } },
})

/** What must come before what, where the order of the table is another. */
const first = [
  'openAccounts.bind',
  'openAccounts.unbind',
  'qrRules.put',
  'qrRules.publish',
  'plugins.apply',
  'plugins.update',
]

/** What WeChat refuses of samples: the thing they name does not exist, or is not in the state for it. */
const refused: Readonly<Record<string, number>> = {
  'pictures.set': 40007,
  'categories.add': 41033,
  'categories.delete': 41033,
  'categories.update': 53307,
  'codePrivacy.get': 86001,
  'filings.faceCheck': 86328,
  'filings.document': 40007,
  'filings.apply': 86202,
  'filings.withdraw': 86358,
  'filings.cancel': 86358,
  'filings.details': 86328,
  'verifications.get': 86328,
  'verifications.applyAgain': 89249,
  'verifications.applyWithFiling': 86202,
  'verifications.getWithFiling': 86328,
  'appeals.list': 40097,
  'appeals.create': 40097,
  'registrations.enterprise': 47001,
  'registrations.enterpriseState': 86328,
  'registrations.personState': 86328,
  'registrations.traderState': 86328,
  'registrations.upgradeTrialState': 86328,
  'halfScreens.deleteCaller': 40097,
  'prefetchDomains.set': 9420001,
  'quotas.explainRid': 76001,
  'diagnostics.searchLogs': 47001,
}

test('every row of the directory is taken by the simulated WeChat, or refused as WeChat would', async () => {
  const samples = await readSampleInputs()
  const given = inputsOf()
  const rows = Object.entries(await allOperations()).filter(([, { endpoint }]) => endpoint)
  const odd: string[] = []
  for (const [name] of rows.toSorted(([a], [b]) => rank(a) - rank(b))) {
    const sample: object = JSON.parse(JSON.stringify(samples[name]).replaceAll('wx1234567890abcdef', other))
    // Not held against openapi.json: making a validator for each row takes longer than all calls.
    const event = { operation: name, input: { ...sample, ...given[name] } }
    const answer: Answer = JSON.parse(JSON.stringify(await platform.host.invoke('manage', event, { openid: OWNER })))
    const errcode = answer.ok ? undefined : (answer.error.wechat?.errcode ?? 0)
    if (errcode !== refused[name])
      odd.push(
        answer.ok
          ? `${name} was taken`
          : `${name} ${answer.error.field ?? ''} ${answer.error.wechat?.errmsg ?? answer.error.reason}`,
      )
  }
  assert.deepEqual(odd, [])
  assert.equal(rows.length, 248)
})

const rank = (name: string): number => (first.includes(name) ? first.indexOf(name) - first.length : 0)

/** Groups of the directory, and the least share of each that is offered and simulated, credentials aside. */
const least: Readonly<Record<string, readonly string[]>> = {
  100: [
    'code, audit, release',
    'authorizers',
    'template library',
    'domains of mini programs',
    'domains of the platform',
    'testers',
    'privacy guideline',
    'login',
    'operation centre',
  ],
  90: [
    'basic information',
    'categories',
    'ICP filing',
    'verification',
    'verification and filing in one',
    'violations, appeals',
    'registration',
    'location interfaces',
    'follow component',
    'open-platform accounts',
    'half-screen',
    'ordinary QR codes',
    'links with official accounts',
    'plugins',
  ],
  80: ['cloud development for many', 'cloud hosting'],
}

test('so much of the directory is offered and tested', async () => {
  const rows = readCoverage(await allOperations()).filter(({ state }) => state !== 'kept' && state !== 'retired')
  for (const [percent, groups] of Object.entries(least))
    for (const group of groups) {
      const own = rows.filter((row) => row.group === group)
      const covered = own.filter(({ state, simulated }) => state === 'offered' && simulated)
      assert.ok(own.length > 0, group)
      assert.ok(covered.length / own.length >= Number(percent) / 100, `${group}: ${covered.length} of ${own.length}`)
    }
  assert.deepEqual(
    rows.filter(({ state }) => state === 'open').map(({ endpoint }) => endpoint),
    [],
  )
})
