import assert from 'node:assert/strict'
import { after, before, beforeEach, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { startPlatform, type LocalPlatform } from '../fixtures/platform.ts'
import { callsOf, endAttempts, makeTemplate, openShop, refusalOf, runQueue, stateOf } from '../fixtures/shop.ts'

/* Commits whose answer was lost while another of the same name stands beside them: WeChat tells a trial version's name and time only. */

const COMMIT = '/wxa/commit'

let platform: LocalPlatform
let templateId: number
before(async () => {
  platform = await startPlatform()
  templateId = await makeTemplate(platform)
})
after(() => platform.close())
beforeEach(async () => {
  await platform.wechat.control.clearFaults()
  await platform.wechat.control.resetCalls()
})

const inputOf = (appid: string, ext: object) => ({
  appid,
  templateId,
  version: '1.0.0',
  description: '新版',
  ext,
})

const extOnTrial = async (appid: string): Promise<unknown> => {
  const { trial } = await platform.wechat.control.merchant(appid)
  return JSON.parse(trial?.extJson ?? '{}').ext
}

/** The first arrives; of the second, which is called the same, nothing is known. */
async function commitTwice(fault: object): Promise<string> {
  const appid = await openShop(platform)
  await platform.tell('releases.commit', inputOf(appid, { theme: 'old' }))
  await platform.wechat.control.addFault({ path: COMMIT, appid, ...fault })
  const answer = await platform.ask('releases.commit', inputOf(appid, { theme: 'new' }))
  assert.equal(refusalOf(answer).reason, 'OUTCOME_PENDING')
  assert.equal(await stateOf(platform, appid), 'committing')
  return appid
}

for (const drop of ['before', 'after'] as const)
  test(`the connection was cut ${drop} it took effect, under the name of the commit before: it is sent once more`, async () => {
    const appid = await commitTwice({ drop, times: 1 })
    await endAttempts(platform, appid)
    await runQueue(platform)
    assert.equal(await stateOf(platform, appid), 'committed')
    assert.deepEqual(await extOnTrial(appid), { theme: 'new' })
    assert.equal((await callsOf(platform))[COMMIT], 3)
  })

test('sent once more it is answered with an errcode that no table knows: it has failed, and is sent no third time', async () => {
  const appid = await commitTwice({ errcode: 987_654 })
  await endAttempts(platform, appid)
  await runQueue(platform)
  assert.equal(await stateOf(platform, appid), 'failed')
  const { items } = await platform.tell('problems.list', { appid })
  const problems: { code: string; params: object }[] = Object(items)
  assert.deepEqual(
    problems.map(({ code, params }) => [code, Object(params).reason]),
    [['RELEASE_HELD_UP', 'UNKNOWN_ERRCODE']],
  )
  await endAttempts(platform, appid)
  await runQueue(platform)
  assert.equal((await callsOf(platform))[COMMIT], 3)
  assert.deepEqual(await extOnTrial(appid), { theme: 'old' })
})

test('who asks how it stands is told as soon as nothing can be under way any more, and nothing is sent', async () => {
  const { control } = platform.wechat
  for (const [drop, state] of [
    ['after', 'committed'],
    ['before', 'failed'],
  ] as const) {
    const appid = await openShop(platform)
    await control.addFault({ path: COMMIT, appid, drop, times: 1 })
    await control.addFault({ path: '/wxa/getversioninfo', appid, errcode: -1 })
    const answer = await platform.ask('releases.commit', inputOf(appid, {}))
    assert.equal(refusalOf(answer).reason, 'OUTCOME_PENDING')
    await endAttempts(platform, appid)
    assert.equal(await stateOf(platform, appid), 'committing')
    await control.clearFaults()
    await control.resetCalls()
    assert.equal(await stateOf(platform, appid), state)
    assert.equal((await callsOf(platform))[COMMIT], undefined)
  }
})

test('who commits the same while the first may be under way still waits until that has failed, and commits anew', async () => {
  const appid = await openShop(platform)
  await platform.wechat.control.addFault({ path: COMMIT, appid, drop: 'before', times: 1 })
  const input = inputOf(appid, { theme: 'one' })
  assert.equal(refusalOf(await platform.ask('releases.commit', input)).reason, 'OUTCOME_PENDING')
  const again = platform.ask('releases.commit', input)
  await sleep(700)
  assert.equal((await callsOf(platform))[COMMIT], 1)
  await endAttempts(platform, appid)
  const answer = await again
  assert.ok(answer.ok)
  assert.deepEqual([answer.data['state'], await extOnTrial(appid)], ['committed', { theme: 'one' }])
  const { items } = await platform.tell('releases.list', { appid })
  const releases: { state: string }[] = Object(items)
  assert.deepEqual(
    releases.map(({ state }) => state),
    ['committed', 'failed'],
  )
})

test('where the first turns out to have arrived, it is the answer of who waited', async () => {
  const appid = await openShop(platform)
  const { control } = platform.wechat
  await control.addFault({ path: COMMIT, appid, drop: 'after', times: 1 })
  await control.addFault({ path: '/wxa/getversioninfo', appid, errcode: -1 })
  const input = inputOf(appid, { theme: 'one' })
  assert.equal(refusalOf(await platform.ask('releases.commit', input)).reason, 'OUTCOME_PENDING')
  await control.clearFaults()
  const again = platform.ask('releases.commit', input)
  await sleep(700)
  await endAttempts(platform, appid)
  const answer = await again
  assert.ok(answer.ok)
  assert.equal(answer.data['state'], 'committed')
  assert.equal((await callsOf(platform))[COMMIT], 1)
})
