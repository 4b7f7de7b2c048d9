import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { endOfStory, startStory, tellStory, toldOfStory } from '../fixtures/event-story.ts'
import { outages } from '../fixtures/outages.ts'
import { failAtRandom } from '../fixtures/random-faults.ts'
import { makeTemplate } from '../fixtures/shop.ts'
import type { Subscriber } from '../fixtures/subscriber.ts'

/* The database fails; what happened is told all the same, each once (N1). `npm run test:crash` tries more of them, and 200 seeds. */

let subscriber: Subscriber
before(async () => {
  subscriber = await startStory()
  await makeTemplate(subscriber.platform)
  await subscriber.platform.wechat.control.changeSettings({ auditQuota: 100_000, pushRetryDelayMs: 50 })
  await subscriber.subscribe({})
})
after(() => subscriber.close())

const check = async (begin: () => () => void): Promise<void> => {
  const story = await tellStory(subscriber, begin)
  assert.deepEqual([story.told, story.end], [toldOfStory, endOfStory])
}

test('deliveries are refused ten times: the same end, the same events', () =>
  check(() => subscriber.platform.host.database.faults.add(outages['deliveries are refused ten times'])))

for (let seed = 1; seed <= 12; seed++)
  test(`each call to the database fails with 5 %, seed ${seed}: the same end, the same events`, () =>
    check(() => failAtRandom(subscriber.platform.host.database.faults, seed, 0.05)))
