import assert from 'node:assert/strict'
import { after, before, beforeEach, test } from 'node:test'
import { setTimeout } from 'node:timers/promises'
import { gzipSync } from 'node:zlib'
import * as fc from 'fast-check'
import { OWNER, secrets, startPlatform, type LocalPlatform } from '../fixtures/platform.ts'
import { authorizedMerchant } from '../fixtures/shop.ts'
import { COMPONENT, postSealed, postSigned, request, sealed, ticketFields, type Answer } from '../fixtures/pushes.ts'

const previousKey = 'PREVIOUSpreviousPREVIOUSpreviousPREVIOUS123'

let platform: LocalPlatform
let componentUrl: string
let messageUrl: string
before(async () => {
  platform = await startPlatform({ env: { COMPONENT_AES_KEY_PREVIOUS: previousKey } })
  componentUrl = `${platform.host.url}/wechat/component`
  messageUrl = `${platform.host.url}/wechat/message`
})
after(() => platform.close())
beforeEach(async () => {
  platform.host.database.faults.clear()
  platform.host.database.faults.resetCounts()
  await platform.wechat.control.resetCalls()
})

const now = (): number => Math.floor(Date.now() / 1000)
let serial = 0
const freshTicket = (): string => `ticket@@@marker-${++serial}`

const databaseCalls = (): number =>
  Object.entries(platform.host.database.faults.counts())
    .filter(([name]) => !name.includes(' '))
    .reduce((sum, [, count]) => sum + count, 0)

const wechatCalls = async (): Promise<number> =>
  Object.values(await platform.wechat.control.callCounts()).reduce((sum, count) => sum + count, 0)

/** Nothing was read, written or asked. */
async function assertUntouched(): Promise<void> {
  assert.equal(databaseCalls(), 0)
  assert.equal(await wechatCalls(), 0)
}

const storedPushes = (): readonly Record<string, unknown>[] =>
  (platform.host.database.dump()['pushes'] ?? []).map((row) => ({ ...Object(row) }))

const SUCCESS: Answer = {
  status: 200,
  body: 'success',
  headers: { 'content-type': 'text/plain; charset=utf-8', 'content-length': '7' },
}
const FORBIDDEN: Answer = {
  status: 403,
  body: 'forbidden',
  headers: { 'content-type': 'text/plain; charset=utf-8', 'content-length': '9' },
}

const essence = ({ status, body, headers }: Answer): Answer => ({
  status,
  body,
  headers: { 'content-type': headers['content-type'] ?? '', 'content-length': headers['content-length'] ?? '' },
})

test('a ticket push is answered with exactly success, for one database call and no WeChat call', async () => {
  const answer = await postSealed(componentUrl, ticketFields(freshTicket(), now()))
  assert.deepEqual(essence(answer), SUCCESS)
  assert.equal(databaseCalls(), 1)
  assert.equal(await wechatCalls(), 0)
})

test('messages of one merchant cost a warm instance one database call each: whose address it is does not change', async () => {
  const appid = await authorizedMerchant(platform)
  const { userName } = await platform.wechat.control.merchant({ appid })
  const send = (content: string, to = appid) =>
    postSealed(`${messageUrl}/${to}`, {
      ToUserName: userName,
      FromUserName: 'o1',
      CreateTime: String(now()),
      MsgType: 'text',
      Content: content,
    })
  assert.deepEqual(essence(await send('first')), SUCCESS)
  platform.host.database.faults.resetCounts()
  assert.deepEqual(essence(await send('second')), SUCCESS)
  assert.equal(databaseCalls(), 1)
  platform.host.database.faults.resetCounts()
  assert.deepEqual(essence(await send('misdirected', 'wxanother00000000')), FORBIDDEN)
  assert.equal(databaseCalls(), 0)
})

/** On a busy machine ten processes that start at once need longer than WeChat waits; what comes after is not about that. */
async function warmUp(): Promise<void> {
  const other = ticketFields(freshTicket(), now())
  await Promise.all(Array.from({ length: 50 }, () => postSealed(componentUrl, other)))
  assert.deepEqual(essence(await postSealed(componentUrl, other)), SUCCESS)
}

test('the same push a hundred times, in XML and JSON, in sequence and at once, is one row', async () => {
  const fields = ticketFields(freshTicket(), now())
  const json = { ...fields, CreateTime: Number(fields['CreateTime']) }
  await warmUp()
  const before = storedPushes().length
  const send = (n: number) => (n % 2 ? postSealed(componentUrl, fields) : postSigned(componentUrl, json))
  const answers = []
  for (let n = 0; n < 50; n++) answers.push(await send(n))
  answers.push(...(await Promise.all(Array.from({ length: 50 }, (_, n) => send(n)))))
  assert.deepEqual(new Set(answers.map(({ status, body }) => `${status} ${body}`)), new Set(['200 success']))
  assert.equal(storedPushes().length, before + 1)
})

test('a push that could not be stored is answered 503 retry, and the next one repairs it', async () => {
  const { faults } = platform.host.database
  const fields = ticketFields(freshTicket(), now())
  const before = storedPushes().length
  for (const kind of ['drop', 'status', 'garbage', 'code'] as const) {
    const lift = faults.add({ when: 'before', kind })
    const answer = await postSealed(componentUrl, fields)
    assert.deepEqual([kind, answer.status, answer.body], [kind, 503, 'retry'])
    lift()
  }
  assert.equal(storedPushes().length, before)
  assert.deepEqual(essence(await postSealed(componentUrl, fields)), SUCCESS)
  assert.equal(storedPushes().length, before + 1)
})

test('a write of which nothing is known is repeated while WeChat waits: it is stored once, and handled at once', async () => {
  const { faults } = platform.host.database
  const before = storedPushes().length
  for (const fault of [
    { when: 'before', kind: 'code', code: 'DATABASE_TIMEOUT' },
    { when: 'after', kind: 'code', code: 'DATABASE_TIMEOUT' },
    { when: 'before', kind: 'code', code: 'ESOCKETTIMEDOUT' },
    { when: 'after', kind: 'drop' },
  ] as const) {
    const lift = faults.add({ ...fault, times: 2 })
    assert.equal((await postSealed(componentUrl, ticketFields(freshTicket(), now()))).body, 'success')
    lift()
  }
  assert.equal(storedPushes().length, before + 4)

  const appid = await authorizedMerchant(platform)
  faults.add({ when: 'after', kind: 'code', code: 'DATABASE_TIMEOUT', action: 'database.insertDocument', times: 1 })
  const CreateTime = String(now() + 5)
  const withdrawn = { AppId: COMPONENT, CreateTime, InfoType: 'unauthorized', AuthorizerAppid: appid }
  assert.equal((await postSealed(componentUrl, withdrawn)).body, 'success')
  const stored = storedPushes().find((row) => row['createTime'] === Number(CreateTime))
  assert.equal(stored?.['state'], 'done')
})

const plain = (body: string | Uint8Array<ArrayBuffer>, headers: Record<string, string> = {}, query = '') =>
  request(`${componentUrl}${query}`, { headers: { 'content-type': 'application/json', ...headers }, body })

const cases = (fields: Record<string, string>): Record<string, () => Promise<Answer>> => {
  const json = JSON.stringify({ ...fields, CreateTime: Number(fields['CreateTime']) })
  const good = sealed(fields)
  const proof = { 'x-forwarder-timestamp': String(now()), 'x-forwarder-nonce': 'n' }
  return {
    'plain JSON': () => plain(json),
    'x-wx-source': () => plain(json, { 'x-wx-source': 'cloud', 'x-wx-call-id': '1' }),
    'as text': () => plain(json, { 'content-type': 'text/plain' }),
    'as XML': () => plain(json, { 'content-type': 'text/xml' }),
    'as bytes': () => plain(json, { 'content-type': 'application/octet-stream' }),
    'as a form': () => plain(json, { 'content-type': 'application/x-www-form-urlencoded' }),
    'a byte-order mark before it': () => plain(`\u{feff}${json}`),
    'white space before it': () => plain(` \r\n\t\u{a0}${json}`),
    'in a list': () => plain(`[${json}]`),
    gzipped: () => plain(new Uint8Array(gzipSync(json)), { 'content-encoding': 'gzip' }),
    'UTF-16': () => plain(new Uint8Array(Buffer.from(json, 'utf16le'))),
    'with the query of a genuine push': () => plain(json, {}, `?${good.query}`),
    'an empty body': () => plain(''),
    'not even JSON': () => plain('{'),
    'a string': () => plain(JSON.stringify(json)),
    'Encrypt in JSON': () => plain(JSON.stringify({ AppId: COMPONENT, Encrypt: 'abc' }), {}, `?${good.query}`),
    'an empty proof': () => plain(json, { ...proof, 'x-forwarder-signature': '' }),
    'a proof without its version': () => plain(json, { ...proof, 'x-forwarder-signature': '00'.repeat(32) }),
    'a proof of the wrong length': () => plain(json, { ...proof, 'x-forwarder-signature': 'v1=00' }),
    'a proof of nothing': () => plain(json, { ...proof, 'x-forwarder-signature': `v1=${'0'.repeat(64)}` }),
    'TestData without a proof': () => plain(JSON.stringify({ ...fields, Data: 'TestData' })),
    'another secret': () => postSigned(componentUrl, json, { secret: 'x'.repeat(40) }),
    'a proof 301 s old': () => postSigned(componentUrl, json, { timestamp: String(now() - 301) }),
    'a proof 302 s ahead': () => postSigned(componentUrl, json, { timestamp: String(now() + 302) }),
    'a time that is none': () => postSigned(componentUrl, json, { timestamp: '1e9' }),
    'no nonce': () => postSigned(componentUrl, json, { nonce: '' }),
    'a genuine proof, another platform': () => postSigned(componentUrl, { ...fields, AppId: 'wx0' }),
    'a genuine proof, no platform': () => postSigned(componentUrl, { InfoType: 'unauthorized' }),
    'a genuine proof, not an object': () => postSigned(componentUrl, '[]'),
    'a genuine proof, a name twice': () => postSigned(componentUrl, `{"AppId":"a","AppId":"${COMPONENT}"}`),
    'a genuine proof, __proto__': () => postSigned(componentUrl, `{"__proto__":{"AppId":"${COMPONENT}"}}`),
    // Downgrades of the encrypted form.
    'signature instead of msg_signature': () =>
      postSealed(componentUrl, fields, { query: { msg_signature: undefined, signature: 'ab'.repeat(20) } }),
    'msg_signature wrong': () => postSealed(componentUrl, fields, { query: { msg_signature: '0'.repeat(40) } }),
    'msg_signature of the wrong length': () => postSealed(componentUrl, fields, { query: { msg_signature: 'é' } }),
    'msg_signature in capitals': () =>
      request(
        `${componentUrl}?${good.query.replace(/msg_signature=\w+/, (text) => text.toUpperCase().replace('MSG_SIGNATURE', 'msg_signature'))}`,
        { body: good.body },
      ),
    'encrypt_type=raw': () => postSealed(componentUrl, fields, { query: { encrypt_type: 'raw' } }),
    'encrypt_type empty': () => postSealed(componentUrl, fields, { query: { encrypt_type: '' } }),
    'timestamp not of digits': () => postSealed(componentUrl, fields, { timestamp: '1713424427a' }),
    'timestamp negative': () => postSealed(componentUrl, fields, { timestamp: '-1713424427' }),
    'another token': () => postSealed(componentUrl, fields, { token: 'othertoken' }),
    'an unknown key': () => postSealed(componentUrl, fields, { aesKey: 'A'.repeat(43) }),
    'outer AppId another': () => postSealed(componentUrl, fields, { outerAppid: 'wxother0000000000' }),
    'inner appid another': () => postSealed(componentUrl, fields, { appid: 'wxother0000000000' }),
    'inner appid longer': () => postSealed(componentUrl, fields, { appid: `${COMPONENT}0` }),
    'AppId field another': () => postSealed(componentUrl, { ...fields, AppId: 'wxother0000000000' }),
    'plaintext XML': () => request(`${componentUrl}?${good.query}`, { body: `<xml><AppId>${COMPONENT}</AppId></xml>` }),
    'plaintext beside Encrypt': () =>
      postSealed(componentUrl, fields, {
        body: (encrypt) =>
          `<xml><AppId>${COMPONENT}</AppId><Encrypt>${encrypt}</Encrypt><InfoType>unauthorized</InfoType></xml>`,
      }),
    'Encrypt twice': () =>
      postSealed(componentUrl, fields, {
        body: (encrypt) => `<xml><Encrypt>${encrypt}</Encrypt><Encrypt>${encrypt}</Encrypt></xml>`,
      }),
    'DOCTYPE outside': () =>
      postSealed(componentUrl, fields, {
        body: (encrypt) => `<!DOCTYPE xml [<!ENTITY a "b">]><xml><Encrypt>${encrypt}</Encrypt></xml>`,
      }),
  }
}

test('whatever is not genuine gets one and the same 403, without a database or WeChat call', async () => {
  const before = platform.log.length
  for (const [name, send] of Object.entries(cases(ticketFields(freshTicket(), now()))))
    assert.deepEqual({ name, ...essence(await send()) }, { name, ...FORBIDDEN })
  await assertUntouched()
  assert.ok(!platform.log.slice(before).some((line) => line.includes('"level":"error"')))
})

const textMessage = (content: string): string =>
  `<xml><ToUserName><![CDATA[gh_u]]></ToUserName><FromUserName><![CDATA[o-typist]]></FromUserName><CreateTime>1713424427</CreateTime><MsgType><![CDATA[text]]></MsgType><Content>${content}</Content></xml>`

test('a genuine message that cannot be read is kept and answered success, once however often it comes', async () => {
  const appid = 'wxunreadable000000'
  const url = `${messageUrl}/${appid}`
  const cut = Buffer.from(textMessage('<![CDATA[caf\u00e9]]>'))
  const messages: Record<string, string | Uint8Array> = {
    'a CDATA that its text ends': textMessage('<![CDATA[a ]]><b> c]]>'),
    'a character cut in two': Buffer.concat([
      cut.subarray(0, cut.indexOf(0xc3) + 1),
      cut.subarray(cut.indexOf(0xc3) + 2),
    ]),
    'a DOCTYPE': `<!DOCTYPE xml [<!ENTITY a "b">]><xml><AppId>${COMPONENT}</AppId></xml>`,
    'an entity bomb': textMessage('&lol9;'),
    'deep nesting': textMessage(`${'<a>'.repeat(3000)}${'</a>'.repeat(3000)}`),
    'an attribute': `<xml a="${'x'.repeat(20_000)}"></xml>`,
    'no XML': JSON.stringify({ Content: 'x' }),
    nothing: '',
  }
  for (const [name, message] of Object.entries(messages))
    for (const to of [componentUrl, url, url])
      assert.deepEqual({ name, ...essence(await postSealed(to, message)) }, { name, ...SUCCESS })
  const stored = storedPushes().filter(({ type }) => type === 'unreadable')
  assert.equal(stored.length, 2 * Object.keys(messages).length)
  assert.deepEqual(new Set(stored.map(({ state }) => state)), new Set(['done']))
  assert.equal(await wechatCalls(), 0)

  const { items } = await platform.tell('events.list', { appid, type: 'unreadable' })
  const listed = Array.isArray(items) ? items : []
  assert.equal(listed.length, Object.keys(messages).length)
  const standing = { ToUserName: 'gh_u', FromUserName: 'o-typist', CreateTime: '1713424427', MsgType: 'text' }
  assert.deepEqual(listed.at(-1)?.fields, standing)
  assert.deepEqual(listed.at(-2)?.fields, standing)
  assert.doesNotMatch(JSON.stringify(listed), /CDATA/)
})

test('refusals on the message URL are the same, and cost nothing either', async () => {
  const fields = { ToUserName: 'gh_nobody', FromUserName: 'o1', CreateTime: '1', MsgType: 'text', Content: 'x' }
  const refused: Record<string, () => Promise<Answer>> = {
    'no appid in the address': () => postSealed(messageUrl, fields),
    'an empty appid': () => postSealed(`${messageUrl}/`, fields),
    'an appid that is none': () => postSealed(`${messageUrl}/a%2f..%2fb`, fields),
    'something behind the appid': () => postSealed(`${messageUrl}/wxany0000000000/x`, fields),
    'a bad signature': () => postSealed(`${messageUrl}/wxany0000000000`, fields, { token: 'other' }),
    'another platform inside': () => postSealed(`${messageUrl}/wxany0000000000`, fields, { appid: 'wxother' }),
    'another account inside': () => postSealed(`${messageUrl}/wxany0000000000`, { ...fields, AppId: 'wxother' }),
    'an event without the platform': () => postSealed(`${messageUrl}/wxany0000000000`, { InfoType: 'unauthorized' }),
    'plain JSON': () => request(`${messageUrl}/wxany0000000000`, { body: JSON.stringify(fields) }),
  }
  for (const [name, send] of Object.entries(refused))
    assert.deepEqual({ name, ...essence(await send()) }, { name, ...FORBIDDEN })
  await assertUntouched()
})

test('size and method are looked at first', async () => {
  const large = 'x'.repeat(64 * 1024 + 1)
  for (const body of [large, `{"a":"${large}"}`, `<xml>${large}</xml>`])
    assert.equal((await request(componentUrl, { body })).status, 413)
  assert.equal((await request(componentUrl, { body: 'x'.repeat(64 * 1024) })).status, 403)
  for (const method of ['GET', 'HEAD', 'PUT', 'DELETE', 'PATCH', 'OPTIONS'])
    assert.deepEqual([method, (await request(componentUrl, { method })).status], [method, 405])
  await assertUntouched()
})

const envelope = (padding: number) => ({ ...ticketFields(freshTicket(), now()), Filler: 'ü'.repeat(padding) })

test('messages of every kind of length open; corrupt ones do not (S3, sampled)', async () => {
  const lengths = [...Array.from({ length: 34 }, (_, n) => n), 500, 1000, 2047, 2048, 4096]
  const answers = await Promise.all(lengths.map((length) => postSealed(componentUrl, envelope(length))))
  assert.deepEqual(new Set(answers.map(({ status, body }) => `${status} ${body}`)), new Set(['200 success']))
})

test('a push sealed with the former key still opens', async () => {
  const answer = await postSealed(componentUrl, ticketFields(freshTicket(), now()), { aesKey: previousKey })
  assert.deepEqual(essence(answer), SUCCESS)
})

test('a nonce of the relay is used once; the same push may come again with it', async () => {
  const fields = ticketFields(freshTicket(), now())
  const proof = { nonce: 'nonce-1', timestamp: String(now()) }
  assert.equal((await postSigned(componentUrl, fields, proof)).body, 'success')
  assert.equal((await postSigned(componentUrl, fields, proof)).body, 'success')
  assert.deepEqual(essence(await postSigned(componentUrl, ticketFields(freshTicket(), now()), proof)), FORBIDDEN)
  const message = { ToUserName: 'gh_x', FromUserName: 'o1', CreateTime: 1, MsgType: 'text', Content: 'hi' }
  const again = { nonce: 'nonce-2', timestamp: String(now()) }
  assert.equal((await postSigned(`${messageUrl}/wxone0000000000`, message, again)).body, 'success')
  assert.equal((await postSigned(`${messageUrl}/wxtwo0000000000`, message, again)).status, 403)
})

test("the test button of 微管家's forwarder gets success and leaves nothing behind", async () => {
  const before = storedPushes().length
  const time = now()
  for (const [url, body] of [
    [componentUrl, { CreateTime: time, InfoType: 'unauthorized', Data: 'TestData' }],
    [
      `${messageUrl}/wxtestappid`,
      { CreateTime: time, MsgType: 'event', Event: 'x', ToUserName: 'gh_a', FromUserName: 'o', Data: 'TestData' },
    ],
  ] as const)
    assert.deepEqual(essence(await postSigned(url, body)), SUCCESS)
  assert.equal(storedPushes().length, before)
  assert.equal(await wechatCalls(), 0)
})

test('values stay as they were sent: numbers beyond 2^53, white space, empty and unknown ones', async () => {
  const url = `${messageUrl}/wxvalues000000000`
  const raw = `{"ToUserName":"gh_v","FromUserName":"o1","CreateTime":1713424427,"MsgType":"text","MsgId":18446744073709551615,"Price":1.10,"Yes":true,"No":null,"Content":" \\n<b>&amp;\\u4f60\\n "}`
  assert.equal((await postSigned(url, raw)).body, 'success')
  const { items } = await platform.tell('events.list', { appid: 'wxvalues000000000' })
  assert.deepEqual(
    (Array.isArray(items) ? items : []).map(({ type, appid, fields, state }) => ({ type, appid, fields, state })),
    [
      {
        type: 'wechat.text',
        appid: 'wxvalues000000000',
        state: 'done',
        fields: {
          ToUserName: 'gh_v',
          FromUserName: 'o1',
          CreateTime: '1713424427',
          MsgType: 'text',
          MsgId: '18446744073709551615',
          Price: '1.10',
          Yes: 'true',
          No: '',
          Content: ' \n<b>&amp;你\n ',
        },
      },
    ],
  )
})

test('half of a surrogate pair, which no database takes, keeps no push out', async () => {
  const appid = 'wxhalf0000000000'
  const message = String.raw`{"ToUserName":"gh_h","FromUserName":"o1","CreateTime":1,"MsgType":"text","Content":"a\ud83d"}`
  assert.deepEqual(essence(await postSigned(`${messageUrl}/${appid}`, message)), SUCCESS)
  const { items } = await platform.tell('events.list', { appid })
  assert.deepEqual(Array.isArray(items) && items.map(({ fields }) => Object(fields).Content), ['a\ufffd'])
})

test('unknown events are stored and answered, on both URLs', async () => {
  const event = { AppId: COMPONENT, CreateTime: '1713424427', InfoType: 'something_new', Extra: 'é' }
  assert.deepEqual(essence(await postSealed(componentUrl, event)), SUCCESS)
  assert.deepEqual(essence(await postSealed(`${messageUrl}/wxany0000000000`, event)), SUCCESS)
  for (const type of ['wechat.something_new', 'something_new']) {
    const listed = await platform.tell('events.list', { type })
    assert.equal(Array.isArray(listed['items']) && listed['items'].length, 1, type)
  }
})

test('an authorization event that comes to a message URL is about the account it names', async () => {
  const event = {
    AppId: COMPONENT,
    CreateTime: '1713424428',
    InfoType: 'unauthorized',
    AuthorizerAppid: 'wxnamed000000000',
  }
  assert.deepEqual(essence(await postSealed(`${messageUrl}/wxother000000000`, event)), SUCCESS)
  const listed = await platform.tell('events.list', { appid: 'wxnamed000000000' })
  assert.equal(Array.isArray(listed['items']) && listed['items'].length, 1)
})

test('every event finds its account, whatever WeChat calls the field', async () => {
  const wanted: readonly [string, object, string | undefined][] = [
    ['notify_third_fasteregister', { appid: 'wxfield01', status: '101' }, 'wxfield01'],
    ['notify_third_fastregisterbetaapp', { appid: 'wxfield02', status: '0', info: { unique_id: 'u' } }, 'wxfield02'],
    ['notify_icpfiling_verify_result', { task_id: 't', verify_appid: 'wxfield03', result: '3' }, 'wxfield03'],
    ['notify_apply_icpfiling_result', { authorizer_appid: 'wxfield04', beian_status: '6' }, 'wxfield04'],
    ['notify_3rd_wxa_auth', { appid: 'wxfield05', taskid: 't', task_status: '3' }, 'wxfield05'],
    ['notify_3rd_wxa_wxverify', { appid: 'wxfield06', message: 'm' }, 'wxfield06'],
    ['order_path_apply_result_notify', { list: { appid: 'wxfield07', ret_code: '0' } }, 'wxfield07'],
    ['order_path_apply_result_notify', { List: { Appid: 'wxfield08', AuditId: '1' } }, 'wxfield08'],
    ['order_path_audit_result_notify', { list: [{ appid: 'wxfield09' }, { appid: 'wxfield09' }] }, 'wxfield09'],
    ['order_path_audit_result_notify', { list: [{ appid: 'wxfield10' }, { appid: 'wxfield11' }] }, undefined],
  ]
  for (const [n, [InfoType, fields, expected]] of wanted.entries()) {
    const CreateTime = String(1_713_500_000 + n)
    assert.equal(
      (await postSigned(componentUrl, { AppId: COMPONENT, CreateTime, InfoType, ...fields })).body,
      'success',
    )
    const stored = storedPushes().find(({ createTime }) => createTime === Number(CreateTime))
    assert.equal(stored?.['appid'], expected, `${InfoType} ${JSON.stringify(fields)}`)
  }
  // One that names nobody belongs to the account whose address it came to.
  const unnamed = {
    AppId: COMPONENT,
    CreateTime: '1713500099',
    InfoType: 'notify_3rd_wxa_auth_and_icp',
    procedure_id: 'p',
  }
  assert.equal((await postSealed(`${messageUrl}/wxfield12`, unnamed)).body, 'success')
  assert.equal(storedPushes().find(({ createTime }) => createTime === 1_713_500_099)?.['appid'], 'wxfield12')
})

test('a burst of forged pushes costs nothing', async () => {
  const body = `<xml><AppId>${COMPONENT}</AppId><Encrypt>${'A'.repeat(600)}</Encrypt></xml>`
  const url = `${componentUrl}?timestamp=1713424427&nonce=1&msg_signature=${'0'.repeat(40)}`
  const answers = []
  for (let round = 0; round < 10; round++)
    answers.push(...(await Promise.all(Array.from({ length: 30 }, () => request(url, { body })))))
  assert.deepEqual(new Set(answers.map(({ status }) => status)), new Set([403]))
  await assertUntouched()
})

test('random and mutated bytes are never a server error, and success only where nothing that counts changed', async () => {
  const genuine = sealed(ticketFields(freshTicket(), now()))
  const encrypt = /<Encrypt>.*<\/Encrypt>/.exec(genuine.body)?.[0] ?? ''
  const edit = fc.record({
    at: fc.nat({ max: genuine.body.length }),
    cut: fc.nat({ max: 40 }),
    put: fc.oneof(
      fc.uint8Array({ maxLength: 12 }),
      fc.constantFrom('<', ']]>', '&#0;', '<!--', '\0', '{', '<xml>').map((text) => Buffer.from(text)),
    ),
  })
  const answers: { body: string; answer: Answer }[] = []
  await fc.assert(
    fc.asyncProperty(fc.array(edit, { minLength: 1, maxLength: 4 }), fc.boolean(), async (edits, asQuery) => {
      let bytes = Buffer.from(asQuery ? genuine.query : genuine.body)
      for (const { at, cut, put } of edits)
        bytes = Buffer.concat([
          bytes.subarray(0, at % (bytes.length + 1)),
          put,
          bytes.subarray((at % (bytes.length + 1)) + cut),
        ])
      const url = `${componentUrl}?${asQuery ? encodeURI(bytes.toString('latin1')).replaceAll('#', '%23') : genuine.query}`
      const answer = await request(url, { body: asQuery ? genuine.body : new Uint8Array(bytes) })
      if (answer.body === 'success') answers.push({ body: asQuery ? genuine.body : bytes.toString(), answer })
      else assert.deepEqual(essence(answer), FORBIDDEN)
    }),
    { numRuns: 150, seed: 20260101 },
  )
  for (const { body } of answers) assert.ok(body.includes(encrypt))
  assert.ok(answers.length < 40)
})

/** WeChat waits 5 s, then hangs up. */
const inTime = (answer: Promise<Answer>): Promise<string> =>
  Promise.race([
    answer.then(({ status, body }) => `${status} ${body}`),
    setTimeout(5000, 'WeChat hung up', { ref: false }),
  ])

test('a slow database still gets WeChat its success in time, one that does not answer a retry', async () => {
  const { faults } = platform.host.database
  faults.add({ when: 'before', kind: 'delay', delayMs: 5000, times: 1 })
  // Earlier than any ticket of this file.
  const lateTime = now() - 200
  const unanswered = inTime(postSealed(componentUrl, ticketFields(freshTicket(), lateTime)))
  while (databaseCalls() === 0) await setTimeout(10)
  faults.add({ when: 'before', kind: 'delay', delayMs: 2000 })
  const message = { ToUserName: 'gh_slow', FromUserName: 'o1', CreateTime: 5, MsgType: 'text', Content: 'slow' }
  const answers = Promise.all([
    inTime(postSealed(componentUrl, ticketFields(freshTicket(), now()))),
    inTime(postSigned(componentUrl, ticketFields(freshTicket(), now()))),
    inTime(postSigned(`${messageUrl}/wxslow0000000000`, message)),
  ])
  assert.deepEqual(await answers, ['200 success', '200 success', '200 success'])
  assert.equal(await unanswered, '503 retry')
  // The database takes it up all the same, later than its caller waits: the tests that follow count tickets.
  const isStored = () => storedPushes().some(({ createTime }) => createTime === lateTime)
  for (let look = 0; look < 100 && !isStored(); look++) await setTimeout(100)
})

test('only the three newest tickets keep their secret, and an older one never comes first', async () => {
  const times = [now() + 100, now() + 400, now() + 200, now() + 300]
  for (const time of times) await postSealed(componentUrl, ticketFields(freshTicket(), time))
  platform.host.database.faults.clear()
  await platform.host.fireTimer('processQueue')
  const tickets = storedPushes().filter(({ type }) => type === 'wechat.component_verify_ticket')
  const kept = tickets.filter(({ secrets: sealedTicket }) => sealedTicket !== undefined)
  assert.deepEqual(new Set(kept.map(({ createTime }) => createTime)), new Set([times[1], times[2], times[3]]))
  assert.equal(kept.length, 3)
})

test('an empty or blank ticket is no ticket: the last ones stay in use, and nobody counts it as one', async () => {
  const receivedAt = async (): Promise<unknown> => Object((await platform.tell('platform.status'))['ticket']).receivedAt
  const before = await receivedAt()
  for (const [n, blank] of ['', ' ', ' \n\t', '\u{a0}', '\u{3000}'].entries())
    assert.equal((await postSealed(componentUrl, ticketFields(blank, now() + 900 + n))).body, 'success')
  await platform.host.fireTimer('processQueue')
  const tickets = storedPushes().filter((row) => row['secrets'] !== undefined && /ticket/.test(String(row['type'])))
  assert.equal(tickets.length, 3)
  assert.equal(await receivedAt(), before)
})

test('nothing of what was secret lies in the database or the log', async () => {
  const dump = JSON.stringify(platform.host.database.dump())
  const log = platform.log.join('\n')
  for (const marker of ['ticket@@@marker', secrets.appsecret, secrets.aesKey, secrets.forwarder, previousKey]) {
    const forms = [
      marker,
      Buffer.from(marker).toString('base64').replace(/=+$/, '').slice(0, -1),
      Buffer.from(marker).toString('hex'),
      encodeURIComponent(marker),
    ]
    for (const form of forms) {
      assert.ok(!dump.includes(form), `${marker} in the dump`)
      assert.ok(!log.includes(form), `${marker} in the log`)
    }
  }
  for (const line of platform.log) assert.doesNotThrow(() => JSON.parse(line), line)
  assert.equal((await platform.ask('platform.status', {}, OWNER)).ok, true)
})
