import { test } from 'node:test'
import { redirect, takeover, withdrawal } from '../fixtures/authorization-crashes.ts'
import { crashSweep } from '../fixtures/crash-sweep.ts'

for (const mode of ['stay', 'rotateWithGrace', 'rotateAtOnce'] as const)
  test(`${redirect.name}, killed at every operation; refresh tokens: ${mode}`, async (t) => {
    t.diagnostic(`${await crashSweep(redirect, mode)} crash points`)
  })

for (const scenario of [takeover, withdrawal])
  test(`${scenario.name}, killed at every operation`, async (t) => {
    t.diagnostic(`${await crashSweep(scenario, 'rotateAtOnce')} crash points`)
  })
