import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { startPlatform, type LocalPlatform } from '../fixtures/platform.ts'
import { makeTemplate, openCommittedShop, openShop, refusalOf, releaseVersion } from '../fixtures/shop.ts'

let platform: LocalPlatform
let templateId: number
before(async () => {
  platform = await startPlatform()
  templateId = await makeTemplate(platform, { userVersion: '1.0.0' })
})
after(() => platform.close())

interface Item {
  readonly appid: string
  readonly ready: boolean
  readonly problems: readonly { readonly code: string; readonly message: string; readonly hint: string }[]
}

async function look(appids: readonly string[], template?: number, version?: string): Promise<readonly Item[]> {
  const { items } = await platform.tell('releases.preflight', {
    appids,
    ...(template !== undefined && { templateId: template }),
    ...(version !== undefined && { version }),
  })
  return Array.isArray(items) ? items : []
}

async function codesOf(appid: string, template?: number, version?: string): Promise<string[]> {
  const [item] = await look([appid], template, version)
  assert.equal(item?.ready, item?.problems.length === 0)
  for (const { message, hint } of item?.problems ?? []) assert.ok(message !== '' && hint !== '')
  return (item?.problems ?? []).map(({ code }) => code)
}

test('each account is judged by itself, and one bad account never fails the others', async () => {
  const [good, bare, gone, uncategorized] = await Promise.all([
    openShop(platform),
    openShop(platform, { funcInfo: [30] }),
    openShop(platform),
    openShop(platform, { categories: [] }),
  ])
  await platform.wechat.control.unauthorize(gone)
  await platform.wechat.control.resetCalls()
  const items = await look([good, bare, gone, uncategorized, 'wx0000000000000009'], templateId)
  assert.deepEqual(
    items.map(({ appid, ready, problems }) => [appid, ready, problems.map(({ code }) => code)]),
    [
      [good, true, []],
      [bare, false, ['PERMISSION_SET_MISSING']],
      [gone, false, ['AUTHORIZATION_WITHDRAWN']],
      [uncategorized, false, ['CATEGORY_MISSING']],
      ['wx0000000000000009', false, ['ACCOUNT_UNKNOWN']],
    ],
  )
  assert.match(items[1]?.problems[0]?.message ?? '', /18/)
  const changing = ['/wxa/commit', '/wxa/submit_audit', '/wxa/release', '/wxa/modify_domain']
  const called = Object.keys(await platform.wechat.control.callCounts())
  assert.deepEqual(
    changing.filter((path) => called.includes(path)),
    [],
  )
})

test('what the code needs and the guideline lacks is named', async () => {
  const template = await makeTemplate(platform, { privacyKeys: ['PhoneNumber'], privateApis: ['chooseAddress'] })
  const appid = await openCommittedShop(platform, template, '1.0.0')
  const [item] = await look([appid], template)
  assert.deepEqual(
    item?.problems.map(({ code }) => code),
    ['PRIVACY_INCOMPLETE', 'PRIVATE_INFO_UNDECLARED', 'PRIVATE_INFO_NOT_GRANTED'],
  )
  assert.match(item?.problems[0]?.message ?? '', /PhoneNumber/)
  assert.match(item?.problems[1]?.message ?? '', /chooseAddress/)
  // Of another template's code that tells nothing.
  assert.deepEqual(await codesOf(appid, templateId), [])
})

test('a scan that is still running is no problem: the submission waits for it', async () => {
  await platform.wechat.control.changeSettings({ codeScanSeconds: 60 })
  const appid = await openCommittedShop(platform, templateId, '1.0.0')
  await platform.wechat.control.changeSettings({ codeScanSeconds: 0 })
  assert.deepEqual(await codesOf(appid, templateId), [])
})

test('a version that is under review, approved or live stands in the way', async () => {
  const appid = await openCommittedShop(platform, templateId, '1.0.0')
  await platform.tell('releases.submit', { appid })
  assert.deepEqual(await codesOf(appid, templateId), ['VERSION_UNDER_REVIEW'])
  await platform.wechat.control.passAudit(appid)
  assert.deepEqual(await codesOf(appid, templateId), ['ALREADY_APPROVED'])
  assert.deepEqual(await codesOf(appid, templateId, '1.0.0'), ['ALREADY_APPROVED'])
  assert.deepEqual(await codesOf(appid, templateId, '1.0.1'), [])
  await platform.tell('releases.release', { appid })
  assert.deepEqual(await codesOf(appid, templateId), ['ALREADY_LIVE'])
  assert.deepEqual(await codesOf(appid, templateId, '1.0.0'), ['ALREADY_LIVE'])
  // The same template with other settings, under a name of its own, is another version.
  assert.deepEqual(await codesOf(appid, templateId, '1.0.1'), [])
  assert.deepEqual(await codesOf(appid), [])
})

test('domains that the platform no longer has are named', async () => {
  const appid = await openShop(platform)
  await platform.tell('miniprograms.setServerDomains', { appid, action: 'add', requestDomains: ['old.example.com'] })
  assert.deepEqual(await codesOf(appid, templateId), [])
  await platform.tell('platform.setServerDomains', { action: 'delete', domains: ['old.example.com'] })
  const [item] = await look([appid], templateId)
  assert.deepEqual(
    item?.problems.map(({ code }) => code),
    ['DOMAIN_NOT_ON_PLATFORM'],
  )
  assert.match(item?.problems[0]?.message ?? '', /old\.example\.com/)
})

test('an introduction that is missing is seen where the merchant lets us look', async () => {
  assert.deepEqual(await codesOf(await openShop(platform, { signature: '' })), ['PROFILE_INCOMPLETE'])
  assert.deepEqual(await codesOf(await openShop(platform, { signature: '', funcInfo: [18] })), [])
})

test('a template that does not exist, a quota that is too small, an account that fails', async () => {
  const { control } = platform.wechat
  const appid = await openShop(platform)
  assert.deepEqual(await codesOf(appid, 4711), ['TEMPLATE_UNKNOWN'])

  const others = [await openShop(platform), await openShop(platform)]
  const used = 1
  await control.changeSettings({ auditQuota: used + 2 })
  const items = await look([appid, ...others], templateId)
  assert.deepEqual(
    items.map(({ ready }) => ready),
    [true, true, false],
  )
  await control.changeSettings({ auditQuota: used })
  assert.deepEqual(await codesOf(appid, templateId), ['REVIEW_QUOTA_USED_UP'])
  await control.changeSettings({ auditQuota: 1000 })

  await control.addFault({ path: '/wxa/get_category', appid, errcode: 48004 })
  const [broken, fine] = await look([appid, ...others])
  assert.deepEqual([broken?.problems.map(({ code }) => code), fine?.ready], [['WECHAT_REFUSED'], true])
  await control.clearFaults()
})

test('at most fifty accounts', async () => {
  const appids = Array.from({ length: 51 }, (_, index) => `wx${index}`)
  assert.equal(refusalOf(await platform.ask('releases.preflight', { appids })).field, 'appids')
  assert.equal(refusalOf(await platform.ask('releases.preflight', { appids: [] })).field, 'appids')
})

test('a version that went online elsewhere is known by its name', async () => {
  const appid = await openShop(platform)
  const other = await makeTemplate(platform, { userVersion: '1.0.0' })
  await releaseVersion(platform, appid, other, '1.0.0')
  assert.deepEqual(await codesOf(appid, templateId), [])
})
