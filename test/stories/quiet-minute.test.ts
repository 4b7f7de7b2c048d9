import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { startPlatform, type LocalPlatform } from '../fixtures/platform.ts'
import { authorizedMerchant, makeTemplate, releaseVersion } from '../fixtures/shop.ts'

/* A fleet in which nothing happens is the common case, and its database operations are most of the bill. */

let platform: LocalPlatform
before(async () => {
  platform = await startPlatform({ env: { WEBHOOK_ALLOW_PRIVATE: 'true' } })
  const templateId = await makeTemplate(platform)
  const appid = await authorizedMerchant(platform)
  await platform.tell('bindings.bind', { businessId: 'quiet', appid })
  await releaseVersion(platform, appid, templateId, '1.0.0')
})
after(() => platform.close())

async function operationsOf(timer: 'processQueue' | 'refreshTokens'): Promise<Readonly<Record<string, number>>> {
  platform.host.database.faults.resetCounts()
  await platform.host.fireTimer(timer)
  const counts = Object.entries(platform.host.database.faults.counts())
  return Object.fromEntries(counts.filter(([name]) => name.includes(' ')))
}

/** Until what happened before is told and what comes by the hour is done. */
async function settle(): Promise<void> {
  for (let run = 0; run < 4; run++) {
    await platform.host.fireTimer('refreshTokens')
    await platform.host.fireTimer('processQueue')
  }
}

const quiet = { 'database.modifyAndReturnDoc platform': 1, 'database.aggregateDocuments platform': 1 }

test('a quiet run of each timer takes two operations', async () => {
  await settle()
  assert.deepEqual(await operationsOf('processQueue'), quiet)
  assert.deepEqual(await operationsOf('refreshTokens'), {
    'database.modifyAndReturnDoc platform': 1,
    'database.getDocument authorizers': 1,
  })
})

test('so does one with subscriptions that have all they wanted, and one that is switched off', async () => {
  const all = await platform.tell('subscriptions.put', { url: 'http://127.0.0.1:9/', match: {} })
  await platform.tell('subscriptions.put', { url: 'http://127.0.0.1:9/', match: { type: 'rollout.*' } })
  await platform.tell('subscriptions.put', {
    subscriptionId: all['subscriptionId'],
    url: 'http://127.0.0.1:9/',
    match: {},
    enabled: false,
  })
  await settle()
  assert.deepEqual(await operationsOf('processQueue'), quiet)
})
