import assert from 'node:assert/strict'
import { after, before, beforeEach, test } from 'node:test'
import { createClient } from '../../client/src/client.ts'
import { startBusinessServer, verify, type BusinessServer } from '../fixtures/business-server.ts'
import { openBrowser, wechatLinkIn } from '../fixtures/merchant.ts'
import { startPlatform, type LocalPlatform } from '../fixtures/platform.ts'
import { request, sealed } from '../fixtures/pushes.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR

let platform: LocalPlatform
let server: BusinessServer
/** The database's clock stands ahead by so much; the functions go by it. */
let ahead = 0

before(async () => {
  server = await startBusinessServer()
  platform = await startPlatform({
    env: { WEBHOOK_ALLOW_PRIVATE: 'true' },
    host: { databaseOptions: { now: () => Date.now() + ahead } },
  })
})
after(async () => {
  await platform.close()
  await server.close()
})

beforeEach(async () => {
  for (const { subscriptionId } of await list()) await platform.tell('subscriptions.delete', { subscriptionId })
  server.behave(() => 204)
  server.hits.length = 0
  server.accepted.length = 0
})

let counter = 0

/** WeChat pushes an event of an authorizer. */
async function push(appid: string, event: string): Promise<void> {
  counter += 1
  const createTime = String(1_713_424_427 + counter)
  const { query, body } = sealed({
    ToUserName: 'gh_x',
    FromUserName: 'o-x',
    CreateTime: createTime,
    MsgType: 'event',
    Event: event,
  })
  const answer = await request(`${platform.host.url}/wechat/message/${appid}?${query}`, { body })
  assert.equal(answer.body, 'success')
}

const runQueue = (): Promise<unknown> => platform.host.fireTimer('processQueue')

interface Subscription {
  readonly subscriptionId: string
  readonly enabled: boolean
  readonly waiting: number
  readonly failed: number
  readonly lastError?: { readonly code: string; readonly params: unknown; readonly message: string }
  readonly deliveries: readonly { readonly deliveryId: string; readonly state: string; readonly attempts: number }[]
}

async function list(): Promise<readonly Subscription[]> {
  const { items } = await platform.tell('subscriptions.list')
  return Array.isArray(items) ? items : []
}

async function only(): Promise<Subscription> {
  const [subscription] = await list()
  assert.ok(subscription)
  return subscription
}

async function subscribe(match: object, url = server.url): Promise<{ subscriptionId: string; secret: string }> {
  const { subscriptionId, secret } = await platform.tell('subscriptions.put', { url, match })
  return { subscriptionId: String(subscriptionId), secret: String(secret) }
}

const eventsOf = (appid: string): unknown[] =>
  server.accepted.filter((event) => event.appid === appid).map(({ data }) => data['Event'])

async function codeOf(operation: string, input: object): Promise<string> {
  const answer = await platform.ask(operation, input)
  return answer.ok ? 'ok' : answer.error.code
}

/** A business server, written from docs/business-servers.md: it signs merchants up, listens, ships. */
test('a business server signs a merchant up, is told of it, lends a token and ships a version', async () => {
  const { key } = await platform.tell('apiKeys.create', { name: 'erp', role: 'owner' })
  const minifleet = createClient({ baseUrl: platform.host.url, apiKey: String(key) })
  const { secret = '' } = await minifleet.call('subscriptions.put', { url: server.url, match: {} })
  const heard = async (type: string) => {
    await runQueue()
    for (const hit of server.hits) assert.deepEqual(verify(secret, hit), hit.event)
    const event = server.accepted.find((candidate) => candidate.type === type)
    assert.ok(event, `${type} among ${server.accepted.map((candidate) => candidate.type).join()}`)
    return event
  }

  const { control } = platform.wechat
  const { appid } = await control.createMerchant({
    nickName: '花店',
    accountType: 'miniProgram',
    principalName: '花店',
  })
  const { inviteUrl } = await minifleet.call('bindings.createLink', {
    businessId: 'shop-9',
    attributes: { shop: '花店' },
  })
  assert.equal((await minifleet.call('bindings.get', { businessId: 'shop-9' })).status, 'pending')
  const browser = openBrowser()
  const link = wechatLinkIn((await browser.get(inviteUrl)).body)
  const { redirectUrl = '' } = await control.authorize({
    preAuthCode: link.searchParams.get('pre_auth_code') ?? '',
    redirectUri: link.searchParams.get('redirect_uri') ?? '',
    appid,
  })
  await browser.get(redirectUrl)
  const bound = await heard('binding.bound')
  assert.equal(bound.businessId, 'shop-9')
  assert.equal(bound.appid, appid)
  assert.equal(bound.data['status'], 'bound')
  assert.equal(bound.data['nickName'], '花店')
  const types = server.accepted.map(({ type }) => type)
  assert.equal(types.filter((type) => type === 'binding.bound').length, 1)
  assert.ok(types.includes('wechat.authorized'))
  assert.ok(!types.includes('wechat.component_verify_ticket'))

  const token = await minifleet.call('tokens.authorizer', { appid, minValiditySeconds: 600 })
  assert.ok(Date.parse(token.expiresAt) - Date.now() > 600_000)
  const { items } = await minifleet.call('activity.list')
  const lending = items.find(({ operation }) => operation === 'tokens.authorizer')
  assert.equal(lending?.appid, appid)
  assert.equal(lending.outcome, 'ok')
  assert.match(lending.identity, /^key:/)
  assert.ok(!JSON.stringify([items, platform.host.database.dump(), server.hits]).includes(token.accessToken))

  const { draftId } = await control.createDraft({ userVersion: '1.0.0', userDesc: '首版' })
  const { templateId } = await minifleet.call('templates.promote', { draftId })
  await minifleet.call('releases.commit', { appid, templateId, version: '1.0.0', description: '首版' })
  await minifleet.call('releases.submit', { appid })
  await control.passAudit(appid)
  await control.settle()
  const approved = await heard('release.approved')
  assert.equal(approved.businessId, 'shop-9')
  assert.equal(approved.data['version'], '1.0.0')
  assert.equal((await minifleet.call('releases.release', { appid })).state, 'released')
  assert.equal((await heard('release.released')).data['version'], '1.0.0')
})

test('a push reaches the business server once, signed, without secrets', async () => {
  const { subscriptionId, secret } = await subscribe({ infoType: '*', event: '*' })
  assert.match(secret, /^whsec_[A-Za-z0-9+/]{43}=$/)
  await platform.wechat.control.pushTicket()
  await push('wxone', 'some_event')
  await runQueue()
  await runQueue()

  assert.equal(server.hits.length, 1)
  const [hit] = server.hits
  assert.ok(hit)
  assert.deepEqual(verify(secret, hit), hit.event)
  const { id, ...event } = hit.event
  assert.equal(id, hit.headers['webhook-id'])
  assert.deepEqual(event, {
    type: 'wechat.some_event',
    timestamp: '2024-04-18T07:13:48.000Z',
    appid: 'wxone',
    data: { ToUserName: 'gh_x', FromUserName: 'o-x', CreateTime: '1713424428', MsgType: 'event', Event: 'some_event' },
  })
  const subscription = await only()
  assert.equal(subscription.subscriptionId, subscriptionId)
  assert.deepEqual(
    subscription.deliveries.map(({ deliveryId, state }) => [deliveryId, state]),
    [[id, 'delivered']],
  )
  const seen = JSON.stringify([await list(), platform.host.database.dump(), platform.log])
  assert.ok(!seen.includes(secret.slice(6, 26)))
})

test('a match chooses by type, infoType, event and appid', async () => {
  const rows: [match: object, expected: string[]][] = [
    [{}, ['a_one wxa', 'a_two wxa', 'b_one wxb']],
    [{ type: '*', infoType: '*', event: '*', appid: '*' }, ['a_one wxa', 'a_two wxa', 'b_one wxb']],
    [{ type: 'wechat.*' }, ['a_one wxa', 'a_two wxa', 'b_one wxb']],
    [{ event: 'a_*' }, ['a_one wxa', 'a_two wxa']],
    [{ event: '*_one' }, ['a_one wxa', 'b_one wxb']],
    [{ event: '*_one', appid: 'wxb' }, ['b_one wxb']],
    [{ event: 'a*one*' }, ['a_one wxa']],
    [{ event: 'one' }, []],
    [{ infoType: 'auth*' }, []],
    [{ type: 'binding.*' }, []],
  ]
  const urls = new Map<string, string>()
  for (const [index, [match]] of rows.entries()) {
    const { subscriptionId } = await subscribe(match, `${server.url}?row=${index}`)
    urls.set(subscriptionId, String(index))
  }
  const got = new Map<string, string[]>()
  await push('wxa', 'a_one')
  await push('wxa', 'a_two')
  await push('wxb', 'b_one')
  await runQueue()
  for (const { subscriptionId, deliveries } of await list())
    got.set(
      subscriptionId,
      deliveries.map(({ deliveryId }) => deliveryId),
    )
  const names = new Map(server.hits.map(({ event }) => [event.id, `${String(event.data['Event'])} ${event.appid}`]))
  for (const [subscriptionId, index] of urls) {
    const [match, expected] = rows[Number(index)] ?? [{}, []]
    const seen = (got.get(subscriptionId) ?? []).map((id) => names.get(id) ?? '')
    assert.deepEqual(new Set(seen), new Set(expected), JSON.stringify(match))
  }
})

test('an event from before the subscription, or while it was off, does not concern it', async () => {
  await push('wxone', 'too_early')
  const { subscriptionId } = await subscribe({})
  await push('wxone', 'first')
  await runQueue()
  await platform.tell('subscriptions.put', { subscriptionId, url: server.url, match: {}, enabled: false })
  await push('wxone', 'while_off')
  await runQueue()
  await platform.tell('subscriptions.put', { subscriptionId, url: server.url, match: {}, enabled: true })
  await push('wxone', 'last')
  await runQueue()
  assert.deepEqual(eventsOf('wxone'), ['first', 'last'])
})

test('after a rotation both secrets verify for a day, then only the new one', async () => {
  const { subscriptionId, secret: former } = await subscribe({})
  const put = { subscriptionId, url: server.url, match: {}, rotateSecret: true }
  const { secret } = await platform.tell('subscriptions.put', put)
  assert.notEqual(secret, former)
  assert.equal((await platform.tell('subscriptions.put', { ...put, rotateSecret: false }))['secret'], undefined)
  const outcome = await platform.tell('subscriptions.test', { subscriptionId })
  assert.equal(outcome['delivered'], true)
  assert.equal(outcome['httpStatus'], 204)
  const [hit] = server.hits
  assert.ok(hit)
  assert.equal(hit.event.type, 'subscription.test')
  verify(String(secret), hit)
  verify(former, hit)
  assert.throws(() => verify(`whsec_${Buffer.alloc(32).toString('base64')}`, hit))

  ahead += DAY + HOUR
  await push('wxone', 'next_day')
  await runQueue()
  assert.equal(server.hits.at(-1)?.headers['webhook-signature']?.split(' ').length, 1)
})

test('every secret of the last day verifies, however often it was rotated', async () => {
  const { subscriptionId, secret: first } = await subscribe({})
  const put = { subscriptionId, url: server.url, match: {}, rotateSecret: true }
  const rotate = async (): Promise<string> => String((await platform.tell('subscriptions.put', put))['secret'])
  const later = [await rotate(), await rotate(), await rotate()]
  await platform.tell('subscriptions.test', { subscriptionId })
  const hit = server.hits.at(-1)
  assert.ok(hit)
  for (const secret of [first, ...later]) verify(secret, hit)

  ahead += DAY + HOUR
  await push('wxone', 'next_day')
  await runQueue()
  assert.equal(server.hits.at(-1)?.headers['webhook-signature']?.split(' ').length, 1)
})

test('an authorizer that fails holds up only itself, and for an hour only', async () => {
  await subscribe({})
  server.behave(({ data }) => (data['Event'] === 'poison' ? 500 : 200))
  await push('wxsick', 'poison')
  await push('wxsick', 'behind')
  await push('wxwell', 'one')
  await runQueue()
  await push('wxwell', 'two')
  await push('wxsick', 'far_behind')
  await runQueue()
  assert.deepEqual(eventsOf('wxwell'), ['one', 'two'])
  assert.deepEqual(eventsOf('wxsick'), [])

  ahead += HOUR
  await runQueue()
  assert.deepEqual(eventsOf('wxsick'), ['behind', 'far_behind'])
  server.behave(() => 200)
  ahead += HOUR
  await runQueue()
  assert.deepEqual(eventsOf('wxsick'), ['behind', 'far_behind', 'poison'])
})

test('an endpoint that is down for a day loses nothing and gets its events in order', async () => {
  await subscribe({ type: 'wechat.*' })
  server.behave(() => 503)
  const expected: string[] = []
  for (let hour = 0; hour < 24; hour += 2) {
    for (const name of [`at_${hour}`, `later_${hour}`]) {
      await push(hour % 4 === 0 ? 'wxb' : 'wxa', name)
      expected.push(name)
    }
    await runQueue()
    ahead += 2 * HOUR
  }
  assert.equal(server.accepted.length, 0)
  assert.ok(server.hits.length < 12 * 6, `${server.hits.length} attempts in a day`)
  assert.match(JSON.stringify(await platform.tell('platform.status')), /SUBSCRIPTION_FAILING/)
  assert.equal((await only()).waiting, 24)

  server.behave(() => 200)
  await runQueue()
  await push('wxa', 'after')
  await runQueue()
  for (const appid of ['wxa', 'wxb'])
    assert.deepEqual(
      eventsOf(appid),
      [...expected, 'after'].filter((name) =>
        name === 'after' ? appid === 'wxa' : (Number(name.split('_')[1]) % 4 === 0) === (appid === 'wxb'),
      ),
    )
  const { waiting, failed, enabled } = await only()
  assert.deepEqual({ waiting, failed, enabled }, { waiting: 0, failed: 0, enabled: true })
  assert.doesNotMatch(JSON.stringify(await platform.tell('platform.status')), /SUBSCRIPTION_FAILING/)
})

test('after three days of failure the endpoint is switched off, with a problem; a dead letter can be sent again', async () => {
  const { subscriptionId } = await subscribe({ type: 'wechat.*' })
  server.behave(() => 302)
  await push('wxone', 'lost')
  await runQueue()
  ahead += 2 * DAY
  await runQueue()
  assert.equal((await only()).enabled, true)
  ahead += DAY
  await push('wxone', 'held')
  await runQueue()
  const off = await only()
  assert.equal(off.enabled, false)
  assert.equal(off.failed, 1)
  assert.deepEqual(off.lastError, {
    code: 'RECEIVER_REFUSED',
    params: { status: 302 },
    message: '接收方应答了 HTTP 302',
    hint: '接收方须以 2xx 应答；请查看其日志，恢复后自动重试。',
  })
  assert.match(JSON.stringify(await platform.tell('platform.status')), /SUBSCRIPTION_SWITCHED_OFF/)
  const lost = off.deliveries.find(({ state }) => state === 'failed')
  assert.ok(lost)
  assert.equal(await codeOf('subscriptions.redeliver', { deliveryId: lost.deliveryId }), 'CONFLICT')

  server.behave(() => 200)
  await platform.tell('subscriptions.put', { subscriptionId, url: server.url, match: {}, enabled: true })
  assert.doesNotMatch(JSON.stringify(await platform.tell('platform.status')), /SUBSCRIPTION_SWITCHED_OFF/)
  await runQueue()
  const again = await platform.tell('subscriptions.redeliver', { deliveryId: lost.deliveryId })
  assert.equal(again['delivered'], true)
  assert.deepEqual(eventsOf('wxone'), ['held', 'lost'])
  assert.equal(server.accepted.at(-1)?.id, lost.deliveryId)
})

test('deliveries are listed newest first, by subscription and by state, page after page', async () => {
  const { subscriptionId: mine } = await subscribe({ appid: 'wxmine' })
  const { subscriptionId: other } = await subscribe({ appid: 'wxother' }, `${server.url}?other`)
  server.behave(({ data }) => (data['Event'] === 'refused' ? 500 : 200))
  for (const event of ['one', 'two', 'refused']) await push('wxmine', event)
  await push('wxother', 'elsewhere')
  await runQueue()
  const idOf = (event: string) => server.hits.find((hit) => hit.event.data['Event'] === event)?.event.id
  const nameOf = new Map(server.hits.map((hit) => [hit.event.id, String(hit.event.data['Event'])]))
  const events = async (input: object) => {
    const { items } = await platform.tell('subscriptions.deliveries', input)
    assert.ok(Array.isArray(items))
    // Those of other tests are not known here.
    return items.map(({ deliveryId }) => nameOf.get(deliveryId)).filter((event) => event !== undefined)
  }
  assert.deepEqual(await events({ subscriptionId: mine }), ['refused', 'two', 'one'])
  assert.deepEqual(await events({ subscriptionId: other }), ['elsewhere'])
  assert.deepEqual((await events({ limit: 100 })).toSorted(), ['elsewhere', 'one', 'refused', 'two'])
  assert.deepEqual(await events({ subscriptionId: mine, state: 'delivered' }), ['two', 'one'])
  assert.deepEqual(await events({ state: 'waiting' }), ['refused'])
  assert.deepEqual(await events({ state: 'failed' }), [])

  const first = await platform.tell('subscriptions.deliveries', { subscriptionId: mine, limit: 2 })
  assert.deepEqual(await events({ subscriptionId: mine, limit: 2, cursor: first['nextCursor'] }), ['one'])
  const { items } = await platform.tell('subscriptions.deliveries', { state: 'waiting' })
  assert.ok(Array.isArray(items))
  const [{ createdAt, dueAt, url, httpStatus, durationMs, answer, body, ...refused }] = items
  assert.ok(Date.parse(dueAt) > Date.parse(createdAt))
  assert.deepEqual([url, httpStatus, answer], [server.url, 500, 'ignored'])
  assert.ok(durationMs >= 0 && durationMs < 8000)
  assert.equal(body, server.hits.find(({ event }) => event.id === idOf('refused'))?.body)
  assert.deepEqual(refused, {
    subscriptionId: mine,
    deliveryId: idOf('refused'),
    type: 'wechat.refused',
    appid: 'wxmine',
    state: 'waiting',
    attempts: 1,
    lastError: {
      code: 'RECEIVER_REFUSED',
      params: { status: 500 },
      message: '接收方应答了 HTTP 500',
      hint: '接收方须以 2xx 应答；请查看其日志，恢复后自动重试。',
    },
  })
  // What went over the wire is for owners.
  await platform.tell('admins.put', { id: 'o-viewer', role: 'viewer' })
  const seen = await platform.ask('subscriptions.deliveries', { state: 'waiting' }, 'o-viewer')
  assert.deepEqual(Object(Object(seen).data).items, [{ createdAt, dueAt, ...refused }])
  assert.deepEqual(await events({ type: 'wechat.two' }), ['two'])
  assert.deepEqual((await events({ appid: 'wxmine', limit: 100 })).toSorted(), ['one', 'refused', 'two'])
  assert.deepEqual(await events({ appid: 'wxother', type: 'wechat.two' }), [])
  assert.equal(await codeOf('subscriptions.deliveries', { state: 'lost' }), 'INVALID_ARGUMENT')

  await platform.tell('subscriptions.delete', { subscriptionId: mine })
  assert.deepEqual(await events({ subscriptionId: mine, state: 'waiting' }), [])
  assert.deepEqual(await events({ subscriptionId: mine, state: 'failed' }), ['refused'])
  ahead += HOUR
  await runQueue()
  assert.equal(server.hits.filter(({ event }) => event.data['Event'] === 'refused').length, 1)
})

test('several instances at once send each event once', async () => {
  await subscribe({ type: 'wechat.*' })
  for (let n = 0; n < 12; n++) await push(`wx${n % 4}`, `event_${n}`)
  await Promise.all([runQueue(), runQueue(), runQueue(), runQueue()])
  assert.equal(server.hits.length, 12)
})

test('an event whose outcome could not be noted is sent again with the same id', async () => {
  await subscribe({})
  await push('wxone', 'once_more')
  const fault = {
    action: 'database.modifyDocument',
    collection: 'deliveries',
    when: 'before',
    kind: 'drop',
    times: 1,
  } as const
  platform.host.database.faults.add(fault)
  await runQueue()
  await runQueue()
  assert.deepEqual(eventsOf('wxone'), ['once_more', 'once_more'])
  assert.equal(new Set(server.accepted.map(({ id }) => id)).size, 1)
})

test('what is not there is said', async () => {
  assert.equal(await codeOf('subscriptions.put', { subscriptionId: 'sub_x', url: server.url, match: {} }), 'NOT_FOUND')
  assert.equal(await codeOf('subscriptions.delete', { subscriptionId: 'sub_x' }), 'NOT_FOUND')
  assert.equal(await codeOf('subscriptions.test', { subscriptionId: 'sub_x' }), 'NOT_FOUND')
  assert.equal(await codeOf('subscriptions.redeliver', { deliveryId: 'msg_x' }), 'NOT_FOUND')
  assert.equal(await codeOf('subscriptions.put', { url: server.url, match: { $ne: 'x' } }), 'INVALID_ARGUMENT')
  assert.equal(
    await codeOf('subscriptions.put', { url: server.url, match: { type: { $ne: 'x' } } }),
    'INVALID_ARGUMENT',
  )
})
