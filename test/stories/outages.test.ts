import { after, before, test } from 'node:test'
import { openTroubledStory, outages } from '../fixtures/outages.ts'
import { failAtRandom } from '../fixtures/random-faults.ts'

/* The database fails; what happened is told all the same, each once. `npm run test:crash` tries more of them, and 200 seeds. */

let story: Awaited<ReturnType<typeof openTroubledStory>>
before(async () => {
  story = await openTroubledStory()
})
after(() => story.close())

test('deliveries are refused ten times: the same end, the same events', () =>
  story.tell((faults) => faults.add(outages['deliveries are refused ten times'])))

test('each call to the database fails with 5 %: the same end, the same events', () =>
  story.tell((faults) => failAtRandom(faults, 1, 0.05)))
