import assert from 'node:assert/strict'
import { test } from 'node:test'
import { startCrashPlatform } from '../fixtures/crash.ts'
import { authorizedMerchant } from '../fixtures/shop.ts'
import { editRows, killInstances } from '../fixtures/interference.ts'
import { startPlatform } from '../fixtures/platform.ts'

const COMPONENT = '/cgi-bin/component/api_component_token'
const REFRESH = '/cgi-bin/component/api_authorizer_token'
const DRAFTS = '/wxa/gettemplatedraftlist'

for (const count of [2, 10, 100])
  test(`${count} instances start together and need the component token: one call, all are served`, async () => {
    const platform = await startPlatform({ host: { maxInstances: count } })
    try {
      const answers = await Promise.all(Array.from({ length: count }, () => platform.ask('templates.list')))
      assert.deepEqual(
        answers.filter((answer) => !answer.ok),
        [],
      )
      assert.equal(platform.host.stats()['manage']?.coldStarts, count)
      assert.equal((await platform.wechat.control.callCounts())[COMPONENT], 1)
    } finally {
      await platform.close()
    }
  })

test('a sweep is killed in the middle, again and again: the next run goes on, all are refreshed', async () => {
  const platform = await startCrashPlatform()
  try {
    const { control } = platform.wechat
    const appids = (await control.createMerchants({ count: 120, granted: true })).map(({ appid }) => appid)
    await platform.tell('authorizers.sync')
    await editRows(platform, 'authorizers', { status: 'active' }, { dueAt: new Date(1000), expiresAt: new Date(1000) })
    await control.resetCalls()
    for (const operation of [10, 40, 90]) {
      platform.crashAt(operation, 'applied')
      await platform.host.fireTimer('refreshTokens').catch(() => undefined)
      assert.equal(await platform.disarm(), true)
      await platform.passTime(25)
    }
    const result = Object(await platform.host.fireTimer('refreshTokens'))
    assert.deepEqual([result.failed, result.remaining], [0, 0])
    const calls = (await control.calls()).filter(({ path }) => path === REFRESH)
    assert.equal(new Set(calls.map(({ appid }) => appid)).size, appids.length)
    await killInstances(platform)
    for (const appid of appids.slice(0, 20)) assert.equal((await platform.ask('releases.quota', { appid })).ok, true)
  } finally {
    await platform.close()
  }
})

test('WeChat is down for half a minute with 100 callers: few probes, and all is well soon after (breaker)', async () => {
  const platform = await startPlatform({ host: { maxInstances: 10 } })
  try {
    const { control } = platform.wechat
    await platform.tell('templates.listDrafts')
    await control.addFault({ path: DRAFTS, status: 503 })
    await control.resetCalls()
    const begun = Date.now()
    const until = begun + 30_000
    let early = 0
    await Promise.all(
      Array.from({ length: 100 }, async () => {
        while (Date.now() < until) {
          const answer = await platform.ask('templates.listDrafts')
          assert.equal(answer.ok ? '' : answer.error.code, 'WECHAT_UNAVAILABLE')
          if (early === 0 && Date.now() - begun > 5000) early = (await control.callCounts())[DRAFTS] ?? 0
          await new Promise((resolve) => setTimeout(resolve, 200))
        }
      }),
    )
    const calls = (await control.callCounts())[DRAFTS] ?? 0
    // Ten instances meet the outage once or twice each; after that there is one probe in five seconds over all of them.
    assert.ok(early <= 25, `${early} calls in the first 5 s`)
    assert.ok(calls - early <= 6, `${calls - early} probes in 25 s`)
    await control.clearFaults()
    await new Promise((resolve) => setTimeout(resolve, 6000))
    // The first one is the probe; a second later every instance knows.
    assert.equal((await platform.ask('templates.listDrafts')).ok, true)
    await new Promise((resolve) => setTimeout(resolve, 1200))
    const answers = await Promise.all(Array.from({ length: 50 }, () => platform.ask('templates.listDrafts')))
    assert.ok(answers.every((answer) => answer.ok))
  } finally {
    await platform.close()
  }
})

test('the database answers nothing at all: every call ends within its time, with a plain error', async () => {
  const platform = await startCrashPlatform()
  try {
    const appid = await authorizedMerchant(platform)
    await killInstances(platform)
    platform.host.database.faults.add({ when: 'before', kind: 'delay', delayMs: 60_000 })
    const [answer, sweep] = await Promise.all([
      platform.ask('releases.quota', { appid }),
      platform.host.fireTimer('refreshTokens'),
    ])
    assert.equal(answer.ok ? '' : answer.error.code, 'STORAGE_UNAVAILABLE')
    assert.equal(Object(sweep).refreshed, 0)
    platform.host.database.faults.clear()
    assert.equal((await platform.ask('releases.quota', { appid })).ok, true)
    assert.doesNotMatch(platform.log.join('\n'), /unhandled/i)
  } finally {
    await platform.close()
  }
})
