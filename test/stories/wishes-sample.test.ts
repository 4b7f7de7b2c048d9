import { test } from 'node:test'
import { interleave, type Meeting } from '../fixtures/wishes.ts'

/** The queue has judged and not written when the wish is read and written: once before it, once around it. `npm run test:crash` tries all. */
const worst = (queueCalls: number, wishCalls: number): readonly Meeting[] =>
  [queueCalls - 1, queueCalls].flatMap((queue) => [
    { queue, wish: wishCalls + 1, first: 'queue' },
    { queue: queue - 1, wish: wishCalls, first: 'wish' },
  ])

for (const wish of ['rollback', 'pause', 'release', 'setGuard'] as const)
  test(`rollouts.${wish} comes in while the queue decides: the wish is not lost`, async () => {
    await interleave(wish, worst)
  })
