import assert from 'node:assert/strict'
import { after, before, beforeEach, test } from 'node:test'
import { OWNER, startPlatform, type Answer, type LocalPlatform } from '../fixtures/platform.ts'
import { callsOf, endLeases, makeTemplate, openShop, refusalOf } from '../fixtures/shop.ts'

let platform: LocalPlatform
let templateId: number
before(async () => {
  platform = await startPlatform()
  templateId = await makeTemplate(platform)
  // Ten instances at once are started once, so that clicks meet.
  await Promise.all(Array.from({ length: 10 }, () => platform.ask('platform.status')))
})
after(() => platform.close())
beforeEach(async () => {
  await platform.wechat.control.clearFaults()
  await platform.wechat.control.resetCalls()
})

const plan = (appid: string, version = '1.0.0') => ({ appid, templateId, version, description: '新版' })
const times = <T>(count: number, work: (index: number) => Promise<T>): Promise<T[]> =>
  Promise.all(Array.from({ length: count }, (_, index) => work(index)))
const idOf = (answer: Answer): unknown => (answer.ok ? answer.data['releaseId'] : answer.error)

test('ten clicks at once on several instances are one commit, one submission, one release', async () => {
  const { control } = platform.wechat
  const appid = await openShop(platform)
  for (const path of ['/wxa/commit', '/wxa/submit_audit', '/wxa/release'])
    await control.addFault({ path, appid, answerDelayMs: 400 })
  const steps: [string, object][] = [
    ['releases.commit', plan(appid)],
    ['releases.submit', { appid }],
    ['releases.release', { appid }],
  ]
  for (const [operation, input] of steps) {
    const answers = await times(10, () => platform.ask(operation, input))
    const [first] = answers
    for (const answer of answers) assert.deepEqual(answer, first)
    assert.equal(first?.ok, true, JSON.stringify(first))
    if (operation === 'releases.submit') await control.passAudit(appid)
  }
  const counts = await callsOf(platform)
  assert.deepEqual([counts['/wxa/commit'], counts['/wxa/submit_audit'], counts['/wxa/release']], [1, 1, 1])
  assert.equal(Object((await platform.tell('releases.list', { appid }))['items']).length, 1)
})

test('clicks that overlap share a refusal too', async () => {
  const appid = await openShop(platform)
  await platform.wechat.control.addFault({ path: '/wxa/commit', appid, errcode: 45009, delayMs: 400 })
  const answers = await times(5, () => platform.ask('releases.commit', plan(appid)))
  assert.deepEqual(
    answers.map((answer) => (answer.ok ? '' : answer.error.code)),
    Array.from({ length: 5 }, () => 'QUOTA_EXCEEDED'),
  )
  assert.equal((await callsOf(platform))['/wxa/commit'], 1)
})

test('the same key repeats the answer; without a key a later call is a new one', async () => {
  const appid = await openShop(platform)
  const first = await platform.ask('releases.commit', { ...plan(appid), idempotencyKey: 'k1' })
  const again = await platform.ask('releases.commit', { ...plan(appid), idempotencyKey: 'k1' })
  assert.deepEqual(again, first)
  const other = refusalOf(await platform.ask('releases.commit', { ...plan(appid, '2.0.0'), idempotencyKey: 'k1' }))
  assert.deepEqual([other.code, other.field], ['CONFLICT', 'idempotencyKey'])
  const fresh = await platform.ask('releases.commit', plan(appid))
  assert.notEqual(idOf(fresh), idOf(first))
  assert.equal((await callsOf(platform))['/wxa/commit'], 2)
})

test('keys belong to an identity and an operation', async () => {
  const [appid, other] = [await openShop(platform), await openShop(platform)]
  await platform.tell('admins.put', { id: 'o-second', role: 'operator' })
  await platform.tell('releases.commit', { ...plan(appid), idempotencyKey: 'shared' })
  const second = await platform.ask('releases.commit', { ...plan(other), idempotencyKey: 'shared' }, 'o-second')
  assert.equal(second.ok, true)
  assert.equal((await platform.ask('releases.submit', { appid, idempotencyKey: 'shared' })).ok, true)
})

test('a refusal is repeated with the same words; one that passes frees the key', async () => {
  const { control } = platform.wechat
  const appid = await openShop(platform)
  await control.addFault({ path: '/wxa/commit', appid, errcode: 85044, times: 1 })
  const given = { ...plan(appid), idempotencyKey: 'too-large' }
  const first = refusalOf(await platform.ask('releases.commit', given))
  const again = refusalOf(await platform.ask('releases.commit', given))
  assert.deepEqual(again, first)
  assert.deepEqual([first.code, first.wechat?.errcode], ['WECHAT_REJECTED', 85044])

  await control.addFault({ path: '/wxa/commit', appid, errcode: 45009, times: 1 })
  const later = { ...plan(appid), idempotencyKey: 'later' }
  assert.equal(refusalOf(await platform.ask('releases.commit', later)).code, 'QUOTA_EXCEEDED')
  assert.equal((await platform.ask('releases.commit', later)).ok, true)
})

test('a commit whose answer and books were lost is found again under its key', async () => {
  const appid = await openShop(platform)
  const given = { ...plan(appid), idempotencyKey: 'lost' }
  const first = await platform.ask('releases.commit', given)
  // As if the process had died before it could write down how the run ended.
  const { activity } = platform.host.database.dump()
  const row = (activity ?? []).map(Object).find((entry) => entry.keyed && entry.appid === appid)
  await platform.host.database.handle(
    JSON.stringify({
      action: 'database.modifyDocument',
      collectionName: 'activity',
      queryType: 'DOC',
      multi: false,
      merge: true,
      upsert: false,
      query: JSON.stringify({ _id: row._id }),
      data: JSON.stringify({ $set: { state: 'running', leaseOwner: 'dead' }, $unset: { answer: '' } }),
    }),
  )
  await endLeases(platform)
  assert.equal(idOf(await platform.ask('releases.commit', given)), idOf(first))
  assert.equal((await callsOf(platform))['/wxa/commit'], 1)
})

test('who did what when, with the outcome', async () => {
  const appid = await openShop(platform)
  await platform.tell('releases.commit', plan(appid))
  await platform.ask('releases.submit', {
    appid,
    items: [{ first_class: 'x', second_class: 'y', first_id: 1, second_id: 2 }],
  })
  await platform.tell('admins.put', { id: 'o-viewer', role: 'viewer' })
  const answer = await platform.ask('activity.list', { limit: 3 }, 'o-viewer')
  assert.ok(answer.ok)
  const entries = Object(answer.data['items']).map(Object)
  assert.deepEqual(
    entries.map((entry: Record<string, unknown>) => [entry['operation'], entry['identity'], entry['outcome']]),
    [
      ['admins.put', `openid:${OWNER}`, 'ok'],
      ['releases.submit', `openid:${OWNER}`, 'WECHAT_REJECTED'],
      ['releases.commit', `openid:${OWNER}`, 'ok'],
    ],
  )
  assert.equal(entries[2].appid, appid)
  assert.equal(entries[2].input.version, '1.0.0')
})
