import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import * as v from 'valibot'
import { databaseCalls, killInstances } from '../fixtures/interference.ts'
import { startPlatform, type LocalPlatform } from '../fixtures/platform.ts'
import { COMPONENT, postSealed, request, ticketFields } from '../fixtures/pushes.ts'
import { authorizedMerchant } from '../fixtures/shop.ts'

let platform: LocalPlatform
before(async () => {
  platform = await startPlatform({ host: { maxInstances: 1 } })
})
after(() => platform.close())

const lineSchema = v.looseObject({
  event: v.string(),
  requestId: v.string(),
  function: v.string(),
  milliseconds: v.optional(v.number()),
})

type Line = v.InferOutput<typeof lineSchema>

/** Lines of JSON in the log from there on, once one of them is the awaited one. */
const linesSince = async (from: number, isAwaited: (line: Line) => boolean): Promise<Line[]> => {
  for (let waited = 0; ; waited += 5) {
    const lines = platform.log
      .slice(from)
      .flatMap((line) => line.match(/\{.*\}$/)?.[0] ?? [])
      .map((text) => v.parse(lineSchema, JSON.parse(text)))
    if (waited >= 10_000 || lines.some(isAwaited)) return lines
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
}

/** Those since `act` began. */
const linesOf = async (act: () => Promise<unknown>): Promise<Line[]> => {
  const from = platform.log.length
  await act()
  return linesSince(from, ({ event }) => event === 'call')
}

const lastLineOf = async (act: () => Promise<unknown>) => {
  const lines = (await linesOf(act)).filter(({ event }) => event === 'call')
  assert.equal(lines.length, 1)
  const [line] = lines
  assert.match(line?.requestId ?? '', /^[\w-]{8,}$/)
  assert.ok((line?.milliseconds ?? -1) >= 0)
  const { level: _level, requestId: _requestId, milliseconds: _milliseconds, ...rest } = Object(line)
  return rest as Readonly<Record<string, unknown>>
}

test('each call leaves one line: what it was, how it ended, whether it was a cold start, and what it cost', async () => {
  const appid = await authorizedMerchant(platform)
  await killInstances(platform)
  const count = async (act: () => Promise<unknown>) => {
    platform.host.database.faults.resetCounts()
    await platform.wechat.control.resetCalls()
    const line = await lastLineOf(act)
    const { reads, writes } = databaseCalls(platform)
    assert.equal(line['databaseOperations'], reads + writes)
    assert.equal(line['wechatCalls'], (await platform.wechat.control.calls()).length)
    return line
  }
  const call = { event: 'call', function: 'manage', outcome: 'ok' }

  const info = await count(() => platform.tell('miniprograms.info', { appid }))
  assert.deepEqual(info, {
    ...call,
    operation: 'miniprograms.info',
    coldStart: true,
    wechatCalls: 3,
    databaseOperations: 1,
  })
  const again = await count(() => platform.tell('miniprograms.info', { appid }))
  assert.deepEqual([again['coldStart'], again['wechatCalls'], again['databaseOperations']], [false, 3, 0])
  // In a transaction, with its start and end.
  const bound = await count(() => platform.tell('bindings.bind', { appid, businessId: 'shop-1' }))
  assert.equal(bound['operation'], 'bindings.bind')

  const refused = await count(() => platform.ask('miniprograms.info', { appid: 'wx-unknown' }))
  assert.deepEqual([refused['operation'], refused['outcome']], ['miniprograms.info', 'NOT_FOUND'])
  const madeUp = await count(() => platform.ask('marker.steal\n{"event":"call"}', {}))
  assert.deepEqual([madeUp['operation'], madeUp['outcome']], [undefined, 'NOT_FOUND'])
})

test('the lines of HTTP functions and timers say how they answered', async () => {
  const forged = await lastLineOf(() =>
    request(`${platform.host.url}/wechat/component?msg_signature=x`, { body: '<xml/>' }),
  )
  assert.deepEqual(
    [forged['function'], forged['status'], forged['databaseOperations'], forged['wechatCalls']],
    ['receiveTicket', 403, 0, 0],
  )
  const asked = await lastLineOf(() => request(`${platform.host.url}/api/v1/platform.status`, { body: '{}' }))
  assert.deepEqual([asked['status'], asked['outcome']], [401, 'UNAUTHENTICATED'])
  const swept = await lastLineOf(() => platform.host.fireTimer('refreshTokens'))
  assert.deepEqual(
    [swept['function'], swept['result']],
    ['refreshTokens', { refreshed: 0, failed: 0, skipped: 0, remaining: 0 }],
  )
})

test('what is noted on the way names the call, too', async () => {
  const lines = await linesOf(() => platform.wechat.control.pushTicket())
  const [stored, call] = lines
  assert.deepEqual([stored?.event, call?.event], ['push stored', 'call'])
  assert.equal(stored?.requestId, call?.requestId)
  assert.equal(stored?.function, 'receiveTicket')
})

test('what outlives its answer is noted under its own requestId, whatever the instance serves meanwhile', async () => {
  const appid = await authorizedMerchant(platform)
  const { faults } = platform.host.database
  const now = Math.floor(Date.now() / 1000)
  const url = `${platform.host.url}/wechat/component`
  const from = platform.log.length
  faults.add({ when: 'before', kind: 'delay', delayMs: 2000, collection: 'authorizers' })
  await postSealed(url, {
    AppId: COMPONENT,
    CreateTime: String(now + 5),
    InfoType: 'unauthorized',
    AuthorizerAppid: appid,
  })
  assert.ok(!platform.log.some((line) => line.includes('authorization withdrawn')))
  await postSealed(url, ticketFields('ticket@@@meanwhile', now + 6))
  const lines = await linesSince(from, ({ event }) => event === 'authorization withdrawn')
  faults.clear()
  const idsOf = (wanted: string) => lines.filter(({ event }) => event === wanted).map(({ requestId }) => requestId)
  const [first, second, ...others] = idsOf('push stored')
  assert.notEqual(first, second)
  assert.deepEqual(others, [])
  assert.deepEqual(idsOf('call'), [first, second])
  assert.deepEqual(idsOf('authorization withdrawn'), [first])
})
