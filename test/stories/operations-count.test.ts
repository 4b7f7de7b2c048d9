import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { databaseCalls, editRows, rowsOf } from '../fixtures/interference.ts'
import { openBrowser, wechatLinkIn } from '../fixtures/merchant.ts'
import { startPlatform, type LocalPlatform } from '../fixtures/platform.ts'
import { authorizedMerchant, makeTemplate } from '../fixtures/shop.ts'

/* Database operations are the bill: what each use case makes of them is held exactly. */

let platform: LocalPlatform
let templateId: number
before(async () => {
  platform = await startPlatform()
  templateId = await makeTemplate(platform)
  // Every function has started, and has the platform's own token.
  for (const first of ['push', 'browser'] as const) {
    const { businessId } = await follow(`warm-${first}`, first)
    await platform.tell('bindings.get', { businessId })
  }
})
after(() => platform.close())

async function operationsOf(work: () => Promise<unknown>): Promise<number> {
  platform.host.database.faults.resetCounts()
  await work()
  await platform.wechat.control.settle()
  const { reads, writes } = databaseCalls(platform)
  return reads + writes
}

/** A merchant's way from the link to the binding; WeChat's push or the browser is first. */
async function follow(businessId: string, first: 'push' | 'browser') {
  const { control } = platform.wechat
  const { appid } = await control.createMerchant({ nickName: '小店', principalName: '小店公司' })
  const browser = openBrowser()
  const counts: number[] = []
  const counted = async (work: () => Promise<unknown>) => counts.push(await operationsOf(work))
  let inviteUrl = ''
  await counted(async () => {
    inviteUrl = String((await platform.tell('bindings.createLink', { businessId }))['inviteUrl'])
  })
  let page = ''
  await counted(async () => {
    page = (await browser.get(inviteUrl)).body
  })
  const link = wechatLinkIn(page)
  await control.changeSettings({ holdPushes: true })
  const { push, redirectUrl = '' } = await control.authorize({
    preAuthCode: link.searchParams.get('pre_auth_code') ?? '',
    redirectUri: link.searchParams.get('redirect_uri') ?? '',
    appid,
  })
  await control.changeSettings({ holdPushes: false })
  const roads = {
    push: () => control.deliverPushes({ pushIds: [push?.pushId ?? 0] }),
    browser: () => browser.get(redirectUrl),
  }
  await counted(roads[first])
  await counted(first === 'push' ? roads.browser : roads.push)
  assert.equal((await platform.tell('bindings.get', { businessId }))['appid'], appid)
  return { appid, businessId, counts, total: counts.reduce((sum, count) => sum + count, 0) }
}

test('from the link to the binding, WeChat’s push first', async () => {
  const { counts } = await follow('push-first', 'push')
  assert.deepEqual(counts, [4, 2, 12, 1])
})

test('from the link to the binding, the browser first', async () => {
  const { counts } = await follow('browser-first', 'browser')
  assert.deepEqual(counts, [4, 2, 10, 4])
})

test('a bind that changes nothing looks once', async () => {
  const { appid, businessId } = await follow('bound', 'push')
  assert.equal(await operationsOf(() => platform.tell('bindings.bind', { businessId, appid })), 4)
  const keyed = { businessId, appid, idempotencyKey: 'k1' }
  assert.equal(await operationsOf(() => platform.tell('bindings.bind', keyed)), 3)
})

test('a commit reads the account once, its token with it', async () => {
  const appid = await authorizedMerchant(platform)
  const commit = (version: string) => () =>
    platform.tell('releases.commit', { appid, templateId, version, description: '新版', idempotencyKey: version })
  // The template list is remembered.
  const other = await authorizedMerchant(platform)
  await platform.tell('releases.commit', { appid: other, templateId, version: '1', description: '新版' })
  assert.equal(await operationsOf(commit('1.0')), 5)
  // The trial version that it takes the place of ends with a write of its own.
  assert.equal(await operationsOf(commit('1.1')), 6)
})

test('an API call that lends a token reads it, and is written down before it is answered', async () => {
  const appid = await authorizedMerchant(platform)
  const other = await authorizedMerchant(platform)
  const { key } = await platform.tell('apiKeys.create', { name: 'lender', role: 'operator' })
  const lend = (account: string) => async () => {
    const answer = await fetch(`${platform.host.url}/api/v1/tokens.authorizer`, {
      method: 'POST',
      headers: { authorization: `Bearer ${String(key)}`, 'content-type': 'application/json' },
      body: JSON.stringify({ appid: account }),
    })
    assert.equal(answer.status, 200)
  }
  // The first call reads the key, with it the token, and notes once an hour that the key is used.
  await operationsOf(lend(other))
  assert.equal(await operationsOf(lend(appid)), 2)
  assert.equal(await operationsOf(lend(appid)), 2)
})

test('the full look takes ten operations more than a quiet minute', async () => {
  for (let run = 0; run < 4; run++) await platform.host.fireTimer('processQueue')
  await editRows(platform, 'platform', { _id: 'component' }, { 'turns.fullLook': new Date(1000) })
  assert.equal(await operationsOf(() => platform.host.fireTimer('processQueue')), 12)
})

test('a message that is known, or that nobody handles, is one write; one look tells whose two thousand accounts are', async () => {
  const { control } = platform.wechat
  for (let count = 0; count < 3; count++) await authorizedMerchant(platform)
  const appids = rowsOf(platform, 'authorizers').map((row) => String(row['_id']))
  const send = (appid: string, MsgId: string) =>
    operationsOf(() =>
      control.pushMessage({ appid, openid: 'o-user', fields: { MsgType: 'text', Content: '在吗', MsgId } }),
    )
  const counts = []
  for (const appid of appids) counts.push(await send(appid, '1'))
  assert.deepEqual(
    counts,
    appids.map((_, at) => (at === 0 ? 2 : 1)),
  )
  assert.equal(await send(appids[0] ?? '', '1'), 1)
})
