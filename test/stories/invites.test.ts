import assert from 'node:assert/strict'
import { after, before, beforeEach, test } from 'node:test'
import { databaseCalls, killInstances, rowsOf } from '../fixtures/interference.ts'
import { startPlatform, type LocalPlatform } from '../fixtures/platform.ts'
import { callsOf } from '../fixtures/shop.ts'

/* What an invite link is good for, and when that ends. */

const PRE_AUTH = '/cgi-bin/component/api_create_preauthcode'

let platform: LocalPlatform
before(async () => {
  platform = await startPlatform({ host: { maxInstances: 1 } })
})
after(() => platform.close())
beforeEach(() => platform.wechat.control.resetCalls())

async function link(businessId: string, input: object = {}): Promise<{ inviteId: string; inviteUrl: string }> {
  const made = await platform.tell('bindings.createLink', { businessId, ...input })
  return { inviteId: String(made['inviteId']), inviteUrl: String(made['inviteUrl']) }
}

interface Opened {
  readonly status: number
  readonly cookie: string
  readonly codes: readonly string[]
  readonly callback: string
}

async function open(url: string, cookie = ''): Promise<Opened> {
  const response = await fetch(url, { headers: { cookie } })
  const page = (await response.text()).replaceAll('&amp;', '&')
  return {
    status: response.status,
    cookie: (response.headers.get('set-cookie') ?? cookie).split(';')[0] ?? '',
    codes: [...new Set([...page.matchAll(/preauthcode(?:%40|@)+[\w-]+/g)].map(([code]) => decodeURIComponent(code)))],
    callback: decodeURIComponent(/redirect_uri=([^&"]+)/.exec(page)?.[1] ?? ''),
  }
}

/** The merchant authorizes on an open page and WeChat's push arrives; the browser does not come back. */
async function authorizeOn({ codes }: Opened): Promise<string> {
  const { appid } = await platform.wechat.control.createMerchant({})
  await platform.wechat.control.authorize({ preAuthCode: codes[0] ?? '', appid })
  await platform.wechat.control.settle()
  return appid
}

const statusOf = async (businessId: string): Promise<unknown> =>
  (await platform.tell('bindings.get', { businessId }))['status']

const openInvites = async (businessId: string): Promise<readonly Record<string, unknown>[]> =>
  Object((await platform.tell('invites.list', { businessId }))['items'])

test('a browser that comes again gets the same code; others get their own', async () => {
  const { inviteUrl } = await link('again')
  const first = await open(inviteUrl)
  assert.equal(first.codes.length, 1)
  platform.host.database.faults.resetCounts()
  for (let n = 0; n < 30; n++) assert.deepEqual((await open(inviteUrl, first.cookie)).codes, first.codes)
  assert.deepEqual(databaseCalls(platform), { reads: 60, writes: 0 })
  assert.notDeepEqual((await open(inviteUrl)).codes, first.codes)
  assert.equal((await callsOf(platform))[PRE_AUTH], 2)
  assert.doesNotMatch(JSON.stringify(platform.host.database.dump()), new RegExp(first.codes[0] ?? 'none'))
})

test('beyond 20 new codes an hour a link answers with a page and 429', async () => {
  const { inviteUrl } = await link('often')
  const first = await open(inviteUrl)
  const statuses: number[] = [first.status]
  for (let n = 1; n < 25; n++) statuses.push((await open(inviteUrl)).status)
  assert.deepEqual(statuses, [...Array<number>(20).fill(200), ...Array<number>(5).fill(429)])
  assert.equal((await callsOf(platform))[PRE_AUTH], 20)
  assert.equal((await open(inviteUrl, first.cookie)).status, 200)
  const page = await (await fetch(inviteUrl)).text()
  assert.match(page, /<html/)
  assert.equal((await open((await link('often')).inviteUrl)).status, 200)
})

test('a link is spent by its binding: it works again for that account only', async () => {
  const { inviteUrl } = await link('spent')
  const [first, stranger] = [await open(inviteUrl), await open(inviteUrl)]
  const appid = await authorizeOn(first)
  assert.equal(await statusOf('spent'), 'bound')
  await platform.wechat.control.unauthorize(appid)
  await platform.wechat.control.settle()
  await authorizeOn(stranger)
  await authorizeOn(await open(inviteUrl))
  assert.equal((await platform.tell('bindings.get', { businessId: 'spent' }))['appid'], appid)
  assert.equal(await statusOf('spent'), 'revoked')
  assert.deepEqual(await openInvites('spent'), [])
  const again = await open(inviteUrl)
  await platform.wechat.control.authorize({ preAuthCode: again.codes[0] ?? '', appid })
  await platform.wechat.control.settle()
  assert.equal(await statusOf('spent'), 'bound')
})

test('unbind ends all open links of the business, with the pages that are open on them', async () => {
  const { inviteUrl } = await link('ended')
  const { inviteUrl: other } = await link('ended', { accountType: 'any' })
  const pages = [await open(inviteUrl), await open(inviteUrl), await open(other)] as const
  await authorizeOn(pages[0])
  await platform.tell('bindings.unbind', { businessId: 'ended' })
  assert.equal((await open(inviteUrl)).status, 400)
  assert.equal((await open(other)).status, 400)
  for (const page of pages.slice(1)) await authorizeOn(page)
  assert.equal(await statusOf('ended'), 'none')
  const { callback, cookie } = pages[2]
  const back = await fetch(`${callback}?auth_code=queryauthcode@@@x&expires_in=600`, {
    headers: { cookie },
    redirect: 'manual',
  })
  assert.equal(back.status, 400)
  assert.deepEqual(await openInvites('ended'), [])
})

test('invites.list shows what is open, invites.revoke ends one', async () => {
  const [kept, ended] = [await link('listed'), await link('listed')]
  const page = await open(ended.inviteUrl)
  const listed = await openInvites('listed')
  assert.deepEqual(new Set(listed.map(({ inviteUrl }) => inviteUrl)), new Set([kept.inviteUrl, ended.inviteUrl]))
  assert.equal(typeof listed.find(({ inviteId }) => inviteId === ended.inviteId)?.['openedAt'], 'string')
  assert.equal('openedAt' in (listed.find(({ inviteId }) => inviteId === kept.inviteId) ?? {}), false)
  await platform.tell('invites.revoke', { inviteId: ended.inviteId })
  assert.equal((await open(ended.inviteUrl)).status, 400)
  await authorizeOn(page)
  assert.equal(await statusOf('listed'), 'pending')
  assert.deepEqual(
    (await openInvites('listed')).map(({ inviteId }) => inviteId),
    [kept.inviteId],
  )
  await platform.tell('invites.revoke', { inviteId: kept.inviteId })
  assert.equal(await statusOf('listed'), 'none')
  const unknown = await platform.ask('invites.revoke', { inviteId: '0'.repeat(32) })
  assert.equal(unknown.ok ? '' : unknown.error.code, 'NOT_FOUND')
  assert.ok(rowsOf(platform, 'invites').length > 2)
})

test('a link for any type may bind one of each', async () => {
  const { inviteUrl } = await link('both', { accountType: 'any' })
  const pages = [await open(inviteUrl), await open(inviteUrl), await open(inviteUrl)] as const
  await authorizeOn(pages[0])
  assert.equal((await openInvites('both')).length, 1)
  await authorizeOn(pages[1])
  const { items } = await platform.tell('bindings.list', { limit: 100 })
  const rows: readonly Record<string, unknown>[] = Object(items)
  assert.equal(rows.filter(({ businessId, appid }) => businessId === 'both' && appid !== undefined).length, 1)
})

test('where https and no path stand before it, the cookie is of this very host only', async () => {
  for (const [base, name] of [
    ['https://pages.example', '__Host-mf_browser'],
    ['https://pages.example/shop', 'mf_browser'],
  ] as const) {
    platform.env['AUTH_BASE_URL'] = base
    await killInstances(platform)
    const { inviteUrl } = await link(`cookie-${name}`)
    const { cookie, codes } = await open(inviteUrl.replace(base, platform.host.url))
    assert.match(cookie, new RegExp(`^${name}=[0-9a-f]{32}$`))
    assert.equal(codes.length, 1)
  }
  delete platform.env['AUTH_BASE_URL']
  await killInstances(platform)
})
