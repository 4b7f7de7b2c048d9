import { after, before, test } from 'node:test'
import { openTroubledStory } from '../fixtures/outages.ts'
import { failAtRandom } from '../fixtures/random-faults.ts'

/* The other half of a dozen; they run beside those of outages.test.ts. */

let story: Awaited<ReturnType<typeof openTroubledStory>>
before(async () => {
  story = await openTroubledStory()
})
after(() => story.close())

for (const seed of [7, 8, 9, 10, 11, 12])
  test(`each call to the database fails with 5 %, seed ${seed}: the same end, the same events`, () =>
    story.tell((faults) => failAtRandom(faults, seed, 0.05)))
