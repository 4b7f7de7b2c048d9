import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import { once } from 'node:events'
import { after, before, test } from 'node:test'
import { editRows, killInstances } from '../fixtures/interference.ts'
import { startPlatform, type LocalPlatform } from '../fixtures/platform.ts'

let received: { url: string; body: Record<string, unknown> }[] = []
let reply = '{"errcode":0}'
let replyMs = 0
const robot = createServer((request, response) => {
  const chunks: Buffer[] = []
  request.on('data', (chunk: Buffer) => chunks.push(chunk))
  request.on('end', () => {
    received.push({ url: request.url ?? '', body: JSON.parse(Buffer.concat(chunks).toString()) })
    setTimeout(() => response.end(reply), replyMs)
  })
})

let platform: LocalPlatform
let robotUrl = ''
before(async () => {
  robot.listen(0, '127.0.0.1')
  await once(robot, 'listening')
  const address = robot.address()
  robotUrl = `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`
  platform = await startPlatform({ env: { ALERT_WEBHOOK_URL: `${robotUrl}/cgi-bin/webhook/send?key=robot-key` } })
})
after(async () => {
  await platform.close()
  robot.close()
})

const ticketsArrived = (at: Date) =>
  editRows(platform, 'pushes', { type: 'wechat.component_verify_ticket' }, { receivedAt: at })
const runQueue = () => platform.host.fireTimer('processQueue')
const anHourAgo = () => new Date(Date.now() - 3_600_000)

test('a problem is told once, in the form of 企业微信, and again when it is solved; none is lost when the robot fails', async () => {
  // Asked to, WeChat would push a ticket at once.
  await platform.wechat.control.addFault({ path: '/cgi-bin/component/api_start_push_ticket', errcode: -1 })
  await ticketsArrived(anHourAgo())
  reply = '{"errcode":45009,"errmsg":"too often"}'
  await runQueue()
  assert.equal(received.length, 1)

  reply = '{"errcode":0}'
  await runQueue()
  await runQueue()
  assert.equal(received.length, 2)
  assert.equal(received[1]?.url, '/cgi-bin/webhook/send?key=robot-key')
  assert.equal(received[1]?.body['msgtype'], 'markdown')
  assert.match(JSON.stringify(received[1]?.body), /TICKET_OVERDUE/)
  assert.doesNotMatch(platform.log.join('\n'), /robot-key/)

  received = []
  await ticketsArrived(new Date())
  await runQueue()
  await runQueue()
  assert.equal(received.length, 1)
  assert.match(JSON.stringify(received[0]?.body), /已恢复：TICKET_OVERDUE/)
})

test('runs that overlap tell a problem once', async () => {
  received = []
  replyMs = 300
  await ticketsArrived(anHourAgo())
  await Promise.all([runQueue(), runQueue(), runQueue()])
  assert.equal(received.length, 1)
  replyMs = 0
  await ticketsArrived(new Date())
  await runQueue()
  assert.equal(received.length, 2)
})

test('what is solved while the robot is being told of it is told as solved too', async () => {
  received = []
  replyMs = 1500
  await ticketsArrived(anHourAgo())
  const telling = runQueue()
  while (received.length === 0) await new Promise((resolve) => setTimeout(resolve, 10))
  await ticketsArrived(new Date())
  await runQueue()
  replyMs = 0
  await telling
  await runQueue()
  await runQueue()
  assert.equal(received.length, 2)
  assert.match(JSON.stringify(received[0]?.body), /⚠️ TICKET_OVERDUE/)
  assert.match(JSON.stringify(received[1]?.body), /已恢复：TICKET_OVERDUE/)
})

test('ten merchants that must authorize again are one message', async () => {
  const { control } = platform.wechat
  const merchants = await control.createMerchants({ count: 10, granted: true })
  await platform.tell('authorizers.sync')
  for (const { appid } of merchants) await control.killRefreshToken({ appid, listed: 'empty' })
  await editRows(platform, 'authorizers', { status: 'active' }, { dueAt: new Date(1000), expiresAt: new Date(1000) })
  await platform.host.fireTimer('refreshTokens')
  received = []
  await runQueue()
  assert.equal(received.length, 1)
  const text = JSON.stringify(received[0]?.body)
  assert.equal(text.split('⚠️ REAUTHORIZATION_REQUIRED').length, 2)
  assert.match(text, /… \(10\)/)
})

test('what a merchant calls itself is only text to the robot: no link, picture, mention or colour', async () => {
  const { control } = platform.wechat
  const nickName =
    '![图](http://evil.example/a.png)[点此登录](http://evil.example)<@all><font color="warning">急</font>'
  const { appid } = await control.createMerchant({ nickName })
  await control.grantQuietly({ appid, exchanged: false })
  await platform.tell('authorizers.sync')
  received = []
  await runQueue()
  const text = JSON.stringify(received[0]?.body)
  assert.match(text, /AUTHORIZATION_LOST/)
  assert.match(text, /点此登录/)
  assert.doesNotMatch(text, /[\]>]\(|<@|<font/)
})

test('飞书 gets its own form; what a robot did not take is sent again', async () => {
  platform.env['ALERT_WEBHOOK_URL'] = `${robotUrl}/open-apis/bot/v2/hook/robot-key`
  await killInstances(platform)
  const rows: [reply: string, isTaken: boolean][] = [
    ['{"StatusCode":0,"StatusMessage":"success","code":0,"data":{},"msg":"success"}', true],
    ['{"StatusCode":0,"StatusMessage":"success"}', true],
    ['{"code":0,"msg":"success"}', true],
    ['', true],
    ['{"code":11232,"msg":"frequency limited"}', false],
    ['{"code":19024,"msg":"Key Words Not Found"}', false],
  ]
  for (const [index, [answer, isTaken]] of rows.entries()) {
    const overdue = index % 2 === 0
    await ticketsArrived(overdue ? anHourAgo() : new Date())
    received = []
    reply = answer
    await runQueue()
    reply = '{"code":0}'
    await runQueue()
    assert.equal(received.length, isTaken ? 1 : 2, answer)
    const [first] = received
    assert.equal(first?.url, '/open-apis/bot/v2/hook/robot-key')
    assert.equal(first.body['msg_type'], 'text')
    assert.match(
      String(Object(first.body['content'])['text']),
      overdue ? /⚠️ TICKET_OVERDUE/ : /✅ 已恢复：TICKET_OVERDUE/,
    )
  }
  assert.doesNotMatch(platform.log.join('\n'), /robot-key/)
})

test('while WeChat is down an endpoint is tried now and then by one of all instances, and is back at once (breaker)', async () => {
  const { control } = platform.wechat
  const PATH = '/wxa/gettemplatelist'
  await platform.tell('templates.list')
  await control.addFault({ path: PATH, status: 502 })
  const many = () => Promise.all(Array.from({ length: 8 }, () => platform.ask('templates.list')))
  await many()
  await many()
  await control.resetCalls()
  for (const answer of [...(await many()), ...(await many()), ...(await many())])
    assert.equal(answer.ok ? '' : answer.error.code, 'WECHAT_UNAVAILABLE')
  const during = (await control.callCounts())[PATH] ?? 0
  assert.ok(during <= 1, `${during} calls while the breaker is open`)

  await control.clearFaults()
  await editRows(platform, 'platform', { _id: `breaker:${PATH}` }, { probedAt: new Date(1000) })
  await new Promise((resolve) => setTimeout(resolve, 1100))
  const answers = [...(await many())]
  assert.ok(answers.some((answer) => answer.ok))
  await new Promise((resolve) => setTimeout(resolve, 1100))
  assert.ok((await many()).every((answer) => answer.ok))
})
