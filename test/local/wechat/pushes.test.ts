import assert from 'node:assert/strict'
import { test } from 'node:test'
import { renderEncryptedReply, sealEnvelope } from '../../../shared/wechat/envelope.ts'
import { AES_KEY, COMPONENT, SECRET, TOKEN, between, openPlatform, receivePushes } from './wechat.ts'

void test('a push that is not answered with success is sent again, three times, in the same bytes', async (t) => {
  const answers = [
    { status: 503, body: 'retry' },
    { status: 200, body: 'Success' },
    { status: 200, body: 'success\n' },
    { status: 200, body: 'success' },
  ]
  const platform = await receivePushes(t, () => answers.shift() ?? { status: 500, body: '' })
  const { control } = await openPlatform(t, { eventUrl: platform.eventUrl })
  const push = await control.pushTicket()
  assert.equal(push?.state, 'delivered')
  assert.deepEqual(
    push?.attempts.map(({ status, body }) => [status, body]),
    [
      [503, 'retry'],
      [200, 'Success'],
      [200, 'success\n'],
      [200, 'success'],
    ],
  )
  assert.equal(new Set(platform.received.map(({ body }) => body)).size, 1)
  const { query } = platform.received[0] ?? {}
  assert.deepEqual([...(query?.keys() ?? [])].toSorted(), [
    'encrypt_type',
    'msg_signature',
    'nonce',
    'signature',
    'timestamp',
  ])
  assert.equal((await control.pushTicket())?.state, 'failed')
})

void test('an answer after the deadline is none', async (t) => {
  const platform = await receivePushes(t, () => ({ status: 200, body: 'success', afterMs: 2000 }))
  const { control } = await openPlatform(t, { eventUrl: platform.eventUrl, pushTimeoutMs: 30, pushRetries: 0 })
  const push = await control.pushTicket()
  assert.equal(push?.state, 'failed')
  assert.match(push?.attempts[0]?.error ?? '', /Timeout/)
})

void test('held pushes go out when, in what order and how often the test wants', async (t) => {
  const platform = await receivePushes(t)
  const { control } = await openPlatform(t, { eventUrl: platform.eventUrl, holdPushes: true })
  const { appid } = await control.createMerchant({})
  const { push: authorized } = await control.authorize({
    preAuthCode: (await control.createPreAuthCode()).value,
    appid,
  })
  const { push: unauthorized } = await control.unauthorize({ appid })
  assert.equal(platform.received.length, 0)
  const [first, second] = [authorized?.pushId ?? 0, unauthorized?.pushId ?? 0]
  await control.deliverPushes({ pushIds: [second, first, first] })
  assert.deepEqual(
    platform.received.map(({ message }) => between(message, '<InfoType><![CDATA[', ']')),
    ['unauthorized', 'authorized', 'authorized'],
  )
})

void test('events of any kind and time, with nested elements', async (t) => {
  const platform = await receivePushes(t)
  const { control } = await openPlatform(t, { eventUrl: platform.eventUrl, messageUrl: platform.messageUrl })
  const { appid, userName } = await control.createMerchant({})
  await control.pushEvent({
    infoType: 'notify_third_fasteregister',
    fields: { CreateTime: 1_600_000_000, appid, status: 0, info: { name: '某公司', code_type: 1 } },
  })
  await control.reviewPrivacyInterface({ appid, apiName: 'wx.chooseAddress', granted: true })
  const [event, message] = platform.received
  assert.match(event?.message ?? '', /<CreateTime>1600000000<\/CreateTime>/)
  assert.match(event?.message ?? '', /<info><name><!\[CDATA\[某公司\]\]><\/name>\n<code_type>1<\/code_type><\/info>/)
  assert.equal(between(message?.body ?? '', '<ToUserName><![CDATA[', ']'), userName)
  assert.match(message?.message ?? '', /<result_info><api_name><!\[CDATA\[wx.chooseAddress\]\]>/)
})

void test('the 全网发布 robot sees who answers its tests', async (t) => {
  const reply = { status: 200, body: 'success' }
  const platform = await receivePushes(t, () => reply)
  const { control } = await openPlatform(t, { eventUrl: platform.eventUrl, messageUrl: platform.messageUrl })
  const lazy = await control.runReleaseCheck()
  assert.deepEqual(
    lazy.map(({ test: name, passed }) => [name, passed]),
    [
      ['component_verify_ticket', true],
      ['公众号 TESTCOMPONENT_MSG_TYPE_TEXT', false],
      ['公众号 QUERY_AUTH_CODE', false],
      ['小程序 QUERY_AUTH_CODE', false],
    ],
  )
  assert.equal((await control.merchant('wx570bc396a51b8ff8')).authorized, false)
})

void test('the 全网发布 robot is content with a platform that does all of it', async (t) => {
  const pending: Promise<unknown>[] = []
  const answer = () => {
    const message = platform.received.at(-1)?.message ?? ''
    if (!message.includes('<Content>')) return { status: 200, body: 'success' }
    const openid = between(message, '<FromUserName><![CDATA[', ']')
    const content = between(message, '<Content><![CDATA[', ']')
    if (content === 'TESTCOMPONENT_MSG_TYPE_TEXT') return { status: 200, body: passiveReply(message, openid) }
    pending.push(sendFromApi(content.replace('QUERY_AUTH_CODE:', ''), openid))
    return { status: 200, body: '' }
  }
  const platform = await receivePushes(t, answer)
  const { control, post, componentToken, queryAuth } = await openPlatform(t, {
    eventUrl: platform.eventUrl,
    messageUrl: platform.messageUrl,
  })
  const component = await componentToken()
  const sendFromApi = async (code: string, touser: string) => {
    const info = JSON.stringify(await queryAuth(component, code))
    const token = between(info, '"authorizer_access_token":"', '"')
    const content = `${code}_from_api`
    await post('/cgi-bin/message/custom/send', token, { touser, msgtype: 'text', text: { content } })
  }
  const results = await control.runReleaseCheck()
  await Promise.all(pending)
  assert.deepEqual(
    results.map(({ passed }) => passed),
    [true, true, true, true],
  )
})

const passiveReply = (message: string, openid: string): string => {
  const from = between(message, '<ToUserName><![CDATA[', ']')
  const content = 'TESTCOMPONENT_MSG_TYPE_TEXT_callback'
  return renderEncryptedReply(
    sealEnvelope(
      { token: TOKEN, encodingAesKey: AES_KEY, appid: COMPONENT },
      {
        message: `<xml><ToUserName><![CDATA[${openid}]]></ToUserName><FromUserName><![CDATA[${from}]]></FromUserName><CreateTime>1</CreateTime><MsgType><![CDATA[text]]></MsgType><Content><![CDATA[${content}]]></Content></xml>`,
        timestamp: '1713424427',
        nonce: '415670741',
      },
    ),
  )
}

void test('api_start_push_ticket pushes one at once', async (t) => {
  const platform = await receivePushes(t)
  const { control, post } = await openPlatform(t, { eventUrl: platform.eventUrl })
  const wrong = { component_appid: COMPONENT, component_secret: 'wrong' }
  assert.equal((await post('/cgi-bin/component/api_start_push_ticket', undefined, wrong)).errcode, 40125)
  const right = { component_appid: COMPONENT, component_secret: SECRET }
  assert.equal((await post('/cgi-bin/component/api_start_push_ticket', undefined, right)).errcode, 0)
  await control.settle()
  assert.equal(platform.received.length, 1)
})
