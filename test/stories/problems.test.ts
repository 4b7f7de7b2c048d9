import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { editRows, killInstances, rowsOf } from '../fixtures/interference.ts'
import { startPlatform, type LocalPlatform } from '../fixtures/platform.ts'
import { authorizedMerchant, makeRolloutsDue, makeTemplate, refusalOf, runQueue } from '../fixtures/shop.ts'

/* Open problems follow from rows: what a dropped connection or a crash left wrong, the full look every quarter of an hour mends. */

let platform: LocalPlatform
before(async () => {
  platform = await startPlatform()
})
after(() => platform.close())

type Problem = Readonly<Record<string, unknown>>

const problems = async (filter: object = {}): Promise<readonly Problem[]> => {
  const { items } = await platform.tell('problems.list', filter)
  assert.ok(Array.isArray(items))
  return items.map((item: object) => ({ ...item }))
}
const codes = async (filter?: object): Promise<unknown[]> => (await problems(filter)).map(({ code }) => code)

async function lookAtAll(): Promise<void> {
  await editRows(platform, 'platform', { _id: 'component' }, { 'turns.fullLook': new Date(1000) })
  await runQueue(platform)
}

test('problems.list and platform.status show the same problem, in its shape; one that rows settle is not dismissed by hand', async () => {
  const appid = await authorizedMerchant(platform)
  await editRows(platform, 'authorizers', { _id: appid }, { status: 'reauthorize' })
  await lookAtAll()
  const [problem, ...others] = await problems({ appid })
  assert.ok(problem)
  assert.deepEqual(others, [])
  const { since, message, hint, params, ...rest } = problem
  assert.match(String(since), /^\d{4}-.*Z$/)
  assert.match(String(message), /重新授权/)
  assert.notEqual(hint, undefined)
  assert.deepEqual(params, {})
  const problemId = `REAUTHORIZATION_REQUIRED:${appid}`
  assert.deepEqual(rest, { problemId, code: 'REAUTHORIZATION_REQUIRED', appid })
  assert.deepEqual(await codes({ code: 'TICKET_OVERDUE' }), [])
  const { problems: shown } = await platform.tell('platform.status')
  assert.deepEqual(
    Object(shown).find((one: Problem) => one['problemId'] === problemId),
    problem,
  )
  const refusal = refusalOf(await platform.ask('problems.dismiss', { problemId }))
  assert.equal(refusal.code, 'CONFLICT')
  assert.equal(refusalOf(await platform.ask('problems.dismiss', { problemId: 'x' })).code, 'NOT_FOUND')
  await editRows(platform, 'authorizers', { _id: appid }, { status: 'active' })
  await lookAtAll()
  assert.deepEqual(await codes({ appid }), [])
})

test('a refused address: the problem that a crash left open closes beside a fresh token, one that it lost opens', async () => {
  await platform.tell('templates.listDrafts')
  await editRows(platform, 'platform', { _id: 'component' }, { refusalErrcode: 61004 })
  await lookAtAll()
  assert.deepEqual(await codes({ code: 'ADDRESS_NOT_ALLOWED' }), ['ADDRESS_NOT_ALLOWED'])
  await editRows(platform, 'platform', { _id: 'component' }, { refusalErrcode: null })
  await lookAtAll()
  assert.deepEqual(await codes({ code: 'ADDRESS_NOT_ALLOWED' }), [])
})

test('a binding that was refused stands on the account: its problem is found again, and may be dismissed', async () => {
  const [first, second] = [await authorizedMerchant(platform), await authorizedMerchant(platform)]
  await platform.tell('bindings.bind', { businessId: 'shop-a', appid: first })
  await platform.tell('bindings.bind', { businessId: 'shop-b', appid: second })
  // Nothing can be written down of it as it happens.
  platform.host.database.faults.add({
    action: 'database.insertDocument',
    collection: 'problems',
    when: 'before',
    kind: 'drop',
  })
  assert.equal(refusalOf(await platform.ask('bindings.bind', { businessId: 'shop-c', appid: first })).code, 'CONFLICT')
  platform.host.database.faults.clear()
  assert.deepEqual(await codes({ appid: first }), [])
  await lookAtAll()
  const [problem] = await problems({ appid: first })
  assert.deepEqual([problem?.['code'], problem?.['dismissible']], ['BINDING_CONFLICT', true])
  await platform.tell('problems.dismiss', { problemId: problem?.['problemId'] })
  await lookAtAll()
  assert.deepEqual(await codes({ appid: first }), [])
  // Solved while nothing can be written of problems: closed by the look.
  assert.equal(refusalOf(await platform.ask('bindings.bind', { businessId: 'shop-c', appid: second })).code, 'CONFLICT')
  assert.deepEqual(await codes({ appid: second }), ['BINDING_CONFLICT'])
  const fault = { action: 'database.modifyAndReturnDoc', collection: 'problems', when: 'before', kind: 'drop' } as const
  platform.host.database.faults.add(fault)
  await platform.tell('bindings.bind', { businessId: 'shop-c', appid: second, replace: true })
  platform.host.database.faults.clear()
  await lookAtAll()
  assert.deepEqual(await codes({ appid: second }), [])
})

test('a rollout that paused by itself and is rolled back leaves no problem behind; release changes nothing of its state', async () => {
  const templateId = await makeTemplate(platform)
  const appids = [await authorizedMerchant(platform), await authorizedMerchant(platform)]
  const [rejected = '', approved = ''] = appids
  const { control } = platform.wechat
  const plan = { name: '一版', templateId, version: '1.0.0', description: '新版', appids, maxFailures: 0 }
  const { rolloutId } = await platform.tell('rollouts.create', plan)
  const run = async (): Promise<unknown> => {
    await makeRolloutsDue(platform)
    await runQueue(platform)
    return (await platform.tell('rollouts.get', { rolloutId }))['state']
  }
  await control.changeSettings({ holdPushes: true })
  for (let round = 0; round < 3; round++) await run()
  await control.rejectAudit({ appid: rejected, reason: '1:类目不符' })
  await control.passAudit(approved)
  assert.equal(await run(), 'paused')
  const [problem] = await problems({ code: 'ROLLOUT_PAUSED' })
  assert.equal(problem?.['problemId'], `ROLLOUT_PAUSED:${String(rolloutId)}`)
  const released = await platform.tell('rollouts.release', { rolloutId })
  assert.equal(released['state'], 'paused')
  assert.equal(await run(), 'paused')
  assert.equal(Object((await platform.tell('rollouts.get', { rolloutId }))['counts']).released, 1)
  // The process dies before it can note that the problem is gone.
  platform.host.database.faults.add({ collection: 'problems', when: 'before', kind: 'drop' })
  await platform.tell('rollouts.rollback', { rolloutId })
  await killInstances(platform)
  platform.host.database.faults.clear()
  await lookAtAll()
  assert.deepEqual(await codes({ code: 'ROLLOUT_PAUSED' }), [])
  const row = rowsOf(platform, 'problems').find(({ _id }) => _id === problem['problemId'])
  assert.equal(row?.['closed'], true)
})
