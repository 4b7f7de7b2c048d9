import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { thinned } from '../fixtures/crash-sweep.ts'
import { endOfStory, startStory, tellStory, toldOfStory } from '../fixtures/event-story.ts'
import { outages } from '../fixtures/outages.ts'
import { failAtRandom } from '../fixtures/random-faults.ts'
import { makeTemplate } from '../fixtures/shop.ts'
import type { Subscriber } from '../fixtures/subscriber.ts'

const seeds = Array.from({ length: 200 }, (_, index) => index + 1)

let subscriber: Subscriber
before(async () => {
  subscriber = await startStory()
  await makeTemplate(subscriber.platform)
  await subscriber.platform.wechat.control.changeSettings({ auditQuota: 100_000, pushRetryDelayMs: 50 })
  await subscriber.subscribe({})
})
after(() => subscriber.close())

for (const [name, rule] of Object.entries(outages))
  test(`${name}: the same end, the same events, each once (N1)`, async () => {
    const story = await tellStory(subscriber, () => subscriber.platform.host.database.faults.add(rule))
    assert.deepEqual([story.told, story.end], [toldOfStory, endOfStory])
  })

test(`each call to the database fails with 5 %, ${seeds.length} seeds: the same end, the same events, each once (N1)`, async () => {
  for (const seed of thinned(seeds)) {
    const story = await tellStory(subscriber, () => failAtRandom(subscriber.platform.host.database.faults, seed, 0.05))
    assert.deepEqual([story.told, story.end], [toldOfStory, endOfStory], `seed ${seed}`)
  }
})
