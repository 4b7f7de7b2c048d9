import { test } from 'node:test'
import { interleave, wishes } from '../fixtures/wishes.ts'

for (const wish of wishes)
  test(`rollouts.${wish} at every pair of calls with the queue: the wish is not lost`, async (t) => {
    t.diagnostic(`${await interleave(wish)} meetings`)
  })
