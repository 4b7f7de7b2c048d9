import { after, before, test } from 'node:test'
import { thinned } from '../fixtures/crash-sweep.ts'
import { openTroubledStory, outages } from '../fixtures/outages.ts'
import { failAtRandom } from '../fixtures/random-faults.ts'

const seeds = Array.from({ length: 200 }, (_, index) => index + 1)

let story: Awaited<ReturnType<typeof openTroubledStory>>
before(async () => {
  story = await openTroubledStory()
})
after(() => story.close())

for (const [name, rule] of Object.entries(outages))
  test(`${name}: the same end, the same events, each once`, () => story.tell((faults) => faults.add(rule)))

test(`each call to the database fails with 5 %, ${seeds.length} seeds: the same end, the same events, each once`, async () => {
  for (const seed of thinned(seeds)) await story.tell((faults) => failAtRandom(faults, seed, 0.05), `seed ${seed}`)
})
