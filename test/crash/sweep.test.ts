import assert from 'node:assert/strict'
import { test } from 'node:test'
import { moments, startCrashPlatform } from '../fixtures/crash.ts'
import { exchange, firstComponentToken, refresh, shipping, type Scenario } from '../fixtures/crash-scenarios.ts'

/** Kills at every network operation of a scenario, in three ways, and checks the invariants each time. */
async function sweep(scenario: Scenario, refreshTokens: 'stay' | 'rotateWithGrace' | 'rotateAtOnce'): Promise<number> {
  const platform = await startCrashPlatform({ wechat: { refreshTokens, pushRetryDelayMs: 50 } })
  try {
    await platform.wechat.control.createTemplate({ userVersion: '1.0.0', userDesc: '首版' })
    const first = await scenario.prepare(platform)
    platform.countOperations()
    await scenario.act(platform, first)
    const operations = platform.countOperations()
    assert.ok(operations > 2, `${operations} operations`)
    await scenario.check(platform, first)
    let points = 0
    for (let operation = 1; operation <= operations; operation++)
      for (const moment of moments) {
        const appid = await scenario.prepare(platform)
        platform.crashAt(operation, moment)
        await scenario.act(platform, appid)
        points += platform.disarm() ? 1 : 0
        await scenario.check(platform, appid).catch((error: unknown) => {
          throw new Error(`crash ${moment} operation ${operation} of ${operations}`, { cause: error })
        })
      }
    return points
  } finally {
    await platform.close()
  }
}

for (const mode of ['stay', 'rotateWithGrace', 'rotateAtOnce'] as const)
  for (const scenario of [refresh, exchange, firstComponentToken])
    test(`${scenario.name}, killed at every operation (${mode})`, async (context) => {
      context.diagnostic(`${await sweep(scenario, mode)} crash points`)
    })

test(`${shipping.name}, killed at every operation`, async (context) => {
  context.diagnostic(`${await sweep(shipping, 'rotateWithGrace')} crash points`)
})
