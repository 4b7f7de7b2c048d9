import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { startCrashPlatform, type CrashPlatform } from '../fixtures/crash.ts'
import { preloading } from '../fixtures/preloading.ts'
import { authorizedMerchant } from '../fixtures/shop.ts'
import { editRows, killInstances, rowsOf } from '../fixtures/interference.ts'

const REFRESH = '/cgi-bin/component/api_authorizer_token'
const past = new Date(1000)

let platform: CrashPlatform
const nodeOptions = process.env['NODE_OPTIONS']
before(async () => {
  const clock = fileURLToPath(new URL('../fixtures/odd-clock.cjs', import.meta.url))
  process.env['NODE_OPTIONS'] = preloading(clock)
  platform = await startCrashPlatform({ host: { maxInstances: 8 } })
})
after(async () => {
  if (nodeOptions === undefined) delete process.env['NODE_OPTIONS']
  else process.env['NODE_OPTIONS'] = nodeOptions
  await platform.close()
})

async function expired(): Promise<string> {
  const appid = await authorizedMerchant(platform)
  await editRows(platform, 'authorizers', { _id: appid }, { expiresAt: past, dueAt: past })
  await platform.wechat.control.expireToken({ owner: appid })
  await killInstances(platform)
  await platform.wechat.control.resetCalls()
  return appid
}

const refreshes = async (appid: string): Promise<number> =>
  (await platform.wechat.control.calls()).filter((call) => call.path === REFRESH && call.appid === appid).length

const lend = (appid: string) => platform.ask('tokens.authorizer', { appid })

test('processes whose clocks are hours apart and run at different rates refresh once and are never stuck', async () => {
  const appid = await expired()
  const answers = await Promise.all(Array.from({ length: 8 }, () => lend(appid)))
  assert.deepEqual(
    answers.map((answer) => answer.ok),
    Array(8).fill(true),
  )
  assert.equal(await refreshes(appid), 1)

  // Ten minutes later the token is still good, whatever a process believes.
  await platform.passTime(600)
  await killInstances(platform)
  const later = await Promise.all(Array.from({ length: 8 }, () => platform.ask('releases.quota', { appid })))
  assert.deepEqual(
    later.map((answer) => answer.ok),
    Array(8).fill(true),
  )
  assert.equal(await refreshes(appid), 1)
})

test('the sweep takes only what is due by the database', async () => {
  const due = await authorizedMerchant(platform)
  const early = await authorizedMerchant(platform)
  await editRows(platform, 'authorizers', { _id: due }, { dueAt: past })
  await platform.wechat.control.resetCalls()
  await Promise.all([platform.host.fireTimer('refreshTokens'), platform.host.fireTimer('refreshTokens')])
  assert.equal(await refreshes(due), 1)
  assert.equal(await refreshes(early), 0)
})

test('a holder that slept beyond its lease saves nothing and hands out the token of the one that took over', async () => {
  const appid = await expired()
  await platform.wechat.control.addFault({ path: REFRESH, appid, answerDelayMs: 2500, times: 1 })
  const sleeper = lend(appid)
  while (!holder(appid)) await new Promise((resolve) => setTimeout(resolve, 20))
  await new Promise((resolve) => setTimeout(resolve, 300))
  const pids = platform.host.stats()['manage']?.pids ?? []
  for (const pid of pids) process.kill(pid, 'SIGSTOP')
  try {
    await platform.passTime(25)
    const winner = await lend(appid)
    assert.equal(winner.ok, true, JSON.stringify(winner))
    const saved = rowsOf(platform, 'authorizers').find((row) => row['_id'] === appid)?.['accessToken']
    for (const pid of pids) process.kill(pid, 'SIGCONT')
    const late = await sleeper
    assert.equal(late.ok, true, JSON.stringify(late))
    assert.equal(late.ok && late.data['accessToken'], winner.ok && winner.data['accessToken'])
    assert.equal(rowsOf(platform, 'authorizers').find((row) => row['_id'] === appid)?.['accessToken'], saved)
  } finally {
    for (const pid of pids) process.kill(pid, 'SIGCONT')
  }
  assert.equal((await platform.ask('releases.quota', { appid })).ok, true)
})

const holder = (appid: string): unknown =>
  rowsOf(platform, 'authorizers').find((row) => row['_id'] === appid)?.['leaseOwner']
