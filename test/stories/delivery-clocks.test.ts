import assert from 'node:assert/strict'
import { fileURLToPath } from 'node:url'
import { after, before, test } from 'node:test'
import { preloading } from '../fixtures/preloading.ts'
import { startSubscriber, type Subscriber } from '../fixtures/subscriber.ts'

/* Instances whose clocks are hours off and run at the wrong speed, several at a time. */

const HOUR = 3_600_000

let subscriber: Subscriber
before(async () => {
  const clock = fileURLToPath(new URL('../fixtures/odd-clock.cjs', import.meta.url))
  process.env['NODE_OPTIONS'] = preloading(clock)
  subscriber = await startSubscriber()
})
after(() => subscriber.close())

test('an endpoint that is down for a day gets everything in order, once each, at the right time', async () => {
  const { eventsOf, now, passTime, push, runQueue, server, subscribe, subscription } = subscriber
  await subscribe({ type: 'wechat.*' })
  server.behave(() => 503)
  const pushed: Record<string, string[]> = { wxa: [], wxb: [] }
  const happen = async (appid: string, event: string) => {
    await push(appid, event)
    pushed[appid]?.push(event)
  }
  for (let hour = 0; hour < 24; hour += 3) {
    for (const appid of ['wxa', 'wxb']) await happen(appid, `${appid}_${hour}`)
    await happen('wxa', `later_${hour}`)
    await Promise.all([runQueue(), runQueue()])
    passTime(3 * HOUR)
  }
  assert.equal(server.accepted.length, 0)
  assert.equal((await subscription())['waiting'], 24)

  server.behave(() => 200)
  server.hits.length = 0
  await Promise.all([runQueue(), runQueue(), runQueue()])
  await happen('wxb', 'after')
  await Promise.all([runQueue(), runQueue()])
  for (const [appid, events] of Object.entries(pushed)) assert.deepEqual(eventsOf(appid), events)
  for (const { headers } of server.hits) {
    const off = Number(headers['webhook-timestamp']) * 1000 - now()
    assert.ok(Math.abs(off) < 60_000, `sent with a timestamp that is ${off} ms off`)
  }
  const { waiting, failed, enabled } = await subscription()
  assert.deepEqual([waiting, failed, enabled], [0, 0, true])
})
