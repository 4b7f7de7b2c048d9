import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { OWNER, startPlatform, type LocalPlatform } from '../fixtures/platform.ts'
import { editRows } from '../fixtures/interference.ts'

/* One refusal, one problem, in the language that is asked for. */

let platform: LocalPlatform
let key = ''
before(async () => {
  platform = await startPlatform({ host: { maxInstances: 1 } })
  key = String((await platform.tell('apiKeys.create', { name: 'test', role: 'owner' }))['key'])
})
after(() => platform.close())

const over = async (operation: string, input: object, headers: Readonly<Record<string, string>> = {}) => {
  const response = await fetch(`${platform.host.url}/api/v1/${operation}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, ...headers },
    body: JSON.stringify(input),
  })
  return Object(await response.json())
}

const asAdmin = async (name: string, event: object) => {
  const response = await fetch(`${platform.host.url}/__local/invoke/${name}`, {
    method: 'POST',
    body: JSON.stringify({ event, identity: { openid: OWNER } }),
  })
  return Object(await response.json()).result
}

const problems = async (language: string) =>
  (await over('platform.status', {}, { 'accept-language': language })).data.problems

const zh = '此账号尚未授权给本平台'
const en = 'This account has not authorized the platform'

test('over HTTP by Accept-Language, Chinese where neither is wanted', async () => {
  const input = { appid: 'wxnobody' }
  const { error } = await over('authorizers.get', input, { 'accept-language': 'en-GB, zh;q=0.5' })
  assert.deepEqual(Object.keys(error), ['code', 'reason', 'message', 'hint', 'retryable', 'requestId', 'field'])
  assert.deepEqual([error.code, error.reason, error.message], ['NOT_FOUND', 'ACCOUNT_UNKNOWN', en])
  for (const language of ['zh-CN,en;q=0.9', 'fr', '*'])
    assert.equal((await over('authorizers.get', input, { 'accept-language': language })).error.message, zh, language)
  assert.equal((await over('authorizers.get', input)).error.message, zh)
})

test('admin functions by language beside the input, which takes zh and en alone', async () => {
  const event = { action: 'get', businessId: '' }
  assert.equal((await asAdmin('bindAuthorizer', { ...event, language: 'en' })).error.field, 'businessId')
  const asked = { operation: 'authorizers.get', input: { appid: 'wxnobody' } }
  assert.equal((await asAdmin('manage', { ...asked, language: 'en' })).error.message, en)
  assert.equal((await asAdmin('manage', { ...asked, language: 'zh' })).error.message, zh)
  assert.equal((await asAdmin('manage', asked)).error.message, zh)
  for (const language of ['fr', 'EN', '', 1, null, ['en']]) {
    const { error } = await asAdmin('manage', { ...asked, language })
    assert.deepEqual([error.code, error.reason, error.field], ['INVALID_ARGUMENT', 'NOT_ONE_OF', 'language'])
  }
})

test('a repeated answer has the words of the repetition, and all else of the first', async () => {
  const input = { subscriptionId: 'sub_nobody', idempotencyKey: 'k1' }
  const first = (await over('subscriptions.delete', input)).error
  const again = (await over('subscriptions.delete', input, { 'accept-language': 'en' })).error
  assert.deepEqual([first.message, again.message], ['没有这个订阅', 'There is no such subscription'])
  assert.deepEqual([again.reason, again.requestId], [first.reason, first.requestId])
})

test('a problem is kept as code and params, and told when it is read; one of before keeps its texts', async () => {
  // Asked to, WeChat would push a ticket at once.
  await platform.wechat.control.addFault({ path: '/cgi-bin/component/api_start_push_ticket', errcode: -1 })
  const tickets = { type: 'wechat.component_verify_ticket' }
  await editRows(platform, 'pushes', tickets, { receivedAt: new Date(Date.now() - 3_600_000) })
  await platform.host.fireTimer('processQueue')
  const [chinese] = await problems('zh')
  const [english] = await problems('en')
  assert.deepEqual([chinese.code, chinese.params], ['TICKET_OVERDUE', { minutes: 60 }])
  assert.equal(chinese.message, '微信已 60 分钟没有推送 ticket')
  assert.equal(english.message, 'WeChat has pushed no ticket for 60 minutes')

  const former = { params: null, message: '旧的说明。 Former text.', hint: '旧的办法。 Former cure.' }
  await editRows(platform, 'problems', { code: 'TICKET_OVERDUE' }, former)
  const [kept] = await problems('en')
  assert.deepEqual([kept.message, kept.hint], [former.message, former.hint])
})
