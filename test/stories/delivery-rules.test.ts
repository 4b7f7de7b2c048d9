import assert from 'node:assert/strict'
import { createHmac } from 'node:crypto'
import { after, before, beforeEach, test } from 'node:test'
import { Webhook } from 'standardwebhooks'
import { newMerchant } from '../fixtures/authorizations.ts'
import { editRows } from '../fixtures/interference.ts'
import { authorizeMerchant } from '../fixtures/merchant.ts'
import { startSubscriber, type Subscriber } from '../fixtures/subscriber.ts'
import { refusalOf } from '../fixtures/shop.ts'

const SECOND = 1000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

let subscriber: Subscriber
before(async () => {
  subscriber = await startSubscriber()
})
after(() => subscriber.close())
beforeEach(() => subscriber.clear())

test('a message is genuine only as it was sent, and only for five minutes', async () => {
  const { push, runQueue, server, subscribe } = subscriber
  const { secret } = await subscribe({})
  await push('wxone', 'first')
  await push('wxone', 'second')
  await runQueue()
  const [hit, other] = server.hits
  assert.ok(hit && other)
  const {
    'webhook-id': id = '',
    'webhook-timestamp': timestamp = '',
    'webhook-signature': signature = '',
  } = hit.headers
  assert.match(id, /^msg_[0-9a-f]{32}$/)
  assert.match(timestamp, /^\d{10}$/)
  assert.ok(Math.abs(Number(timestamp) - Date.now() / SECOND) < 60)
  const key = Buffer.from(secret.slice('whsec_'.length), 'base64')
  assert.equal(key.length, 32)
  const signed = createHmac('sha256', key).update(`${id}.${timestamp}.${hit.body}`).digest('base64')
  assert.equal(signature, `v1,${signed}`)
  assert.equal(hit.headers['content-type'], 'application/json')

  const receiver = new Webhook(secret)
  const now = Math.floor(Date.now() / SECOND)
  const resigned = (at: number) => `v1,${createHmac('sha256', key).update(`${id}.${at}.${hit.body}`).digest('base64')}`
  const headers = { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': signature }
  const rows: [title: string, body: string, headers: Record<string, string>, isGenuine: boolean][] = [
    ['as it came', hit.body, headers, true],
    ['once more', hit.body, headers, true],
    ['another body', hit.body.replace('first', 'other'), headers, false],
    ['the body of another', other.body, headers, false],
    ['read and written again', JSON.stringify(JSON.parse(hit.body), null, 1), headers, false],
    ['another id', hit.body, { ...headers, 'webhook-id': 'msg_x' }, false],
    ['another time', hit.body, { ...headers, 'webhook-timestamp': String(Number(timestamp) + 1) }, false],
    [
      'the signature of another',
      hit.body,
      { ...headers, 'webhook-signature': other.headers['webhook-signature'] ?? '' },
      false,
    ],
    ['without the version', hit.body, { ...headers, 'webhook-signature': signed }, false],
    ['no signature', hit.body, { ...headers, 'webhook-signature': '' }, false],
    [
      'hours later',
      hit.body,
      { ...headers, 'webhook-timestamp': String(now - 3600), 'webhook-signature': resigned(now - 3600) },
      false,
    ],
    [
      'from the future',
      hit.body,
      { ...headers, 'webhook-timestamp': String(now + 3600), 'webhook-signature': resigned(now + 3600) },
      false,
    ],
  ]
  for (const [title, body, given, isGenuine] of rows) {
    const verify = () => receiver.verify(body, given)
    if (isGenuine) assert.doesNotThrow(verify, title)
    else assert.throws(verify, title)
  }
})

test('while a secret is being changed each message carries two signatures, each genuine by itself', async () => {
  const { push, runQueue, server, subscribe, platform, passTime, subscription } = subscriber
  const { subscriptionId, secret: first } = await subscribe({})
  const rotate = async () => {
    const answer = await platform.tell('subscriptions.put', {
      subscriptionId,
      url: server.url,
      match: {},
      rotateSecret: true,
    })
    return String(answer['secret'])
  }
  const second = await rotate()
  await push('wxone', 'between')
  await runQueue()
  const [hit] = server.hits
  assert.ok(hit)
  const signatures = hit.headers['webhook-signature']?.split(' ') ?? []
  assert.equal(signatures.length, 2)
  for (const [index, secret] of [second, first].entries())
    new Webhook(secret).verify(hit.body, { ...hit.headers, 'webhook-signature': signatures[index] ?? '' })
  assert.ok((await subscription())['formerSecretUntil'])

  // After a second change within the day all three verify.
  const third = await rotate()
  await push('wxone', 'again')
  await runQueue()
  const last = server.hits.at(-1)
  assert.ok(last)
  for (const secret of [third, second, first]) new Webhook(secret).verify(last.body, last.headers)
  passTime(DAY + MINUTE)
  await push('wxone', 'next day')
  await runQueue()
  const nextDay = server.hits.at(-1)
  assert.match(nextDay?.headers['webhook-signature'] ?? '', /^v1,[A-Za-z0-9+/]{43}=$/)
})

test('tickets are delivered to nobody, whatever is asked for', async () => {
  const { platform, runQueue, server, subscribe } = subscriber
  for (const match of [{}, { type: 'wechat.*' }, { infoType: 'component_verify_ticket' }, { infoType: '*' }])
    await subscribe(match)
  await subscribe({ type: 'wechat.component_verify_ticket' })
  await platform.wechat.control.pushTicket()
  await runQueue()
  await runQueue()
  assert.deepEqual(
    server.hits.map(({ event }) => event.type).filter((type) => type.startsWith('wechat.')),
    [],
  )
})

test('what the accounts of the release check do is told to nobody', async () => {
  const { push, runQueue, server, subscribe } = subscriber
  await subscribe({})
  await push('wx570bc396a51b8ff8', 'some_event')
  await push('wxone', 'some_event')
  await runQueue()
  assert.deepEqual(
    server.hits.map(({ event }) => event.appid),
    ['wxone'],
  )
})

test('a change of a subscription changes what it says, and nothing else', async () => {
  const { push, runQueue, server, subscribe, subscription, platform, eventsOf } = subscriber
  const { subscriptionId, secret } = await subscribe({ event: 'a' }, { enabled: false })
  assert.match(secret, /^whsec_/)
  await push('wxone', 'a')
  await runQueue()
  assert.deepEqual(eventsOf('wxone'), [])
  const put = (given: object) => platform.tell('subscriptions.put', { subscriptionId, url: server.url, ...given })
  assert.deepEqual(await put({ match: { event: 'a' }, enabled: true }), { subscriptionId })
  await push('wxone', 'a')
  await push('wxone', 'b')
  await runQueue()
  assert.deepEqual(eventsOf('wxone'), ['a'])
  // Without `enabled` it stays as it is.
  assert.deepEqual(await put({ match: { event: 'b' } }), { subscriptionId })
  await push('wxone', 'a')
  await push('wxone', 'b')
  await runQueue()
  assert.deepEqual(eventsOf('wxone'), ['a', 'b'])
  const { createdAt, deliveries, ...present } = await subscription()
  assert.match(String(createdAt), /Z$/)
  assert.ok(Array.isArray(deliveries))
  assert.equal(deliveries.length, 2)
  assert.deepEqual(present, {
    subscriptionId,
    url: server.url,
    match: { event: 'b' },
    enabled: true,
    waiting: 0,
    failed: 0,
  })
})

test('who wants no pushes costs no reading of pushes, and gets none of before when that changes', async () => {
  const { eventsOf, platform, push, runQueue, server, subscribe } = subscriber
  const { subscriptionId } = await subscribe({ type: 'binding.*' })
  const { faults } = platform.host.database
  const readsOfPushes = async () => {
    await push('wxone', 'unwanted')
    faults.resetCounts()
    await runQueue()
    return Object.entries(faults.counts()).find(([name]) => /^\S*getDocument pushes$/.test(name))?.[1] ?? 0
  }
  const without = await readsOfPushes()
  await platform.tell('subscriptions.put', { subscriptionId, url: server.url, match: { type: 'wechat.*' } })
  assert.ok((await readsOfPushes()) > without)
  assert.deepEqual(eventsOf('wxone'), ['unwanted'])
})

test('a match names authorization events by InfoType, and our own by type', async () => {
  const { platform, runQueue, server, subscribe } = subscriber
  const rows: [match: object, expected: string[]][] = [
    [{ infoType: 'authorized' }, ['wechat.authorized']],
    [{ infoType: '*author*' }, ['wechat.authorized', 'wechat.unauthorized', 'wechat.updateauthorized']],
    [{ type: 'wechat.*authorized', infoType: 'un*' }, ['wechat.unauthorized']],
    [{ infoType: 'authorized', event: 'x' }, []],
    [{ type: 'binding.*' }, ['binding.bound', 'binding.revoked']],
    [{ type: '*.revoked' }, ['binding.revoked']],
    [{ type: 'binding.bound', infoType: 'authorized' }, []],
    [{ type: 'Binding.bound' }, []],
    [{ type: 'binding' }, []],
    [{ type: 'binding.?ound' }, []],
    [{ type: 'b.*' }, []],
  ]
  for (const [index, [match]] of rows.entries()) await subscribe(match, { url: `${server.url}?row=${index}` })
  const appid = await newMerchant(platform)
  await authorizeMerchant(platform, { businessId: 'matched', appid })
  await platform.wechat.control.updateAuthorization({ appid, funcInfo: [18, 30] })
  await platform.wechat.control.unauthorize(appid)
  await platform.wechat.control.settle()
  await runQueue()
  await runQueue()
  const got = new Map<string, Set<string>>()
  for (const { path, event } of server.hits)
    if (event.appid === appid) got.set(path, (got.get(path) ?? new Set()).add(event.type))
  for (const [index, [match, expected]] of rows.entries())
    assert.deepEqual([...(got.get(`/events?row=${index}`) ?? [])].toSorted(), expected, JSON.stringify(match))
})

const answered = (status: number) => ({
  code: 'RECEIVER_REFUSED',
  params: { status },
  message: `接收方应答了 HTTP ${status}`,
  hint: '接收方须以 2xx 应答；请查看其日志，恢复后自动重试。',
})

test('a delivered event is sent again on request, under its id', async () => {
  const { push, runQueue, server, subscribe, platform, deliveries } = subscriber
  await subscribe({})
  await push('wxone', 'kept')
  await runQueue()
  const [delivery] = await deliveries({ state: 'delivered' })
  const deliveryId = delivery?.['deliveryId']
  assert.equal(deliveryId, server.hits[0]?.event.id)
  const redeliver = () => platform.tell('subscriptions.redeliver', { deliveryId })
  assert.deepEqual(await redeliver(), { deliveryId, delivered: true, httpStatus: 204 })
  assert.deepEqual(
    server.hits.map(({ body }) => body),
    [server.hits[0]?.body, server.hits[0]?.body],
  )
  server.behave(() => 500)
  assert.deepEqual(await redeliver(), { deliveryId, delivered: false, httpStatus: 500, error: answered(500) })
  server.behave(() => 204)
  subscriber.passTime(MINUTE)
  await runQueue()
  assert.equal(server.accepted.length, 3, 'it waited like a new one')
  assert.equal((await deliveries({ state: 'delivered' }))[0]?.['deliveryId'], deliveryId)
})

test('one that is refused while others are taken is tried for three days, ever more slowly, then given up', async () => {
  const { push, runQueue, server, subscribe, subscription, passTime, deliveries, platform } = subscriber
  const { subscriptionId } = await subscribe({})
  server.behave(({ data }) => (data['Event'] === 'poison' ? 400 : 200))
  await push('wxsick', 'poison')
  await push('wxwell', 'well')
  await runQueue()
  const pauses: number[] = []
  for (let total = 0; total < 3 * DAY;) {
    const [waiting] = await deliveries({ subscriptionId, state: 'waiting' })
    if (!waiting) break
    const [dueAt, before] = [Date.parse(String(waiting['dueAt'])), subscriber.now()]
    const pause = Math.max(Math.ceil((dueAt - before) / SECOND) * SECOND, SECOND)
    pauses.push(pause)
    passTime(pause)
    total += pause
    // Others go on all the time.
    await push('wxwell', 'well')
    await runQueue()
  }
  assert.deepEqual(
    pauses.slice(0, 10).map((pause) => Math.round(pause / (5 * SECOND)) * 5),
    [5, 30, 120, 300, 900, 1800, 3600, 7200, 14_400, 21_600],
  )
  assert.ok(pauses.slice(10).every((pause) => Math.abs(pause - 6 * HOUR) < 5 * SECOND))
  passTime(6 * HOUR)
  await runQueue()
  const [dead] = await deliveries({ subscriptionId, state: 'failed' })
  assert.deepEqual(dead?.['lastError'], answered(400))
  assert.equal(dead['attempts'], server.hits.filter(({ event }) => event.data['Event'] === 'poison').length)
  assert.ok(dead['attempts'] >= 18)
  // As such rows were written before there were reasons.
  await editRows(platform, 'deliveries', { state: 'dead' }, { lastError: 'answered 400' })
  const [former] = await deliveries({ subscriptionId, state: 'failed' })
  assert.deepEqual(former?.['lastError'], {
    code: 'NOT_DELIVERED',
    params: { text: 'answered 400' },
    message: '没有送达（answered 400）',
    hint: '请按原因处理后重试。',
  })
  const { enabled, waiting, failed: count } = await subscription()
  assert.deepEqual([enabled, waiting, count], [true, 0, 1])

  server.behave(() => 200)
  const all = { subscriptionId, state: 'failed', idempotencyKey: 'again' }
  for (let time = 0; time < 2; time += 1)
    assert.deepEqual(await platform.tell('subscriptions.redeliver', all), { subscriptionId, redelivered: 1 })
  await runQueue()
  assert.ok(server.accepted.some(({ id }) => id === dead['deliveryId']))
  assert.deepEqual(await deliveries({ subscriptionId, state: 'failed' }), [])
  assert.deepEqual(await platform.tell('subscriptions.redeliver', { subscriptionId, state: 'failed' }), {
    subscriptionId,
    redelivered: 0,
  })
  const refusals: readonly [input: object, reason: string, field: string][] = [
    [{}, 'GIVE_ONE_OF', 'deliveryId'],
    [{ deliveryId: 'msg_a', subscriptionId }, 'GIVE_ONE_OF', 'deliveryId'],
    [{ subscriptionId }, 'REQUIRED', 'state'],
    [{ deliveryId: 'msg_a', state: 'failed' }, 'NOT_KNOWN_HERE', 'state'],
    [{ subscriptionId, state: 'waiting' }, 'NOT_ONE_OF', 'state'],
    [{ subscriptionId: 'sub_none', state: 'failed' }, 'SUBSCRIPTION_UNKNOWN', 'subscriptionId'],
  ]
  for (const [input, reason, field] of refusals) {
    const refused = refusalOf(await platform.ask('subscriptions.redeliver', input))
    assert.deepEqual([refused.reason, refused.field], [reason, field])
  }
})

test('a redirect, a refusal, a closed door: each is said, none is followed', async () => {
  const { server, subscribe, platform } = subscriber
  const { subscriptionId } = await subscribe({})
  const outcome = () => platform.tell('subscriptions.test', { subscriptionId })
  for (const status of [301, 302, 303, 307, 308, 400, 410, 500]) {
    server.behave(() => status)
    const { deliveryId, ...told } = await outcome()
    assert.match(String(deliveryId), /^msg_/)
    assert.deepEqual(told, { delivered: false, httpStatus: status, error: answered(status) })
  }
  assert.equal(server.hits.length, 8)
  server.behave(() => 0)
  const { deliveryId: _silent, ...silent } = await outcome()
  assert.deepEqual(silent, {
    delivered: false,
    error: {
      code: 'RECEIVER_SILENT',
      params: { seconds: 8 },
      message: '接收方在 8 秒内没有应答',
      hint: '请让接收方先应答再处理事件；恢复后自动重试。',
    },
  })
  server.behave(() => 202)
  assert.equal((await outcome())['delivered'], true)
  await platform.tell('subscriptions.put', { subscriptionId, url: 'http://127.0.0.1:1/', match: {} })
  const { deliveryId: _, ...closed } = await outcome()
  assert.deepEqual(closed, {
    delivered: false,
    error: {
      code: 'RECEIVER_NOT_REACHED',
      params: { cause: 'ECONNREFUSED' },
      message: '连接不上接收方（ECONNREFUSED）',
      hint: '请检查接收方的地址、域名解析与证书；恢复后自动重试。',
    },
  })
})
