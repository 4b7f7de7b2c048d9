import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { FaultRule } from '../../local/database/faults.ts'
import { endOfStory, startStory, tellStory, toldOfStory } from '../fixtures/event-story.ts'
import { failAtRandom } from '../fixtures/random-faults.ts'
import { makeTemplate } from '../fixtures/shop.ts'
import type { Subscriber } from '../fixtures/subscriber.ts'

/* The database fails; what happened is told all the same, each once (N1). `npm run test:crash` tries 200 seeds. */

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

const outages: Readonly<Record<string, FaultRule>> = {
  'deliveries are refused ten times': {
    action: 'database.insertDocument',
    collection: 'deliveries',
    when: 'before',
    kind: 'code',
    code: 'EXCEED_REQUEST_LIMIT',
    times: 10,
  },
  'two reads of the subscriptions get no answer': {
    action: 'database.getDocument',
    collection: 'subscriptions',
    when: 'before',
    kind: 'drop',
    times: 2,
  },
  'two reads of the bindings get no answer': {
    action: 'database.getDocument',
    collection: 'bindings',
    when: 'before',
    kind: 'drop',
    times: 2,
  },
  'problems cannot be written for a while': {
    action: 'database.insertDocument',
    collection: 'problems',
    when: 'before',
    kind: 'drop',
    times: 3,
  },
}

for (const [name, rule] of Object.entries(outages))
  test(`${name}: the same end, the same events`, () => check(() => subscriber.platform.host.database.faults.add(rule)))

for (const seed of [1, 2])
  test(`each call to the database fails with 5 % (${seed}): the same end, the same events`, () =>
    check(() => failAtRandom(subscriber.platform.host.database.faults, seed, 0.05)))
