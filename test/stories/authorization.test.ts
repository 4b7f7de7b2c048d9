import assert from 'node:assert/strict'
import { after, before, beforeEach, test } from 'node:test'
import {
  confirm,
  consumeElsewhere,
  deliver,
  exchanges,
  inviteFor,
  movableClock,
  newMerchant,
  openInvite,
  type Confirmed,
  type TimedPlatform,
} from '../fixtures/authorizations.ts'
import { editRows, killInstances, rowsOf } from '../fixtures/interference.ts'
import { authorizeMerchant, openBrowser } from '../fixtures/merchant.ts'
import { startPlatform } from '../fixtures/platform.ts'
import { COMPONENT, postSealed } from '../fixtures/pushes.ts'

let platform: TimedPlatform
before(async () => {
  const clock = movableClock()
  platform = clock.with(await startPlatform({ host: { databaseOptions: { now: clock.now } } }))
})
after(() => platform.close())
beforeEach(async () => {
  const { control } = platform.wechat
  await control.changeSettings({
    holdPushes: false,
    samePushCode: true,
    codes: 'oneShot',
    refreshTokens: 'rotateWithGrace',
    pushRetries: 0,
  })
  await control.clearFaults()
  await control.resetCalls()
})

let businesses = 0
const newBusiness = (): string => `business-${++businesses}`

const binding = (businessId: string) => platform.tell('bindings.get', { businessId })
const summary = async (businessId: string): Promise<string> => {
  const { status, appid = '' } = await binding(businessId)
  return `${String(status)} ${String(appid)}`.trim()
}
const statusOf = async (appid: string): Promise<unknown> =>
  (await platform.tell('authorizers.get', { appid }))['status']

/** I1: WeChat takes our calls for this account. */
const assertUsable = async (appid: string): Promise<void> => {
  const answer = await platform.ask('releases.quota', { appid })
  assert.equal(answer.ok, true, JSON.stringify(answer))
}

/** I4: one business an authorizer, one authorizer a business and account type; both ends say the same. */
function assertOneToOne(): void {
  const bound = rowsOf(platform, 'bindings').filter((row) => typeof row['appid'] === 'string')
  assert.equal(new Set(bound.map((row) => row['appid'])).size, bound.length)
  const fromAuthorizers = rowsOf(platform, 'authorizers')
    .filter((row) => typeof row['businessId'] === 'string')
    .map((row) => `${String(row['businessId'])} ${String(row['_id'])}`)
  const fromBindings = bound.map((row) => `${String(row['businessId'])} ${String(row['appid'])}`)
  assert.deepEqual(fromAuthorizers.toSorted(), fromBindings.toSorted())
}

const problems = async (appid: string) => {
  const { problems: all } = await platform.tell('platform.status')
  const list: readonly { code: string; message: string; hint: string; appid?: string }[] = Object(all)
  return list.filter((problem) => problem.appid === appid)
}

/** Opens an invite and confirms; nothing has reached the platform yet. */
async function confirmHeld(
  businessId = newBusiness(),
  merchant?: string,
): Promise<Confirmed & { businessId: string; appid: string }> {
  await platform.wechat.control.changeSettings({ holdPushes: true })
  const appid = merchant ?? (await newMerchant(platform))
  const confirmed = await confirm(platform, await openInvite(await inviteFor(platform, businessId)), appid)
  await platform.wechat.control.changeSettings({ holdPushes: false })
  return { ...confirmed, businessId, appid }
}

const pushAuthorized = (fields: Record<string, string>) =>
  postSealed(`${platform.host.url}/wechat/component`, { AppId: COMPONENT, ...fields })

const pushUnauthorized = (appid: string, createTime: number) =>
  pushAuthorized({ InfoType: 'unauthorized', AuthorizerAppid: appid, CreateTime: String(createTime) })

const createTimeOf = async (pushId: number): Promise<number> => {
  const push = (await platform.wechat.control.pushes()).find((one) => one.pushId === pushId)
  return Number(/<CreateTime>(\d+)/.exec(push?.message ?? '')?.[1])
}

test('the push alone binds where the browser never comes back', async () => {
  const { businessId, appid, pushId } = await confirmHeld()
  assert.equal(await summary(businessId), 'pending')
  await deliver(platform, pushId)
  assert.equal(await summary(businessId), `bound ${appid}`)
  assert.match(String((await binding(businessId))['nickName']), /^店/)
  await assertUsable(appid)
})

test('what WeChat could not exchange when it was pushed is exchanged by the very next run of the queue', async () => {
  const { businessId, appid, pushId } = await confirmHeld()
  await platform.wechat.control.addFault({ path: '/cgi-bin/component/api_query_auth', errcode: -1 })
  await deliver(platform, pushId)
  assert.equal(await summary(businessId), 'pending')
  await platform.wechat.control.clearFaults()
  await platform.host.fireTimer('processQueue')
  assert.equal(await summary(businessId), `bound ${appid}`)
  await assertUsable(appid)
})

test('the redirect alone binds where the push never comes', async () => {
  const { businessId, appid, redirectUrl, browser } = await confirmHeld()
  const page = await browser.get(redirectUrl)
  assert.equal(page.status, 200)
  assert.match(page.body, new RegExp(appid))
  assert.equal(await summary(businessId), `bound ${appid}`)
  await assertUsable(appid)
})

/** Each road twice: the second time it is a reload, or a push that WeChat repeats. */
const orders = ['RRPP', 'RPRP', 'RPPR', 'PRRP', 'PRPR', 'PPRR']

test('redirect, push, reload and repetition in every order make one binding', async () => {
  const { control } = platform.wechat
  const kinds = [
    { samePushCode: true, codes: 'oneShot', refreshTokens: 'rotateWithGrace' },
    { samePushCode: false, codes: 'oneShot', refreshTokens: 'rotateAtOnce' },
    { samePushCode: true, codes: 'reusable', refreshTokens: 'stay' },
    { samePushCode: false, codes: 'reusable', refreshTokens: 'rotateAtOnce' },
  ] as const
  for (const kind of kinds)
    for (const order of orders) {
      await control.changeSettings({ ...kind })
      const { businessId, appid, redirectUrl, browser, pushId } = await confirmHeld()
      await control.resetCalls()
      for (const road of order) {
        if (road === 'R') assert.equal((await browser.get(redirectUrl)).status, 200)
        else await deliver(platform, pushId)
      }
      const label = JSON.stringify({ ...kind, order })
      assert.equal(await summary(businessId), `bound ${appid}`, label)
      assert.equal(await exchanges(platform), kind.samePushCode ? 1 : 2, label)
      await assertUsable(appid)
    }
  assertOneToOne()
})

test('redirect, push and reload at once make one binding and one exchange', async () => {
  for (const samePushCode of [true, false]) {
    await platform.wechat.control.changeSettings({ samePushCode })
    const { businessId, appid, redirectUrl, browser, pushId } = await confirmHeld()
    await platform.wechat.control.addFault({ path: '/cgi-bin/component/api_query_auth', delayMs: 200, times: 2 })
    await platform.wechat.control.resetCalls()
    const [one, two, three] = await Promise.all([
      browser.get(redirectUrl),
      browser.get(redirectUrl),
      browser.get(redirectUrl),
      deliver(platform, pushId),
    ])
    assert.deepEqual([one.status, two.status, three.status], [200, 200, 200])
    const cleaned = [one, two, three].map(({ body }) => body.replace(/Request ID: [\w-]+/, ''))
    assert.equal(new Set(cleaned).size, 1)
    assert.equal(await summary(businessId), `bound ${appid}`)
    assert.equal(await exchanges(platform), samePushCode ? 1 : 2)
    await assertUsable(appid)
  }
})

test('a browser that comes back while the push has the tokens and waits for the name sees the name', async () => {
  const { control } = platform.wechat
  await control.changeSettings({ samePushCode: true })
  const { businessId, appid, redirectUrl, browser, pushId } = await confirmHeld()
  await control.addFault({ path: '/cgi-bin/component/api_get_authorizer_info', answerDelayMs: 1500, times: 1 })
  const pushed = deliver(platform, pushId)
  while (!JSON.stringify(platform.host.database.dump()['authorizers'] ?? []).includes(appid))
    await new Promise((resolve) => setTimeout(resolve, 10))
  const page = await browser.get(redirectUrl)
  await pushed
  const { nickName } = await binding(businessId)
  assert.match(String(nickName), /^店/)
  assert.match(page.body, new RegExp(`${String(nickName)}<small>${appid}</small>`))
})

test('going back and authorizing once more from the same start page or a new one changes nothing', async () => {
  const { businessId, appid, redirectUrl, browser } = await confirmHeld()
  await browser.get(redirectUrl)
  const again = await confirm(platform, await openInvite(await inviteFor(platform, businessId), browser), appid)
  assert.equal((await browser.get(again.redirectUrl)).status, 200)
  assert.equal((await browser.get(redirectUrl)).status, 200)
  assert.equal(await summary(businessId), `bound ${appid}`)
  await assertUsable(appid)
})

test('a used state repeats its first outcome whatever code it carries', async () => {
  const { businessId, appid, redirectUrl, browser, redirectUri } = await confirmHeld()
  await browser.get(redirectUrl)
  const other = await confirmHeld()
  await platform.wechat.control.resetCalls()
  const page = await browser.get(`${redirectUri}?auth_code=${encodeURIComponent(other.authCode)}&expires_in=600`)
  assert.equal(page.status, 200)
  assert.match(page.body, new RegExp(appid))
  assert.equal(await exchanges(platform), 0)
  assert.equal(await summary(businessId), `bound ${appid}`)
  assert.equal(await summary(other.businessId), 'pending')
})

test('a code that somebody else has exchanged is repaired from the list', async () => {
  const pushed = await confirmHeld()
  await consumeElsewhere(platform, pushed.authCode)
  await deliver(platform, pushed.pushId)
  assert.equal(await summary(pushed.businessId), `bound ${pushed.appid}`)
  await assertUsable(pushed.appid)

  // The browser is first: whose the code is nobody knows yet. Then the push names the account.
  const redirected = await confirmHeld()
  await consumeElsewhere(platform, redirected.authCode)
  const page = await redirected.browser.get(redirected.redirectUrl)
  assert.equal(page.status, 422)
  await deliver(platform, redirected.pushId)
  assert.equal(await summary(redirected.businessId), `bound ${redirected.appid}`)
  assert.equal((await redirected.browser.get(redirected.redirectUrl)).status, 200)
  await assertUsable(redirected.appid)
})

test('a code that has expired is repaired from the list as well', async () => {
  const { control } = platform.wechat
  const { appid, businessId, authCode, pushId } = await confirmHeld()
  await consumeElsewhere(platform, authCode)
  await control.addFault({ path: '/cgi-bin/component/api_query_auth', errcode: 61010 })
  await deliver(platform, pushId)
  await control.clearFaults()
  assert.equal(await summary(businessId), `bound ${appid}`)
  await assertUsable(appid)
})

test('a code that nobody can exchange any more is a problem with the name and the link to send', async () => {
  const { control } = platform.wechat
  const { appid, pushId, businessId } = await confirmHeld()
  await control.addFault({ path: '/cgi-bin/component/api_query_auth', errcode: 61010 })
  await deliver(platform, pushId)
  const [problem] = await problems(appid)
  assert.equal(problem?.code, 'AUTHORIZATION_LOST')
  assert.match(problem?.message ?? '', /店\d+/)
  const link = /https?:\S+/.exec(problem?.hint ?? '')?.[0] ?? ''
  assert.match(link, /\/auth\/start\?invite=/)
  assert.equal(await summary(businessId), 'pending')
  // The link leads to the very business; then the problem is over.
  await control.clearFaults()
  const again = await confirm(platform, await openInvite(link), appid, [18, 30])
  assert.equal((await again.browser.get(again.redirectUrl)).status, 200)
  assert.equal(await summary(businessId), `bound ${appid}`)
  assert.deepEqual(await problems(appid), [])
})

test('that a code is lost and could not be noted is noted by the next run', async () => {
  const { control } = platform.wechat
  const { appid, pushId } = await confirmHeld()
  await control.addFault({ path: '/cgi-bin/component/api_query_auth', errcode: 61010 })
  const endOutage = platform.host.database.faults.add({ collection: 'problems', when: 'before', kind: 'drop' })
  await deliver(platform, pushId)
  endOutage()
  assert.deepEqual(await problems(appid), [])
  await platform.passTime(60)
  await platform.host.fireTimer('processQueue')
  assert.equal((await problems(appid))[0]?.code, 'AUTHORIZATION_LOST')
  await control.clearFaults()
})

test('killed between the exchange and the save, in the browser: the push repairs it', async () => {
  const { appid, pushId, businessId, browser, redirectUrl, authCode } = await confirmHeld()
  await platform.wechat.control.addFault({ path: '/cgi-bin/component/api_query_auth', answerDelayMs: 1000, times: 1 })
  const callback = browser.get(redirectUrl)
  while (!platform.wechat.state.codes.get(authCode)?.used) await new Promise((resolve) => setTimeout(resolve, 10))
  await killInstances(platform)
  assert.equal((await callback).status, 500)
  await platform.passTime(25)
  await deliver(platform, pushId)
  assert.equal(await summary(businessId), `bound ${appid}`)
  assert.equal((await browser.get(redirectUrl)).status, 200)
  await assertUsable(appid)
})

test('the state of an account follows CreateTime, not arrival', async () => {
  const { appid, businessId, pushId } = await confirmHeld()
  const authorizedAt = await createTimeOf(pushId)
  await deliver(platform, pushId)
  await pushUnauthorized(appid, authorizedAt - 1)
  assert.equal(await summary(businessId), `bound ${appid}`)
  await pushUnauthorized(appid, authorizedAt + 1)
  assert.equal(await summary(businessId), `revoked ${appid}`)
  assert.equal(await statusOf(appid), 'revoked')
  assert.ok(rowsOf(platform, 'authorizers').every((row) => row['_id'] !== appid || row['refreshToken'] === undefined))
  // The same authorization again, and an older one with another code: late, and without effect.
  await deliver(platform, pushId)
  await pushAuthorized({
    InfoType: 'updateauthorized',
    AuthorizerAppid: appid,
    AuthorizationCode: 'queryauthcode@@@old',
    CreateTime: String(authorizedAt),
  })
  assert.equal(await summary(businessId), `revoked ${appid}`)
  const refused = await platform.ask('releases.quota', { appid })
  assert.equal(refused.ok ? '' : refused.error.code, 'REAUTHORIZATION_REQUIRED')
  assert.deepEqual(await problems(appid), [])
})

test('a withdrawal that arrives before its authorization counts, also for an account never seen', async () => {
  const { appid, businessId, pushId } = await confirmHeld()
  await pushUnauthorized(appid, (await createTimeOf(pushId)) + 5)
  await platform.wechat.control.resetCalls()
  await deliver(platform, pushId)
  assert.equal(await exchanges(platform), 0)
  assert.equal(await summary(businessId), 'pending')
  assert.deepEqual(await problems(appid), [])
  const { items } = await platform.tell('authorizers.list', { query: appid })
  assert.deepEqual(items, [])
})

test('withdrawn and delivered the wrong way round within one second: nothing is left, and no problem', async () => {
  const { control } = platform.wechat
  const { appid, businessId, pushId } = await confirmHeld()
  const { push } = await control.unauthorize({ appid })
  assert.ok(push)
  await deliver(platform, pushId, push.pushId)
  assert.notEqual((await binding(businessId))['status'], 'bound')
  assert.deepEqual(await problems(appid), [])
})

test('a withdrawal that is handled while the code is being exchanged counts', async () => {
  const { control } = platform.wechat
  const { appid, businessId, pushId, authCode } = await confirmHeld()
  const withdrawnAt = (await createTimeOf(pushId)) + 1
  await control.addFault({ path: '/cgi-bin/component/api_query_auth', answerDelayMs: 1500, times: 1 })
  const delivered = deliver(platform, pushId)
  while (!platform.wechat.state.codes.get(authCode)?.used) await new Promise((resolve) => setTimeout(resolve, 10))
  await pushUnauthorized(appid, withdrawnAt)
  await delivered
  assert.notEqual((await binding(businessId))['status'], 'bound')
  assert.equal((await platform.tell('authorizers.get', { appid }))['status'], 'revoked')
})

test('a delayed withdrawal does not undo a new authorization through the browser', async () => {
  const { control } = platform.wechat
  const { appid, businessId, browser, redirectUrl, pushId } = await confirmHeld()
  await deliver(platform, pushId)
  await browser.get(redirectUrl)
  // The page is open already when the merchant withdraws, and the push is late.
  await control.changeSettings({ holdPushes: true })
  const attempt = await openInvite(await inviteFor(platform, businessId), browser)
  await platform.passTime(30)
  const { push } = await control.unauthorize({ appid })
  await platform.passTime(30)
  const again = await confirm(platform, attempt, appid)
  assert.equal((await browser.get(again.redirectUrl)).status, 200)
  await control.changeSettings({ holdPushes: false })
  await deliver(platform, push?.pushId ?? 0)
  assert.equal(await summary(businessId), `bound ${appid}`)
  await assertUsable(appid)
  // A real one counts, although the push of the authorization never came.
  await platform.passTime(2)
  await control.unauthorize({ appid })
  assert.equal(await summary(businessId), `revoked ${appid}`)
})

test('withdrawn and authorized again: the same business has it back', async () => {
  const { control } = platform.wechat
  const { appid, businessId, pushId } = await confirmHeld()
  await deliver(platform, pushId)
  await platform.passTime(2)
  await control.unauthorize({ appid })
  assert.equal(await summary(businessId), `revoked ${appid}`)
  await platform.passTime(2)
  const code = await control.createPreAuthCode()
  await control.authorize({ preAuthCode: code.value, appid })
  assert.equal(await summary(businessId), `bound ${appid}`)
  await assertUsable(appid)
})

test('updateauthorized without a pre-auth code of ours keeps the binding and brings the new sets', async () => {
  const { appid, businessId, pushId } = await confirmHeld()
  await deliver(platform, pushId)
  await platform.wechat.control.updateAuthorization({ appid, funcInfo: [18, 30, 40] })
  const authorizer = await platform.tell('authorizers.get', { appid })
  assert.deepEqual(authorizer['funcInfo'], [18, 30, 40])
  assert.equal(authorizer['businessId'], businessId)
  await assertUsable(appid)
})

test('a merchant that leaves out a set is stored as it is, and told before WeChat is called', async () => {
  const appid = await newMerchant(platform)
  await authorizeMerchant(platform, { businessId: newBusiness(), appid, funcInfo: [30] })
  const authorizer = await platform.tell('authorizers.get', { appid })
  assert.deepEqual([authorizer['funcInfo'], authorizer['missing'], authorizer['status']], [[30], [18], 'active'])
  await platform.wechat.control.resetCalls()
  const answer = await platform.ask('releases.pages', { appid })
  assert.equal(answer.ok ? '' : answer.error.code, 'REAUTHORIZATION_REQUIRED')
  assert.match(answer.ok ? '' : answer.error.message, /18/)
  assert.deepEqual(await platform.wechat.control.callCounts(), {})
  // The same instance, which remembers the token with the former sets.
  await platform.wechat.control.updateAuthorization({ appid, funcInfo: [18, 30] })
  const asked = await platform.ask('releases.pages', { appid })
  // WeChat was asked: there is no code yet.
  assert.equal(asked.ok ? 0 : asked.error.wechat?.errcode, 86001)
})

test('official accounts and links for either kind', async () => {
  const official = await newMerchant(platform, { accountType: 'officialAccount' })
  const mini = await newMerchant(platform)
  const businessId = newBusiness()
  for (const appid of [official, mini])
    await authorizeMerchant(platform, { businessId, appid, link: { accountType: 'any' } })
  for (const [accountType, appid] of [
    ['official', official],
    ['miniprogram', mini],
  ]) {
    const found = await platform.tell('bindings.get', { businessId, accountType })
    assert.deepEqual([found['status'], found['appid'], found['accountType']], ['bound', appid, accountType])
  }
  const either = await platform.tell('bindings.get', { businessId, accountType: 'any' })
  assert.equal(either['status'], 'bound')
  const several = await platform.ask('bindings.unbind', { businessId })
  assert.equal(several.ok ? '' : several.error.field, 'accountType')
  await platform.tell('bindings.unbind', { businessId, accountType: 'official' })
  assert.equal((await platform.tell('bindings.get', { businessId, accountType: 'official' }))['status'], 'none')
  assertOneToOne()
})

test('a link for one account asks WeChat for that one; another that authorizes all the same is bound', async () => {
  const [wanted, other] = [await newMerchant(platform), await newMerchant(platform)]
  const businessId = newBusiness()
  const browser = openBrowser()
  const page = await browser.get(await inviteFor(platform, businessId, { appid: wanted }))
  assert.match(page.body, new RegExp(`biz_appid=${wanted}`))
  assert.doesNotMatch(page.body, /auth_type=/)
  await authorizeMerchant(platform, { businessId, appid: other, link: { appid: wanted } })
  assert.equal(await summary(businessId), `bound ${other}`)
})

test('a mini program that was registered fast is taken in, once, also if authorized is pushed too', async () => {
  const { control } = platform.wechat
  const appid = await newMerchant(platform)
  await control.changeSettings({ holdPushes: true })
  const code = await control.createPreAuthCode()
  const { pushCode, push } = await control.authorize({ preAuthCode: code.value, appid })
  await control.changeSettings({ holdPushes: false })
  const registration = { appid, auth_code: pushCode, msg: 'OK', info: { name: 'x', code: '1', code_type: 1 } }
  await control.pushEvent({ infoType: 'notify_third_fasteregister', fields: { ...registration, status: 101 } })
  assert.equal((await platform.ask('authorizers.get', { appid })).ok, false)
  await control.resetCalls()
  await control.pushEvent({ infoType: 'notify_third_fasteregister', fields: { ...registration, status: 0 } })
  assert.equal(await statusOf(appid), 'active')
  await deliver(platform, push?.pushId ?? 0)
  assert.equal(await exchanges(platform), 1)
  await assertUsable(appid)
})

const code = ({ authCode }: Confirmed): string => `?auth_code=${encodeURIComponent(authCode)}&expires_in=600`

test('invites, states and codes that are not ours bind nothing and exchange nothing', async () => {
  const victim = await confirmHeld()
  const attacker = await confirmHeld()
  const state = victim.redirectUri.split('/').at(-1) ?? ''
  const edited = state.replace(/^./, (first) => (first === 'a' ? 'b' : 'a'))
  const base = victim.redirectUri.slice(0, -state.length)
  await platform.wechat.control.resetCalls()
  const before = rowsOf(platform, 'codes').length
  const attempts = {
    // The victim's browser is made to open the attacker's callback, and the other way round.
    'the attacker’s whole address in the victim’s browser': victim.browser.get(attacker.redirectUrl),
    'the attacker’s code on the attacker’s state in the victim’s browser': victim.browser.get(
      attacker.redirectUri + code(attacker),
    ),
    'the victim’s address in the attacker’s browser': attacker.browser.get(victim.redirectUrl),
    'the victim’s code on a state of the attacker, in the victim’s browser': victim.browser.get(
      attacker.redirectUri + code(victim),
    ),
    'no cookie at all': openBrowser().get(victim.redirectUrl),
    'state edited': victim.browser.get(`${base}${edited}${code(victim)}`),
    'state unsigned': victim.browser.get(`${base}${state.split('.')[0]}${code(victim)}`),
    'state with a short signature': victim.browser.get(`${base}${state.slice(0, -4)}${code(victim)}`),
    'an invite as state': victim.browser.get(
      `${base}${new URL(await inviteFor(platform, 'x')).searchParams.get('invite')}${code(victim)}`,
    ),
    'no state': victim.browser.get(`${base}${code(victim)}`),
    'no code': victim.browser.get(victim.redirectUri),
    'an empty code': victim.browser.get(`${victim.redirectUri}?auth_code=`),
  }
  for (const [name, attempt] of Object.entries(attempts)) {
    const page = await attempt
    assert.equal(page.status, 400, name)
    assert.match(page.headers.get('content-type') ?? '', /^text\/html/, name)
  }
  assert.equal(await exchanges(platform), 0)
  assert.equal(rowsOf(platform, 'codes').length, before)
  assert.equal(await summary(victim.businessId), 'pending')
  assert.equal(await summary(attacker.businessId), 'pending')
})

test('an attacker’s account that confirms on the victim’s own link is bound to that link’s business; a bound one never moves', async () => {
  const settled = await confirmHeld()
  await deliver(platform, settled.pushId)
  const elsewhere = await confirmHeld(newBusiness(), settled.appid)
  const page = await elsewhere.browser.get(elsewhere.redirectUrl)
  assert.equal(page.status, 409)
  assert.equal(await summary(settled.businessId), `bound ${settled.appid}`)
  assert.equal(await summary(elsewhere.businessId), 'pending')
  assert.deepEqual(
    (await problems(settled.appid)).map(({ code }) => code),
    ['BINDING_CONFLICT'],
  )
  await assertUsable(settled.appid)
})

test('two pages open for one business, two accounts that confirm: the first is bound, the second is told of the conflict', async () => {
  const businessId = newBusiness()
  const link = await inviteFor(platform, businessId, { returnUrl: 'https://shop.example/' })
  await platform.wechat.control.changeSettings({ holdPushes: true })
  const [left, right] = [await openInvite(link), await openInvite(link)]
  const [first, second] = [await newMerchant(platform), await newMerchant(platform)]
  const confirmed = [await confirm(platform, left, first), await confirm(platform, right, second)] as const
  const arrivals = []
  for (const { browser, redirectUrl } of [...confirmed, confirmed[1]])
    arrivals.push((await browser.get(redirectUrl)).headers.get('location'))
  const conflict = `https://shop.example/?businessId=${businessId}&status=failed&code=CONFLICT`
  assert.deepEqual(arrivals, [
    `https://shop.example/?businessId=${businessId}&appid=${first}&status=bound`,
    conflict,
    conflict,
  ])
  assert.equal(await summary(businessId), `bound ${first}`)
  await assertUsable(second)
})

test('states and invites end; HEAD and previews use nothing up', async () => {
  const invite = await inviteFor(platform, newBusiness(), { expiresInHours: 2 })
  const browser = openBrowser()
  await platform.wechat.control.resetCalls()
  assert.equal((await browser.get(invite, { method: 'HEAD' })).status, 200)
  assert.deepEqual(await platform.wechat.control.callCounts(), {})
  const appid = await newMerchant(platform)
  await platform.wechat.control.changeSettings({ holdPushes: true })
  const confirmed = await confirm(platform, await openInvite(invite, browser), appid)
  assert.equal((await browser.get(confirmed.redirectUrl, { method: 'HEAD' })).status, 200)
  assert.equal(await exchanges(platform), 0)
  assert.equal((await browser.get(confirmed.redirectUrl)).status, 200)

  const late = await confirm(platform, await openInvite(invite, browser), appid)
  await editRows(platform, 'states', {}, { expiresAt: new Date(1000) })
  await editRows(platform, 'invites', {}, { expiresAt: new Date(1000) })
  await platform.wechat.control.resetCalls()
  for (const url of [late.redirectUrl, invite]) {
    const page = await browser.get(url)
    assert.equal(page.status, 400)
    assert.match(page.body, /Ask your service provider for a new link/)
  }
  assert.deepEqual(await platform.wechat.control.callCounts(), {})
  // What was done is still told.
  assert.equal((await browser.get(confirmed.redirectUrl)).status, 200)
})

test('each browser has its own pre-auth code, the same when it comes again, and they are all good', async () => {
  const businessId = newBusiness()
  const invite = await inviteFor(platform, businessId)
  const browser = openBrowser()
  const [first, second] = [await openInvite(invite, browser), await openInvite(invite, browser)]
  assert.equal(first.preAuthCode, second.preAuthCode)
  assert.notEqual((await openInvite(invite)).preAuthCode, first.preAuthCode)
  const appid = await newMerchant(platform)
  const confirmed = await confirm(platform, first, appid)
  assert.equal((await browser.get(confirmed.redirectUrl)).status, 200)
  assert.equal(await summary(businessId), `bound ${appid}`)
})

test('with a return address the browser goes back there, with the outcome behind what was there', async () => {
  const appid = await newMerchant(platform)
  const go = async (returnUrl: string) => {
    const businessId = newBusiness()
    const { callback } = await authorizeMerchant(platform, {
      businessId,
      appid: await newMerchant(platform),
      link: { returnUrl },
    })
    assert.equal(callback.status, 302)
    return (callback.headers.get('location') ?? '').replace(/wx[0-9a-f]{16}/, 'WX').replace(businessId, 'B')
  }
  assert.equal(await go('https://shop.example/done'), 'https://shop.example/done?businessId=B&appid=WX&status=bound')
  assert.equal(
    await go('https://shop.example/done?a=1'),
    'https://shop.example/done?a=1&businessId=B&appid=WX&status=bound',
  )
  assert.equal(
    await go('https://shop.example/#/done'),
    'https://shop.example/?businessId=B&appid=WX&status=bound#/done',
  )
  // Taken already.
  await authorizeMerchant(platform, { businessId: newBusiness(), appid })
  const { callback } = await authorizeMerchant(platform, {
    businessId: 'late',
    appid,
    link: { returnUrl: 'https://shop.example/' },
  })
  assert.equal(callback.headers.get('location'), 'https://shop.example/?businessId=late&status=failed&code=CONFLICT')
  // WeChat is away: told as well, and a reload still succeeds.
  const { control } = platform.wechat
  await control.changeSettings({ holdPushes: true })
  const away = await confirm(
    platform,
    await openInvite(await inviteFor(platform, 'away', { returnUrl: 'https://shop.example/' })),
    await newMerchant(platform),
  )
  await control.addFault({ path: '/cgi-bin/component/api_query_auth', status: 503 })
  const failed = await away.browser.get(away.redirectUrl)
  assert.equal(
    failed.headers.get('location'),
    'https://shop.example/?businessId=away&status=failed&code=WECHAT_UNAVAILABLE',
  )
  await control.clearFaults()
  assert.match((await away.browser.get(away.redirectUrl)).headers.get('location') ?? '', /status=bound$/)
})

// The last one: WeChat is still at it when the others would count its calls.
test('a WeChat that takes 20 s does not hold up the answers; the queue finishes (全网发布 check included)', async () => {
  const { control } = platform.wechat
  const robot = 'wxd101a85aa106f53e'
  await control.createMerchant({ appid: robot, userName: 'gh_8dad206e9538' })
  const preAuth = await control.createPreAuthCode()
  const { authCode } = await control.authorize({ preAuthCode: preAuth.value, appid: robot })
  const { appid, pushId, businessId } = await confirmHeld()
  await control.addFault({ path: '/cgi-bin/component/api_query_auth', delayMs: 20_000, times: 2 })
  const text = { MsgType: 'text', Content: `QUERY_AUTH_CODE:${authCode}`, MsgId: '77' }
  const [[push], message] = await Promise.all([
    deliver(platform, pushId),
    control.pushMessage({ appid: robot, openid: 'o-robot', fields: text }),
  ])
  // WeChat itself hangs up after 5 s.
  assert.deepEqual([push?.attempts.at(-1)?.status, push?.attempts.at(-1)?.body], [200, 'success'])
  assert.deepEqual([message.attempts.at(-1)?.status, message.attempts.at(-1)?.body], [200, ''])
  assert.equal(await summary(businessId), 'pending')
  await killInstances(platform)
  await platform.passTime(180)
  await platform.host.fireTimer('processQueue')
  assert.equal(await summary(businessId), `bound ${appid}`)
  await assertUsable(appid)
  const sent = (await control.customerMessages()).filter(({ touser }) => touser === 'o-robot')
  assert.deepEqual(
    sent.map(({ content }) => content),
    [`${authCode}_from_api`],
  )
})
