import assert from 'node:assert/strict'
import { after, before, beforeEach, test } from 'node:test'
import {
  consumeElsewhere,
  deliver,
  exchanges,
  inviteFor,
  newMerchant,
  openInvite,
  confirm,
} from '../fixtures/authorizations.ts'
import { editRows, rowsOf } from '../fixtures/interference.ts'
import { authorizeMerchant, openBrowser, wechatLinkIn } from '../fixtures/merchant.ts'
import { startPlatform, type LocalPlatform } from '../fixtures/platform.ts'

let platform: LocalPlatform
before(async () => {
  platform = await startPlatform({ wechat: { pushRetries: 0 } })
})
after(() => platform.close())
beforeEach(async () => {
  await platform.wechat.control.changeSettings({ holdPushes: false, samePushCode: true })
  await platform.wechat.control.clearFaults()
  await platform.wechat.control.resetCalls()
})

let businesses = 0
const newBusiness = (): string => `business-${++businesses}`

const get = (businessId: string, more: object = {}) => platform.tell('bindings.get', { businessId, ...more })
const codeOf = async (operation: string, input: object): Promise<string> => {
  const answer = await platform.ask(operation, input)
  return answer.ok ? 'ok' : answer.error.code
}
const problemsOf = async (appid: string): Promise<string[]> => {
  const { problems } = await platform.tell('platform.status')
  const list: readonly { code: string; appid?: string }[] = Object(problems)
  return list.filter((problem) => problem.appid === appid).map(({ code }) => code)
}

function assertOneToOne(): void {
  const bound = rowsOf(platform, 'bindings').filter((row) => typeof row['appid'] === 'string')
  const fromBindings = bound.map((row) => `${String(row['businessId'])} ${String(row['appid'])}`)
  const fromAuthorizers = rowsOf(platform, 'authorizers')
    .filter((row) => typeof row['businessId'] === 'string')
    .map((row) => `${String(row['businessId'])} ${String(row['_id'])}`)
  assert.equal(new Set(bound.map((row) => row['appid'])).size, bound.length)
  assert.deepEqual(fromAuthorizers.toSorted(), fromBindings.toSorted())
}

/** Authorized through a link that is not ours: a code, and no business. */
async function authorizeFreely(appid: string): Promise<{ authCode: string; pushId: number }> {
  const code = await platform.wechat.control.createPreAuthCode()
  const { authCode, push } = await platform.wechat.control.authorize({ preAuthCode: code.value, appid })
  return { authCode, pushId: push?.pushId ?? 0 }
}

test('what a business page polls: none, pending, bound, with a problem, revoked, none', async () => {
  const businessId = newBusiness()
  const appid = await newMerchant(platform)
  assert.deepEqual(await get(businessId), { businessId, accountType: 'miniprogram', status: 'none', attributes: {} })
  await inviteFor(platform, businessId, { attributes: { city: '杭州' } })
  assert.deepEqual(await get(businessId), {
    businessId,
    accountType: 'miniprogram',
    status: 'pending',
    attributes: { city: '杭州' },
  })
  // An open link that ends is as if there had been none.
  await editRows(platform, 'bindings', { businessId }, { pendingUntil: new Date(1000) })
  assert.equal((await get(businessId))['status'], 'none')
  await authorizeMerchant(platform, { businessId, appid, link: { attributes: { city: '宁波' } } })
  const { boundAt, nickName, ...bound } = await get(businessId)
  assert.deepEqual(bound, {
    businessId,
    accountType: 'miniprogram',
    status: 'bound',
    appid,
    attributes: { city: '宁波' },
  })
  assert.match(String(boundAt), /^\d{4}-\d\d-\d\dT[\d:.]+Z$/)
  assert.match(String(nickName), /^店/)
  // A further link changes nothing of it.
  await inviteFor(platform, businessId, { attributes: { city: '温州' } })
  assert.deepEqual((await get(businessId))['attributes'], { city: '宁波' })

  await editRows(platform, 'authorizers', { _id: appid }, { status: 'reauthorize' })
  const ailing = await get(businessId)
  assert.equal(ailing['status'], 'bound')
  assert.equal(Object(ailing['problem']).code, 'REAUTHORIZATION_REQUIRED')
  await editRows(platform, 'authorizers', { _id: appid }, { status: 'active' })

  await platform.wechat.control.unauthorize({ appid })
  assert.equal((await get(businessId))['status'], 'revoked')
  assert.equal(await codeOf('bindings.bind', { businessId, appid }), 'REAUTHORIZATION_REQUIRED')
  await platform.tell('bindings.unbind', { businessId })
  assert.equal((await get(businessId))['status'], 'none')
  assert.equal(await codeOf('bindings.unbind', { businessId }), 'NOT_FOUND')
  assert.equal(await codeOf('bindings.unbind', { businessId: 'never-heard-of' }), 'NOT_FOUND')
})

test('what is untied is answered, also where a link for any account stood beside it', async () => {
  const businessId = newBusiness()
  const appid = await newMerchant(platform)
  await authorizeMerchant(platform, { businessId, appid, link: { attributes: { city: '宁波' } } })
  await inviteFor(platform, businessId, { accountType: 'any' })
  const left = await platform.tell('bindings.unbind', { businessId })
  assert.deepEqual([left['accountType'], left['status'], left['attributes']], ['miniprogram', 'none', { city: '宁波' }])
})

test('bindings are listed by status', async () => {
  const [open, bound] = [newBusiness(), newBusiness()]
  await inviteFor(platform, open)
  await authorizeMerchant(platform, { businessId: bound, appid: await newMerchant(platform) })
  const ids = async (status: string): Promise<string[]> => {
    const { items } = await platform.tell('bindings.list', { status, limit: 100 })
    const list: readonly { businessId: string; status: string }[] = Object(items)
    assert.ok(list.every((one) => one.status === status))
    return list.map(({ businessId }) => businessId)
  }
  assert.ok((await ids('pending')).includes(open))
  assert.ok((await ids('bound')).includes(bound))
  assert.ok(!(await ids('none')).includes(bound))
})

test('a code that was exchanged here, or that a push named, stands for its account', async () => {
  const [pushed, held] = [await newMerchant(platform), await newMerchant(platform)]
  const first = await authorizeFreely(pushed)
  assert.equal(await exchanges(platform), 1)
  const one = await platform.tell('bindings.bind', { businessId: newBusiness(), authCode: first.authCode })
  assert.deepEqual([one['status'], one['appid']], ['bound', pushed])
  assert.equal(await exchanges(platform), 1)

  await platform.wechat.control.changeSettings({ holdPushes: true })
  const second = await authorizeFreely(held)
  const businessId = newBusiness()
  const two = await platform.tell('bindings.bind', { businessId, authCode: second.authCode, attributes: { a: 'b' } })
  assert.deepEqual([two['status'], two['appid'], two['attributes']], ['bound', held, { a: 'b' }])
  assert.equal(await exchanges(platform), 2)
  await deliver(platform, second.pushId)
  assert.equal(await exchanges(platform), 2)
  assert.equal((await get(businessId))['appid'], held)
})

test('a code that 微管家 has spent binds once its push has come', async () => {
  await platform.wechat.control.changeSettings({ holdPushes: true })
  const appid = await newMerchant(platform)
  const { authCode, pushId } = await authorizeFreely(appid)
  await consumeElsewhere(platform, authCode)
  const businessId = newBusiness()
  assert.equal(await codeOf('bindings.bind', { businessId, authCode }), 'WECHAT_REJECTED')
  await deliver(platform, pushId)
  assert.equal((await platform.tell('bindings.bind', { businessId, authCode }))['appid'], appid)
  assert.equal(
    await codeOf('bindings.bind', { businessId: newBusiness(), authCode: 'queryauthcode@@@guess' }),
    'WECHAT_REJECTED',
  )
})

test('an account by its appid: unknown, taken, taken over, by the same business again', async () => {
  const appid = await newMerchant(platform)
  const [a, b] = [newBusiness(), newBusiness()]
  assert.equal(await codeOf('bindings.bind', { businessId: a, appid: 'wxnobody' }), 'NOT_FOUND')
  await authorizeFreely(appid)
  assert.equal((await platform.tell('bindings.bind', { businessId: a, appid }))['status'], 'bound')
  assert.equal(await codeOf('bindings.bind', { businessId: b, appid }), 'CONFLICT')
  assert.deepEqual(await problemsOf(appid), ['BINDING_CONFLICT'])
  const { items: conflicts } = await platform.tell('problems.list', { appid })
  assert.equal(Object(conflicts)[0].message, `商户刚授权的账号没有绑定到业务 ${b}：账号 ${appid} 已绑定到业务 ${a}`)
  assert.equal((await get(a))['appid'], appid)
  assert.equal((await get(b))['status'], 'none')

  const moved = await platform.tell('bindings.bind', { businessId: b, appid, replace: true })
  assert.deepEqual([moved['businessId'], moved['appid'], moved['status']], [b, appid, 'bound'])
  assert.equal((await get(a))['status'], 'none')
  assert.deepEqual(await problemsOf(appid), [])
  const { items } = await platform.tell('activity.list', { limit: 1 })
  const [entry]: readonly { operation: string; input: object; outcome: string }[] = Object(items)
  assert.deepEqual(
    [entry?.operation, entry?.input, entry?.outcome],
    ['bindings.bind', { businessId: b, appid, replace: true }, 'ok'],
  )
  assertOneToOne()

  // The business has another account: not replaced either, unless that one is gone.
  const other = await newMerchant(platform)
  await authorizeFreely(other)
  assert.equal(await codeOf('bindings.bind', { businessId: b, appid: other }), 'CONFLICT')
  await platform.wechat.control.unauthorize({ appid })
  assert.equal((await platform.tell('bindings.bind', { businessId: b, appid: other }))['appid'], other)
  assert.deepEqual(await problemsOf(other), [])
  assertOneToOne()
})

test('a refused binding keeps the tokens', async () => {
  await platform.wechat.control.changeSettings({ holdPushes: true })
  const [mine, yours] = [await newMerchant(platform), await newMerchant(platform)]
  const businessId = newBusiness()
  await authorizeMerchant(platform, { businessId, appid: mine })
  const { authCode } = await authorizeFreely(yours)
  assert.equal(await codeOf('bindings.bind', { businessId, authCode }), 'CONFLICT')
  assert.equal(await codeOf('releases.quota', { appid: yours }), 'ok')
})

test('two businesses bind one account at once, ten times: one wins, the other is told', async () => {
  for (let round = 0; round < 10; round++) {
    const appid = await newMerchant(platform)
    await authorizeFreely(appid)
    const [a, b] = [newBusiness(), newBusiness()]
    const outcomes = await Promise.all([a, b].map((businessId) => codeOf('bindings.bind', { businessId, appid })))
    assert.deepEqual(outcomes.toSorted(), ['CONFLICT', 'ok'])
    const states = await Promise.all([get(a), get(b)])
    assert.deepEqual(new Set(states.map(({ status }) => status)), new Set(['bound', 'none']))
    assert.deepEqual(await problemsOf(appid), ['BINDING_CONFLICT'])
  }
  assertOneToOne()
})

test('one account is moved to and fro by two operators at once: it always has one place', async () => {
  const appid = await newMerchant(platform)
  await authorizeFreely(appid)
  const ids = [newBusiness(), newBusiness(), newBusiness()]
  await Promise.all(ids.map((businessId) => codeOf('bindings.bind', { businessId, appid, replace: true })))
  assertOneToOne()
  assert.equal((await Promise.all(ids.map((id) => get(id)))).filter(({ status }) => status === 'bound').length, 1)
})

test('merchants are sent back to listed origins only', async () => {
  const refused = [
    '//evil.example',
    '/\\evil.example',
    '\\\\evil.example',
    'https:/\\evil.example',
    'https:evil.example',
    'https:///evil.example',
    'https://evil.example',
    'https://shop.example@evil.example',
    'https://shop.example:443@evil.example/',
    'https://user@shop.example/',
    'https://shop.example.evil.example',
    'https://evil.example/https://shop.example/',
    'https://evil.example?https://shop.example/',
    'https://evil.example#https://shop.example/',
    'https://shop.example:8443/',
    'http://shop.example/',
    'https://shop.example\\.evil.example/',
    'https://shop.example%2eevil.example/',
    'https://shop.example./',
    'https://sub.shop.example/',
    'https://xn--shp-hna.example/',
    'https://ѕhop.example/',
    ' https://shop.example/',
    'https://shop.example/\r\nset-cookie: a=b',
    'https://shop.example/a\tb',
    'https://shop.example/\u0000',
    'javascript:alert(1)//https://shop.example/',
    'data:text/html,x',
    'shop.example',
    '/done',
    '',
    `https://shop.example/${'a'.repeat(2048)}`,
  ]
  for (const returnUrl of refused) {
    const answer = await platform.ask('bindings.createLink', { businessId: 'returning', returnUrl })
    assert.equal(
      answer.ok ? 'ok' : `${answer.error.code} ${answer.error.field}`,
      'INVALID_ARGUMENT returnUrl',
      returnUrl,
    )
  }
  for (const returnUrl of ['https://shop.example', 'https://shop.example/a?b=c#d', 'https://shop.example:443/'])
    assert.equal(await codeOf('bindings.createLink', { businessId: 'returning', returnUrl }), 'ok', returnUrl)
})

test('whatever merchants and WeChat write is shown as text', async () => {
  const evil = `"><script>alert(1)</script><img src=x onerror=alert(1)>'&\u2028`
  const appid = await newMerchant(platform, { nickName: evil, principalName: evil })
  const { browser, callback } = await authorizeMerchant(platform, {
    businessId: newBusiness(),
    appid,
    link: { attributes: { shop: evil } },
  })
  const pages = [callback]
  pages.push(await browser.get(`${platform.host.url}/auth/start?invite=${encodeURIComponent(evil)}`))
  pages.push(
    await browser.get(
      `${platform.host.url}/auth/callback/${encodeURIComponent(evil)}?auth_code=${encodeURIComponent(evil)}`,
    ),
  )
  pages.push(await browser.get(`${platform.host.url}/auth/callback/x%0d%0aset-cookie:a=b?auth_code=%0d%0ax:y`))
  await platform.wechat.control.changeSettings({ holdPushes: true })
  await platform.wechat.control.addFault({
    path: '/cgi-bin/component/api_query_auth',
    body: JSON.stringify({ errcode: 61009, errmsg: evil }),
  })
  const late = await confirm(
    platform,
    await openInvite(await inviteFor(platform, newBusiness())),
    await newMerchant(platform),
  )
  pages.push(await late.browser.get(late.redirectUrl))
  pages.push(await openBrowser().get(await inviteFor(platform, newBusiness())))
  for (const page of pages) {
    assert.doesNotMatch(page.body, /<script|<img|onerror=alert\(1\)>/i)
    assert.match(page.headers.get('content-security-policy') ?? '', /default-src 'none'/)
    assert.match(page.headers.get('content-security-policy') ?? '', /frame-ancestors 'none'/)
    assert.equal(page.headers.get('x-frame-options'), 'DENY')
    assert.equal(page.headers.get('x-content-type-options'), 'nosniff')
    assert.equal(page.headers.get('cache-control'), 'no-store')
    assert.equal(page.headers.get('x'), null)
    assert.ok(page.headers.getSetCookie().every((line) => line.startsWith('mf_browser=')))
  }
  assert.match(callback.body, /&lt;script&gt;/)
  // Business ids cannot be anything but plain.
  for (const businessId of [evil, '<b>', 'a b', '', 'é', 'x'.repeat(65), 'a\n', 'a/b', '$where'])
    assert.equal(await codeOf('bindings.createLink', { businessId }), 'INVALID_ARGUMENT', businessId)
})

test('one cookie a browser, kept; the start page lets WeChat see where it comes from', async () => {
  const browser = openBrowser()
  const page = await browser.get(await inviteFor(platform, newBusiness()))
  const [line = ''] = page.headers.getSetCookie()
  assert.match(line, /^mf_browser=[0-9a-f]{32}; .*HttpOnly; SameSite=Lax/)
  const kept = browser.cookies.get('mf_browser')
  await browser.get(await inviteFor(platform, newBusiness()))
  assert.equal(browser.cookies.get('mf_browser'), kept)
  assert.equal(page.headers.get('referrer-policy'), 'strict-origin-when-cross-origin')
  for (const kind of ['computer', 'phone'] as const) {
    const link = wechatLinkIn(page.body, kind)
    assert.equal(link.searchParams.get('auth_type'), '2')
    assert.ok(link.searchParams.get('redirect_uri')?.startsWith(`${platform.host.url}/auth/callback/`))
  }
})

test('a second question mark that somebody appended does not lose the code', async () => {
  await platform.wechat.control.changeSettings({ holdPushes: true })
  for (const spoil of [
    (uri: string, code: string) => `${uri}?from=x?auth_code=${code}&expires_in=600`,
    (uri: string, code: string) => `${uri}?auth_code=${code}?expires_in=600`,
    (uri: string, code: string) => `${uri}%3Ffrom=x?auth_code=${code}`,
  ]) {
    const appid = await newMerchant(platform)
    const confirmed = await confirm(platform, await openInvite(await inviteFor(platform, newBusiness())), appid)
    const page = await confirmed.browser.get(spoil(confirmed.redirectUri, encodeURIComponent(confirmed.authCode)))
    assert.equal(page.status, 200, page.body)
  }
})
