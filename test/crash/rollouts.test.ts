import { test } from 'node:test'
import { moments } from '../fixtures/crash.ts'
import { crashRollouts, ofTheRollout } from '../fixtures/rollout-crashes.ts'

for (const moment of moments)
  test(`a rollout to new merchants, killed at every operation, ${moment}: one commit, one submission, one release each`, async (t) => {
    t.diagnostic(`${await crashRollouts(true, ofTheRollout(moment))} crash points`)
  })

test('a rollout to merchants that have a version, killed once each operation was applied: the same', async (t) => {
  t.diagnostic(`${await crashRollouts(false, ofTheRollout('applied'))} crash points`)
})
