import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { after, before, test } from 'node:test'
import { confirm, exchanges, inviteFor, newMerchant, openInvite } from '../fixtures/authorizations.ts'
import { databaseCalls, killInstances } from '../fixtures/interference.ts'
import { authorizeMerchant, openBrowser } from '../fixtures/merchant.ts'
import { startPlatform, type LocalPlatform } from '../fixtures/platform.ts'

let platform: LocalPlatform
before(async () => {
  platform = await startPlatform({ withoutTicket: true })
})
after(() => platform.close())

const headersOf = (headers: Headers): Record<string, string | null> =>
  Object.fromEntries(
    ['x-frame-options', 'x-content-type-options', 'cache-control', 'referrer-policy'].map((name) => [
      name,
      headers.get(name),
    ]),
  )

const strict = {
  'x-frame-options': 'DENY',
  'x-content-type-options': 'nosniff',
  'cache-control': 'no-store',
  'referrer-policy': 'no-referrer',
}

/** The policy lets the style of this very page in, and nothing else. */
function assertPolicy({ headers, body }: { headers: Headers; body: string }): void {
  const style = /<style>([^]*)<\/style>/.exec(body)?.[1] ?? ''
  const hash = createHash('sha256').update(style).digest('base64')
  assert.equal(
    headers.get('content-security-policy'),
    `default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
  )
  assert.doesNotMatch(body.replace(style, ''), /<script|style=|\son\w+=|src=/i)
}

test('without a ticket the start page says what is missing, and to try again', async () => {
  const page = await openBrowser().get(await inviteFor(platform, 'early'))
  assert.equal(page.status, 503)
  assert.match(page.body, /服务商平台尚未收到微信的验证票据/)
  assert.match(page.body, /TICKET_MISSING/)
  assert.match(page.body, /href=""/)
  const requestId = page.headers.get('x-request-id') ?? ''
  assert.match(requestId, /^[0-9a-f-]{36}$/)
  assert.ok(page.body.includes(requestId))
  assert.deepEqual(headersOf(page.headers), strict)
  assertPolicy(page)
  await platform.wechat.control.pushTicket()
})

test('every page carries the same guard; only the start page tells where the browser comes from', async () => {
  const browser = openBrowser()
  const start = await browser.get(await inviteFor(platform, 'guarded'))
  assert.deepEqual(headersOf(start.headers), { ...strict, 'referrer-policy': 'strict-origin-when-cross-origin' })
  assertPolicy(start)
  const appid = await newMerchant(platform)
  const { callback: bound } = await authorizeMerchant(platform, { businessId: 'guarded', appid })
  const { callback: failed } = await authorizeMerchant(platform, { businessId: 'guarded-other', appid })
  const forged = await browser.get(`${platform.host.url}/auth/callback/forged?auth_code=x`)
  assert.deepEqual([start.status, bound.status, failed.status, forged.status], [200, 200, 409, 400])
  for (const page of [bound, failed, forged]) {
    assert.deepEqual(headersOf(page.headers), strict)
    assertPolicy(page)
  }
  assert.match(bound.body, /授权成功/)
  assert.match(failed.body, /账号未绑定[^]*guarded-other[^]*CONFLICT/)
  assert.match(forged.body, /链接无效或已过期[^]*INVALID_ARGUMENT/)
})

const kinds: readonly (readonly [object, RegExp, RegExp])[] = [
  [{ accountType: 'miniprogram' }, /管理您的小程序</, /<li>上传版本、提交审核/],
  [{ accountType: 'official' }, /管理您的公众号</, /<li>在您授予的权限范围内代为调用公众号接口/],
  [{ accountType: 'any' }, /管理您的小程序或公众号</, /<li>小程序：上传版本[^]*<li>公众号：在您/],
  [{ appid: 'wx00000000000000aa' }, /管理您的小程序</, /指定账号[^]*wx00000000000000aa/],
]
for (const [link, title, grants] of kinds)
  test(`the start page for ${JSON.stringify(link)} says what is granted, to whom, for which business`, async () => {
    const { body } = await openBrowser().get(await inviteFor(platform, 'asked', link))
    assert.match(body, title)
    assert.match(body, grants)
    assert.match(body, /业务[^]*<dd>asked<\/dd>/)
    assert.match(body, /授权给[^]*wxc0mp0nent000001/)
    assert.match(body, /链接有效期至[^]*\d{4}-\d\d-\d\d \d\d:\d\d[^]*北京时间/)
  })

test('an invite that a chat program has added to still opens', async () => {
  const invite = await inviteFor(platform, 'shared')
  for (const added of ['?from=singlemessage', '&from=timeline&isappinstalled=0', '。', '.', '%20'])
    assert.equal((await openBrowser().get(`${invite}${added}`)).status, 200, added)
  assert.equal((await openBrowser().get(`${invite}x`)).status, 400)
  assert.equal((await openBrowser().get(`${platform.host.url}/auth/start`)).status, 400)
})

test('a cookie that is not one of ours is replaced, one of ours is kept', async () => {
  const invite = await inviteFor(platform, 'cookie')
  const known = '0123456789abcdef0123456789abcdef'
  for (const [value, isKept] of [
    [known, true],
    [known.toUpperCase(), false],
    [`${known}0`, false],
    ['', false],
  ] as const) {
    const browser = openBrowser()
    browser.cookies.set('mf_browser', value)
    await browser.get(invite)
    assert.equal(browser.cookies.get('mf_browser') === value, isKept, value)
    assert.match(browser.cookies.get('mf_browser') ?? '', /^[0-9a-f]{32}$/)
  }
})

test('whoever only looks costs neither a call nor a write, and leaves the state as it was', async () => {
  const invite = await inviteFor(platform, 'looked-at')
  await platform.wechat.control.changeSettings({ holdPushes: true })
  const confirmed = await confirm(platform, await openInvite(invite), await newMerchant(platform))
  await platform.wechat.control.resetCalls()
  platform.host.database.faults.resetCounts()
  const cookie = [...confirmed.browser.cookies].map(([name, value]) => `${name}=${value}`).join('; ')
  const looks: readonly (readonly [string, Record<string, string>])[] = [
    ['HEAD', {}],
    ['GET', { purpose: 'prefetch' }],
    ['GET', { 'sec-purpose': 'prefetch;prerender' }],
    ['GET', { 'user-agent': 'facebookexternalhit/1.1' }],
  ]
  for (const url of [invite, confirmed.redirectUrl])
    for (const [method, headers] of looks) {
      const response = await fetch(url, { method, headers: { ...headers, cookie }, redirect: 'manual' })
      assert.equal(response.status, 200)
      assert.deepEqual(response.headers.getSetCookie(), [])
      assert.equal(response.headers.get('x-frame-options'), 'DENY')
      const body = await response.text()
      assert.equal(body === '', method === 'HEAD')
    }
  assert.deepEqual(await platform.wechat.control.callCounts(), {})
  assert.deepEqual(databaseCalls(platform), { reads: 0, writes: 0 })
  assert.equal((await confirmed.browser.get(confirmed.redirectUrl)).status, 200)
  assert.equal(await exchanges(platform), 1)
  await platform.wechat.control.changeSettings({ holdPushes: false })
})

test('a return address in Chinese is sent as browsers spell it', async () => {
  const { callback } = await authorizeMerchant(platform, {
    businessId: 'returning',
    appid: await newMerchant(platform),
    link: { returnUrl: 'https://shop.example/完成?店=老王#好' },
  })
  assert.equal(callback.status, 302)
  assert.equal(callback.body, '')
  assert.match(
    callback.headers.get('location') ?? '',
    /^https:\/\/shop\.example\/%E5%AE%8C%E6%88%90\?%E5%BA%97=%E8%80%81%E7%8E%8B&businessId=returning&appid=wx[0-9a-f]{16}&status=bound#%E5%A5%BD$/,
  )
})

test('other methods are refused', async () => {
  for (const path of ['/auth/start', '/auth/callback/x']) {
    const response = await fetch(`${platform.host.url}${path}`, { method: 'POST' })
    assert.deepEqual([response.status, response.headers.get('allow')], [405, 'GET, HEAD'])
  }
})

test('the cookie is for https only, unless the platform itself is plain http on this machine', async () => {
  const browser = openBrowser()
  const plain = await browser.get(await inviteFor(platform, 'plain'))
  assert.match(
    plain.headers.getSetCookie()[0] ?? '',
    /^mf_browser=[0-9a-f]{32}; Path=\/; Max-Age=86400; HttpOnly; SameSite=Lax$/,
  )

  platform.env['PUBLIC_BASE_URL'] = 'https://mp.example.cn/base'
  await killInstances(platform)
  const invite = await inviteFor(platform, 'secure')
  assert.match(invite, /^https:\/\/mp\.example\.cn\/base\/auth\/start\?invite=/)
  const secure = await openBrowser().get(`${platform.host.url}/auth/start${new URL(invite).search}`)
  assert.match(
    secure.headers.getSetCookie()[0] ?? '',
    /^mf_browser=[0-9a-f]{32}; Path=\/; Max-Age=86400; HttpOnly; SameSite=Lax; Secure$/,
  )
  assert.match(secure.body, /redirect_uri=https%3A%2F%2Fmp\.example\.cn%2Fbase%2Fauth%2Fcallback%2F/)
})

test('behind 微管家 link, cookie and redirect are on its domain; a link from before is still good', async () => {
  platform.env['PUBLIC_BASE_URL'] = 'https://mp.example.cn/base'
  delete platform.env['AUTH_BASE_URL']
  await killInstances(platform)
  const former = await inviteFor(platform, 'moving')
  platform.env['AUTH_BASE_URL'] = 'https://fleet-1.sh.run.tcloudbase.com/'
  await killInstances(platform)
  const invite = await inviteFor(platform, 'moving')
  assert.match(invite, /^https:\/\/fleet-1\.sh\.run\.tcloudbase\.com\/auth\/start\?invite=/)
  for (const link of [former, invite]) {
    const page = await openBrowser().get(`${platform.host.url}/auth/start${new URL(link).search}`)
    assert.equal(page.status, 200)
    assert.match(page.headers.getSetCookie()[0] ?? '', /; Secure$/)
    assert.match(page.body, /redirect_uri=https%3A%2F%2Ffleet-1\.sh\.run\.tcloudbase\.com%2Fauth%2Fcallback%2F/)
    assert.doesNotMatch(page.body, /mp\.example\.cn/)
  }
  platform.env['AUTH_BASE_URL'] = 'http://127.0.0.1:8082'
  await killInstances(platform)
  const here = await openBrowser().get(`${platform.host.url}/auth/start${new URL(invite).search}`)
  assert.doesNotMatch(here.headers.getSetCookie()[0] ?? '', /Secure/)
})

test('with a variable missing both pages name it and ask nobody', async () => {
  delete platform.env['COMPONENT_TOKEN']
  await killInstances(platform)
  platform.host.database.faults.resetCounts()
  for (const path of ['/auth/start?invite=x', '/auth/callback/x?auth_code=y']) {
    const page = await openBrowser().get(`${platform.host.url}${path}`)
    assert.equal(page.status, 500)
    assert.match(page.body, /服务商的系统需要处理[^]*CONFIG_INVALID[^]*COMPONENT_TOKEN/)
    assertPolicy(page)
  }
  assert.deepEqual(databaseCalls(platform), { reads: 0, writes: 0 })
})
