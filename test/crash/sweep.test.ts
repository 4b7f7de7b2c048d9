import { test } from 'node:test'
import { exchange, firstComponentToken, refresh, shipping } from '../fixtures/crash-scenarios.ts'
import { crashSweep } from '../fixtures/crash-sweep.ts'

for (const mode of ['stay', 'rotateWithGrace', 'rotateAtOnce'] as const)
  for (const scenario of [refresh, exchange, firstComponentToken])
    test(`${scenario.name}, killed at every operation (${mode})`, async (context) => {
      context.diagnostic(`${await crashSweep(scenario, mode)} crash points`)
    })

test(`${shipping.name}, killed at every operation`, async (context) => {
  context.diagnostic(`${await crashSweep(shipping, 'rotateWithGrace')} crash points`)
})
