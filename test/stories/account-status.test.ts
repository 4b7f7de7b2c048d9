import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { startPlatform, type LocalPlatform } from '../fixtures/platform.ts'
import { editRows } from '../fixtures/interference.ts'
import { authorizedMerchant, callsOf, makeTemplate, openCommittedShop, refusalOf, runQueue } from '../fixtures/shop.ts'

/* What WeChat did to an account: it closed, banned, warned or froze it. */

let platform: LocalPlatform
let templateId: number
before(async () => {
  platform = await startPlatform()
  templateId = await makeTemplate(platform, { userVersion: '1.0.0' })
})
after(() => platform.close())

const readAgain = async (appid: string): Promise<unknown> => {
  await editRows(platform, 'authorizers', { _id: appid }, { profiledAt: new Date(Date.now() - 2 * 3_600_000) })
  return (await platform.tell('authorizers.get', { appid }))['accountStatus']
}

const problemsOf = async (appid: string): Promise<unknown[]> => {
  const { problems } = await platform.tell('platform.status', {})
  return (Array.isArray(problems) ? problems : []).filter((one) => one.appid === appid).map(({ code }) => code)
}

const changingCalls = async (): Promise<string[]> =>
  Object.keys(await callsOf(platform)).filter((path) =>
    ['/wxa/commit', '/wxa/submit_audit', '/wxa/release'].includes(path),
  )

test('each state of an account has its name, and a problem that goes when it is over', async () => {
  const appid = await authorizedMerchant(platform)
  const told = await platform.tell('authorizers.get', { appid })
  assert.deepEqual(told['accountStatus'], { name: 'normal', code: 1 })
  for (const [code, name, problem] of [
    [16, 'banned', 'ACCOUNT_BANNED'],
    [19, 'frozen', 'ACCOUNT_FROZEN'],
    [14, 'closed', 'ACCOUNT_CLOSED'],
    [18, 'warned', 'ACCOUNT_WARNED'],
  ] as const) {
    await platform.wechat.control.setAccountStatus({ appid, status: code })
    assert.deepEqual(await readAgain(appid), { name, code })
    assert.deepEqual(await problemsOf(appid), [problem])
  }
  await platform.wechat.control.setAccountStatus({ appid, status: 17 })
  assert.deepEqual(await readAgain(appid), { name: 'unknown', code: 17 })
  assert.deepEqual(await problemsOf(appid), [])
  await platform.wechat.control.setAccountStatus({ appid, status: 1 })
  assert.deepEqual(await readAgain(appid), { name: 'normal', code: 1 })
})

test('nothing is sent to an account that is banned, frozen or closed, alone or in a rollout; a warned one goes on', async () => {
  const appids: string[] = []
  for (const status of [14, 16, 19, 18]) {
    const appid = await authorizedMerchant(platform)
    await platform.wechat.control.setAccountStatus({ appid, status })
    await readAgain(appid)
    appids.push(appid)
  }
  const [closed = '', banned = '', frozen = '', warned = ''] = appids
  await platform.wechat.control.resetCalls()
  const { items } = await platform.tell('releases.preflight', { appids, templateId })
  assert.deepEqual(
    (Array.isArray(items) ? items : []).map(({ ready, problems }) => [
      ready,
      problems.map(({ code }: { code: string }) => code),
    ]),
    [
      [false, ['ACCOUNT_CLOSED']],
      [false, ['ACCOUNT_BANNED']],
      [false, ['ACCOUNT_FROZEN']],
      [true, []],
    ],
  )
  const refusal = refusalOf(
    await platform.ask('releases.commit', { appid: banned, templateId, version: '1.0.0', description: 'x' }),
  )
  assert.deepEqual([refusal.code, refusal.reason], ['CONFLICT', 'ACCOUNT_BANNED'])
  assert.deepEqual(await changingCalls(), [])

  const { rolloutId } = await platform.tell('rollouts.create', {
    name: 'r',
    templateId,
    version: '1.0.0',
    description: 'x',
    appids,
  })
  await runQueue(platform)
  const listed = await platform.tell('rollouts.items', { rolloutId })
  const outcomes = new Map(
    (Array.isArray(listed['items']) ? listed['items'] : []).map(({ appid, state, problem }) => [
      appid,
      [state, problem?.code],
    ]),
  )
  assert.deepEqual(outcomes.get(closed), ['skipped', 'ACCOUNT_CLOSED'])
  assert.deepEqual(outcomes.get(banned), ['skipped', 'ACCOUNT_BANNED'])
  assert.deepEqual(outcomes.get(frozen), ['skipped', 'ACCOUNT_FROZEN'])
  assert.deepEqual(outcomes.get(warned), ['auditing', undefined])
  assert.equal((await callsOf(platform))['/wxa/commit'], 1)
})

test('a version in trial of an account that was banned since is not submitted', async () => {
  const appid = await openCommittedShop(platform, templateId, '1.0.0')
  await platform.wechat.control.setAccountStatus({ appid, status: 16 })
  await readAgain(appid)
  await platform.wechat.control.resetCalls()
  assert.equal(refusalOf(await platform.ask('releases.submit', { appid })).reason, 'ACCOUNT_BANNED')
  assert.deepEqual(await changingCalls(), [])
})
