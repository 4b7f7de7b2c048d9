import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { editRows, rowsOf } from '../fixtures/interference.ts'
import { authorizeMerchant } from '../fixtures/merchant.ts'
import { startPlatform, type LocalPlatform } from '../fixtures/platform.ts'
import { authorizedMerchant, makeTemplate, refusalOf, releaseVersion, runQueue } from '../fixtures/shop.ts'

/* What a template starts from, what each merchant makes of it, and what a person has to allow. */

const SHOP = 'wx00000000005hop0'
const BOOKING = 'wx0000000b00k1ng0'

let platform: LocalPlatform
before(async () => {
  platform = await startPlatform()
})
after(() => platform.close())

const templateOf = (sourceAppid: string, userVersion: string): Promise<number> =>
  makeTemplate(platform, { sourceAppid, userVersion })

async function shopNamed(attributes: Readonly<Record<string, string>>): Promise<string> {
  const { appid } = await platform.wechat.control.createMerchant({ nickName: '小店', principalName: '小店公司' })
  await authorizeMerchant(platform, { businessId: `b-${appid}`, appid, link: { attributes } })
  return appid
}

const sentTo = (appid: string): unknown => {
  const rows = rowsOf(platform, 'releases').filter((row) => row['appid'] === appid)
  return JSON.parse(String(rows.toSorted((a, b) => Number(b['number']) - Number(a['number']))[0]?.['extJson']))
}

const codes = (list: unknown): unknown[] => (Array.isArray(list) ? list.map(({ code }) => code) : [])

const variables = { shopName: { label: '店名', required: true }, theme: { default: 'green' }, slogan: {} }
const ext = { shop: '{{shopName}}', theme: '{{theme}}', slogan: '{{slogan}}' }

test('settings are shared by all templates of a source: given members replace, null takes one away', async () => {
  const [first, second, other] = [
    await templateOf(SHOP, '1.0.0'),
    await templateOf(SHOP, '1.1.0'),
    await templateOf(BOOKING, '1.0.0'),
  ]
  assert.deepEqual(await platform.tell('templates.getSettings', { templateId: first }), {})
  await platform.tell('templates.setSettings', { templateId: first, ext, variables })
  await platform.tell('templates.setSettings', { templateId: second, extJson: { window: { a: '{{shopName}}' } } })
  const all = { ext, variables, extJson: { window: { a: '{{shopName}}' } } }
  assert.deepEqual(await platform.tell('templates.getSettings', { templateId: first }), all)
  assert.deepEqual(await platform.tell('templates.getSettings', { templateId: other }), {})
  const without = await platform.tell('templates.setSettings', { templateId: second, extJson: null })
  assert.deepEqual(without, { ext, variables })
})

test('what cannot be sent is refused by its path, and nothing is kept of it', async () => {
  const templateId = await templateOf(SHOP, '1.2.0')
  const refused = async (settings: object) =>
    refusalOf(await platform.ask('templates.setSettings', { templateId, ...settings }))
  const flaws = [
    [await refused({ ext: { a: { b: '{{ shop }}' } } }), 'PLACEHOLDER_MALFORMED', 'ext.a.b'],
    [await refused({ extJson: { tabbar: {} } }), 'EXT_KEY_UNKNOWN', 'extJson.tabbar'],
    [await refused({ ext: [] }), 'NOT_OBJECT', 'ext'],
    [await refused({ variables: { 'a.b': {} } }), 'NAME_NOT_ALLOWED', 'variables.a.b'],
    [await refused({ variables: { a: { kind: 'x' } } }), 'NOT_KNOWN_HERE', 'variables.a.kind'],
  ] as const
  assert.deepEqual(
    flaws.map(([{ reason, field }]) => [reason, field]),
    flaws.map(([, reason, field]) => [reason, field]),
  )
  const unknown = refusalOf(await platform.ask('templates.getSettings', { templateId: 99_999 }))
  assert.deepEqual([unknown.code, unknown.reason], ['NOT_FOUND', 'TEMPLATE_UNKNOWN'])
  assert.deepEqual(await platform.tell('templates.getSettings', { templateId }), { ext, variables })
})

test('a commit starts from the settings; extVars come before attributes, and these before defaults', async () => {
  const templateId = await templateOf(SHOP, '1.3.0')
  const appid = await shopNamed({ shopName: '一号店', theme: 'red' })
  const commit = { appid, templateId, version: '1.3.0', description: '新版' }
  await platform.tell('releases.commit', commit)
  assert.deepEqual(sentTo(appid), {
    extEnable: true,
    extAppid: appid,
    ext: { shop: '一号店', theme: 'red', slogan: '' },
  })
  await platform.tell('releases.commit', { ...commit, description: '再来', extVars: { shopName: '旗舰店' } })
  assert.deepEqual(sentTo(appid), {
    extEnable: true,
    extAppid: appid,
    ext: { shop: '旗舰店', theme: 'red', slogan: '' },
  })
})

test('without a value for what is required nothing is sent; for what nobody needs an empty text, with a warning', async () => {
  const templateId = await templateOf(SHOP, '1.3.1')
  const [named, nameless] = [await shopNamed({ shopName: '有名店' }), await authorizedMerchant(platform)]
  const commit = { templateId, version: '1.3.1', description: '新版' }
  const refused = refusalOf(await platform.ask('releases.commit', { ...commit, appid: nameless }))
  assert.deepEqual(
    [refused.code, refused.reason, refused.params],
    ['INVALID_ARGUMENT', 'VARIABLE_MISSING', { variable: 'shopName' }],
  )
  assert.deepEqual(await platform.tell('releases.render', { appid: named, templateId }), {
    extJson: `{"extEnable":true,"extAppid":"${named}","ext":{"shop":"有名店","theme":"green","slogan":""}}`,
  })
  const { items } = await platform.tell('releases.preflight', { appids: [named, nameless], templateId })
  assert.deepEqual(Array.isArray(items) && items.map(({ problems, warnings }) => [codes(problems), codes(warnings)]), [
    [[], ['VARIABLE_EMPTY']],
    [['VARIABLE_MISSING'], []],
  ])
})

test("without settings a commit starts from the merchant's last release, whose texts are not filled in again", async () => {
  const templateId = await templateOf('', '7.0.0')
  const appid = await shopNamed({ shopName: '{{一号}}店' })
  const commit = { appid, templateId, description: '新版' }
  await platform.tell('releases.commit', { ...commit, version: '7.0.0' })
  assert.deepEqual(sentTo(appid), { extEnable: true, extAppid: appid, ext: {} })
  const given = { ext: { shop: '{{shopName}}' }, extJson: { window: { title: 'A' } } }
  await platform.tell('releases.commit', { ...commit, version: '7.0.1', ...given })
  await platform.tell('releases.commit', { ...commit, version: '7.0.2' })
  assert.deepEqual(sentTo(appid), {
    extEnable: true,
    extAppid: appid,
    ext: { shop: '{{一号}}店' },
    window: { title: 'A' },
  })
})

test('what is online is compared with what would be sent, and nothing is sent', async () => {
  const [shop, booking] = [await templateOf(SHOP, '2.0.0'), await templateOf(BOOKING, '1.9.0')]
  const appid = await shopNamed({ shopName: '一号店' })
  await releaseVersion(platform, appid, shop, '2.0.0')
  const stranger = await authorizedMerchant(platform)
  await platform.wechat.control.resetCalls()
  const input = { templateId: booking, version: '1.9.0', ext: { shop: '二号店', list: [1] } }
  const { items } = await platform.tell('releases.compare', {
    appids: [appid, stranger, 'wx00000000000000ff'],
    ...input,
  })
  const [mine, theirs, unknown] = Array.isArray(items) ? items : []
  const { warnings, ...compared } = mine
  assert.deepEqual(compared, {
    appid,
    live: { version: '2.0.0', templateId: shop, source: SHOP },
    next: { version: '1.9.0', templateId: booking, source: BOOKING },
    extJson: { added: ['ext.list'], removed: ['ext.theme', 'ext.slogan'], changed: ['ext.shop'] },
  })
  assert.deepEqual(
    warnings.map(({ code, params }: { code: string; params: object }) => [code, params]),
    [
      ['DIFFERENT_SOURCE', { live: SHOP, next: BOOKING }],
      ['OLDER_VERSION', { live: '2.0.0', next: '1.9.0' }],
      ['EXT_KEYS_LOST', { keys: ['ext.theme', 'ext.slogan'] }],
    ],
  )
  const next = { version: '1.9.0', templateId: booking, source: BOOKING }
  assert.deepEqual(
    [theirs, unknown],
    [
      { appid: stranger, next, warnings: [] },
      { appid: 'wx00000000000000ff', next, warnings: [] },
    ],
  )
  const calls = await platform.wechat.control.callCounts()
  const reading = ['/cgi-bin/component/api_get_authorizer_info', '/wxa/get_latest_auditstatus', '/wxa/getversioninfo']
  assert.deepEqual(Object.keys(calls).toSorted(), reading, 'whoever was not read yet')
})

test('a version that came online elsewhere cannot be compared, and says so', async () => {
  const templateId = await templateOf(SHOP, '2.1.0')
  const appid = await shopNamed({ shopName: '老店' })
  await releaseVersion(platform, appid, templateId, '0.9.0')
  // As if somebody else had done it.
  await editRows(platform, 'releases', { appid }, { appid: 'wx0000000000000000' })
  await editRows(platform, 'authorizers', { _id: appid }, { currentRelease: null })
  const { items } = await platform.tell('releases.compare', { appids: [appid], templateId })
  const [{ live, extJson, warnings }] = Array.isArray(items) ? items : []
  assert.deepEqual([live, extJson], [{ version: '0.9.0' }, undefined])
  assert.deepEqual(
    warnings.map(({ code }: { code: string }) => code),
    ['LIVE_UNKNOWN', 'VARIABLE_EMPTY'],
  )
})

test('in a rollout whoever has a warning that nobody allowed is skipped with it', async () => {
  const [shop, older] = [await templateOf(SHOP, '3.0.0'), await templateOf(SHOP, '2.9.0')]
  const appids = [await shopNamed({ shopName: '甲' }), await shopNamed({ shopName: '乙' })]
  for (const appid of appids) await releaseVersion(platform, appid, shop, '3.0.0')
  const plan = { name: '旧版', templateId: older, version: '2.9.0', description: '回到旧版', appids }
  const outcome = async (more: object) => {
    const { rolloutId } = await platform.tell('rollouts.create', { ...plan, ...more })
    await runQueue(platform)
    const { items } = await platform.tell('rollouts.items', { rolloutId })
    await platform.ask('rollouts.cancel', { rolloutId })
    return Array.isArray(items) && items.map(({ state, problem }) => [state, problem?.code])
  }
  assert.deepEqual(await outcome({}), [
    ['skipped', 'VARIABLE_EMPTY'],
    ['skipped', 'VARIABLE_EMPTY'],
  ])
  assert.deepEqual(await outcome({ allow: ['VARIABLE_EMPTY'] }), [
    ['skipped', 'OLDER_VERSION'],
    ['skipped', 'OLDER_VERSION'],
  ])
  assert.deepEqual(await outcome({ allow: ['OLDER_VERSION'], extVars: { slogan: '好' } }), [
    ['auditing', undefined],
    ['auditing', undefined],
  ])
})

test('who gets a rollout is chosen by what is online', async () => {
  const templateId = await templateOf(SHOP, '9.0.0')
  const chosen = async (filter: object): Promise<unknown> => {
    const plan = { name: '选择', templateId, version: '9.0.0', description: '新版', filter, waves: [1, 100] }
    const answer = await platform.ask('rollouts.create', plan)
    if (!answer.ok) return answer.error.reason
    await platform.tell('rollouts.cancel', { rolloutId: answer.data['rolloutId'] })
    return answer.data['total']
  }
  const live = rowsOf(platform, 'authorizers').filter((row) => row['currentRelease'])
  const versions = live.map((row) => String(Object(row['currentRelease']).version)).toSorted()
  assert.deepEqual(versions, ['2.0.0', '3.0.0', '3.0.0'])
  const all = rowsOf(platform, 'authorizers').length
  // And 0.9.0, which came online elsewhere.
  assert.equal(await chosen({ liveVersionNot: '3.0.0' }), 2)
  assert.equal(await chosen({ liveVersionOlder: '3.0.0' }), 2)
  assert.equal(await chosen({ liveVersionOlder: '10.0' }), 4)
  assert.equal(await chosen({ neverReleased: true }), all - 4)
  assert.equal(await chosen({ source: SHOP }), 3)
  assert.equal(await chosen({ source: BOOKING }), 'NOBODY_CHOSEN')
})

test('where a version came from is known also when its template was deleted', async () => {
  const [next, booking] = [await templateOf(SHOP, '9.1.0'), await templateOf(BOOKING, '9.1.0')]
  const { items: listed } = await platform.tell('templates.list', { limit: 100 })
  const templates: { template_id: number }[] = Object(listed)
  for (const { template_id: templateId } of templates)
    if (templateId !== next && templateId !== booking) await platform.tell('templates.delete', { templateId })
  const { total } = await platform.tell('authorizers.list', { filter: { source: SHOP } })
  assert.equal(total, 3)
  const [shop] = rowsOf(platform, 'authorizers').filter((row) => Object(row['currentRelease']).version === '2.0.0')
  const { items } = await platform.tell('releases.compare', { appids: [shop?.['_id']], templateId: booking, ext: {} })
  const [{ live, warnings }] = Object(items)
  assert.equal(live.source, SHOP)
  assert.deepEqual(
    warnings.map(({ code }: { code: string }) => code),
    ['DIFFERENT_SOURCE', 'EXT_KEYS_LOST'],
  )
})

test('a rollout starts from the last release here also where another hand took it offline since', async () => {
  const templateId = await templateOf('', '8.0.0')
  const appid = await shopNamed({ shopName: '甲' })
  const release = { appid, templateId, version: '8.0.0', description: '新版', ext: { shop: '一号店' } }
  await platform.tell('releases.commit', release)
  await platform.tell('releases.submit', { appid })
  await platform.wechat.control.passAudit(appid)
  await platform.tell('releases.release', { appid })
  await platform.wechat.control.bringVersion({ appid, version: '8.1.0', description: '别处' })
  await platform.tell('releases.release', { appid, version: '8.1.0' })
  const plan = {
    name: '接着',
    templateId,
    version: '8.2.0',
    description: '新版',
    appids: [appid],
    allow: ['LIVE_UNKNOWN'],
  }
  await platform.tell('rollouts.create', plan)
  await runQueue(platform)
  assert.deepEqual(Object(sentTo(appid)).ext, { shop: '一号店' })
})
