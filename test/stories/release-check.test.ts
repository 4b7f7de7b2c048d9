import assert from 'node:assert/strict'
import { after, before, beforeEach, test } from 'node:test'
import { newMerchant } from '../fixtures/authorizations.ts'
import { rowsOf } from '../fixtures/interference.ts'
import { authorizeMerchant } from '../fixtures/merchant.ts'
import { startPlatform, type LocalPlatform } from '../fixtures/platform.ts'
import { postSealed, postSigned } from '../fixtures/pushes.ts'

let platform: LocalPlatform
before(async () => {
  platform = await startPlatform({ wechat: { pushRetries: 0 } })
})
after(() => platform.close())
beforeEach(() => platform.wechat.control.clearFaults())

const QUERY_AUTH = '/cgi-bin/component/api_query_auth'
const OFFICIAL = 'wx570bc396a51b8ff8'
const MINI = 'wxd101a85aa106f53e'

test('the check before going live passes in full (全网发布检测)', async () => {
  const results = await platform.wechat.control.runReleaseCheck()
  assert.deepEqual(
    results.map(({ test: name, passed, got }) => [name, passed || got]),
    [
      ['component_verify_ticket', true],
      ['公众号 TESTCOMPONENT_MSG_TYPE_TEXT', true],
      ['公众号 QUERY_AUTH_CODE', true],
      ['小程序 QUERY_AUTH_CODE', true],
    ],
  )
})

test('its accounts are in no list, no timer and no count', async () => {
  const { items } = await platform.tell('authorizers.list', {})
  assert.deepEqual(items, [])
  assert.deepEqual(rowsOf(platform, 'authorizers'), [])
  assert.deepEqual((await platform.tell('platform.status'))['authorizers'], { active: 0, revoked: 0, reauthorize: 0 })
  await platform.wechat.control.grantQuietly({ appid: MINI })
  const { added } = await platform.tell('authorizers.sync')
  assert.equal(added, 0)
  const swept: unknown = await platform.host.fireTimer('refreshTokens')
  assert.equal(Object(swept).failed, 0)
  assert.deepEqual((await platform.tell('platform.status'))['problems'], [])
})

test('where WeChat takes only the code of the authorized event, that one is used', async () => {
  await platform.wechat.control.addFault({ path: QUERY_AUTH, errcode: 61009, times: 1 })
  const results = await platform.wechat.control.runReleaseCheck()
  assert.deepEqual(
    results.map(({ passed }) => passed),
    [true, true, true, true],
  )
})

test('a repeated message is answered again and sent once', async () => {
  const { control } = platform.wechat
  const before = (await control.customerMessages()).length
  const url = `${platform.host.url}/wechat/message/${OFFICIAL}`
  const pre = await control.createPreAuthCode()
  const { authCode } = await control.authorize({ preAuthCode: pre.value, appid: OFFICIAL })
  const message = {
    ToUserName: 'gh_3c884a361561',
    FromUserName: 'o-robot',
    CreateTime: '1713424427',
    MsgType: 'text',
    Content: `QUERY_AUTH_CODE:${authCode}`,
    MsgId: '1',
  }
  for (let n = 0; n < 3; n++) {
    const answer = await postSealed(url, message)
    assert.deepEqual([answer.status, answer.body], [200, ''])
  }
  const sent = (await control.customerMessages()).slice(before)
  assert.deepEqual(
    sent.map(({ touser, content }) => [touser, content]),
    [['o-robot', `${authCode}_from_api`]],
  )
  const dump = JSON.stringify(platform.host.database.dump())
  assert.ok(!dump.includes(authCode))
  assert.ok(!platform.log.join('\n').includes(authCode))
})

test('through the relay the robot is answered too', async () => {
  const url = `${platform.host.url}/wechat/message/${OFFICIAL}`
  const message = {
    ToUserName: 'gh_3c884a361561',
    FromUserName: 'o-json',
    CreateTime: 1713424427,
    MsgType: 'text',
    MsgId: 5,
  }
  const answer = await postSigned(url, { ...message, Content: 'TESTCOMPONENT_MSG_TYPE_TEXT' })
  const { CreateTime, ...reply } = JSON.parse(answer.body)
  assert.match(CreateTime, /^\d+$/)
  assert.deepEqual(reply, {
    ToUserName: 'o-json',
    FromUserName: 'gh_3c884a361561',
    MsgType: 'text',
    Content: 'TESTCOMPONENT_MSG_TYPE_TEXT_callback',
  })
  assert.equal((await postSigned(url, { ...message, Content: 'hello' })).body, 'success')
})

test('what the robot writes gets no answer of its own from anybody else’s account', async () => {
  const appid = await newMerchant(platform)
  await authorizeMerchant(platform, { businessId: 'b1', appid })
  await platform.wechat.control.resetCalls()
  for (const content of ['TESTCOMPONENT_MSG_TYPE_TEXT', 'QUERY_AUTH_CODE:queryauthcode@@@x']) {
    const push = await platform.wechat.control.pushMessage({
      appid,
      fields: { MsgType: 'text', Content: content, MsgId: content },
    })
    assert.equal(push.attempts.at(-1)?.body, 'success')
  }
  assert.deepEqual(await platform.wechat.control.callCounts(), {})
})

test('a message that names another authorizer than its address is refused', async () => {
  const [mine, other] = [await newMerchant(platform), await newMerchant(platform)]
  for (const [n, appid] of [mine, other].entries())
    await authorizeMerchant(platform, { businessId: `pair-${n}`, appid })
  const { userName } = await platform.wechat.control.merchant({ appid: other })
  const message = {
    ToUserName: userName,
    FromUserName: 'o1',
    CreateTime: '1',
    MsgType: 'event',
    Event: 'weapp_audit_success',
  }
  const before = rowsOf(platform, 'pushes').length
  for (const answer of [
    await postSealed(`${platform.host.url}/wechat/message/${mine}`, message),
    await postSigned(`${platform.host.url}/wechat/message/${mine}`, message),
  ])
    assert.deepEqual([answer.status, answer.body], [403, 'forbidden'])
  assert.equal(rowsOf(platform, 'pushes').length, before)
  assert.equal((await postSealed(`${platform.host.url}/wechat/message/${other}`, message)).body, 'success')
  // One that is known to nobody may still be this account's.
  const unknown = { ...message, ToUserName: 'gh_unknown' }
  assert.equal((await postSealed(`${platform.host.url}/wechat/message/${mine}`, unknown)).body, 'success')
})

test('nothing secret in the dump, the log, or what is listed', async () => {
  const answers = await Promise.all(
    [
      'platform.status',
      'events.list',
      'activity.list',
      'authorizers.list',
      'bindings.list',
      'admins.list',
      'apiKeys.list',
    ].map((name) => platform.ask(name)),
  )
  const places = {
    dump: JSON.stringify(platform.host.database.dump()),
    log: platform.log.join('\n'),
    answers: JSON.stringify(answers),
  }
  const issued = await platform.wechat.control.issuedSecrets()
  assert.ok(issued.length > 10)
  for (const secret of issued)
    for (const [place, text] of Object.entries(places))
      for (const form of [
        secret,
        encodeURIComponent(secret),
        Buffer.from(secret).toString('base64').replace(/=+$/, '').slice(0, -1),
        Buffer.from(secret).toString('base64url').slice(0, -1),
        Buffer.from(secret).toString('hex'),
      ])
        assert.ok(!text.includes(form), `${secret} in the ${place}`)
})
