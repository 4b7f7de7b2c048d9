import { test } from 'node:test'
import { moments } from '../fixtures/crash.ts'
import { crashRollouts, ofTheRollout } from '../fixtures/rollout-crashes.ts'

for (const moment of moments)
  test(`a rollout to new merchants, killed at every operation, ${moment}: one commit, one submission, one release each`, async (t) => {
    t.diagnostic(`${await crashRollouts('first', ofTheRollout(moment))} crash points`)
  })

test('a rollout to merchants that have a version, killed once each operation was applied: the same', async (t) => {
  t.diagnostic(`${await crashRollouts('next', ofTheRollout('applied'))} crash points`)
})

test('a rollout that its guard takes back, killed once each operation was applied: stopped once, nothing is lost', async (t) => {
  t.diagnostic(`${await crashRollouts('guarded', ofTheRollout('applied'))} crash points`)
})

test('a rollout that widens step by step, killed once each operation was applied: each step once', async (t) => {
  t.diagnostic(`${await crashRollouts('gray', ofTheRollout('applied'))} crash points`)
})
