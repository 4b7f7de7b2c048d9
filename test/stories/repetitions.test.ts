import assert from 'node:assert/strict'
import { after, before, beforeEach, describe, test } from 'node:test'
import { crashedOperations, crashOperation, openScene } from '../fixtures/operation-crashes.ts'
import { operationScenarios } from '../fixtures/operation-scenarios.ts'
import { editRows, rowsOf } from '../fixtures/interference.ts'
import { OWNER, startPlatform, type Answer, type LocalPlatform } from '../fixtures/platform.ts'
import { callsOf, endAttempts, makeTemplate, openShop, refusalOf, releaseVersion, runQueue } from '../fixtures/shop.ts'

const DAY_MS = 86_400_000

let platform: LocalPlatform
let ahead = 0
let templateId: number
let live: string
before(async () => {
  platform = await startPlatform({ host: { databaseOptions: { now: () => Date.now() + ahead } } })
  templateId = await makeTemplate(platform)
  live = await openShop(platform)
  await releaseVersion(platform, live, templateId, '1.0.0')
})
after(() => platform.close())
beforeEach(async () => {
  await platform.wechat.control.clearFaults()
  await platform.wechat.control.resetCalls()
})

const entriesOf = async (operation: string): Promise<readonly Readonly<Record<string, unknown>>[]> => {
  const { items } = await platform.tell('activity.list', { limit: 100 })
  assert.ok(Array.isArray(items))
  return items.map((item: object) => ({ ...item })).filter((item) => Object(item).operation === operation)
}

test('a key that is used again after its seven days makes a new call with an entry of its own', async () => {
  const given = { id: 'o-seven', role: 'viewer', idempotencyKey: 'seven' }
  await platform.tell('admins.put', given)
  await platform.tell('admins.put', given)
  const other = { ...given, role: 'operator' }
  assert.equal(refusalOf(await platform.ask('admins.put', other)).reason, 'KEY_REUSED')
  ahead += 7 * DAY_MS
  await platform.tell('admins.put', other)
  assert.equal(refusalOf(await platform.ask('admins.put', given)).reason, 'KEY_REUSED')
  ahead += 7 * DAY_MS
  await platform.tell('admins.put', given)
  ahead -= 14 * DAY_MS
  const roles = (await entriesOf('admins.put')).map(({ input }) => String(Object(input).role))
  assert.equal(roles.toSorted((a, b) => a.localeCompare(b)).join(), 'operator,viewer,viewer')
})

test('an answer beyond 1 MB is not kept, and its call is not made again', async () => {
  const call = { appid: live, path: '/wxa/getversioninfo', method: 'POST', body: {}, idempotencyKey: 'large' }
  const body = JSON.stringify({ errcode: 0, text: '字'.repeat(400_000) })
  await platform.wechat.control.addFault({ path: call.path, body, contentType: 'application/json' })
  assert.equal((await platform.ask('wechat.call', call)).ok, true)
  const again = refusalOf(await platform.ask('wechat.call', call))
  assert.deepEqual([again.code, again.reason, again.retryable], ['CONFLICT', 'ANSWER_NOT_KEPT', false])
  assert.equal((await callsOf(platform))[call.path], 1)
})

test('a free call whose outcome nothing tells is never sent again under its key', async () => {
  const path = '/cgi-bin/wxopen/setweappsupportversion'
  const call = { appid: live, path, body: { version: '2.21.0' }, idempotencyKey: 'free' }
  await platform.wechat.control.addFault({ path, drop: 'after', times: 1 })
  const first = refusalOf(await platform.ask('wechat.call', call))
  assert.deepEqual([first.code, first.reason, first.retryable], ['WECHAT_UNAVAILABLE', 'OUTCOME_UNKNOWN', false])
  assert.deepEqual(refusalOf(await platform.ask('wechat.call', call)), first)
  assert.equal((await callsOf(platform))[path], 1)
  // A refusal that passes changed nothing and frees the key.
  await platform.wechat.control.addFault({ path, errcode: 45011, times: 1 })
  const later = { ...call, idempotencyKey: 'free-later' }
  assert.equal(refusalOf(await platform.ask('wechat.call', later)).code, 'QUOTA_EXCEEDED')
  assert.equal((await platform.ask('wechat.call', later)).ok, true)
})

test('an errcode that no table knows is looked behind; where nothing was done the key repeats it', async () => {
  const path = '/wxa/change_visitstatus'
  const { control } = platform.wechat
  await control.addFault({ path, errcode: 7_654_321, apply: true, times: 1 })
  const hidden = await platform.ask('miniprograms.setVisibility', { appid: live, visible: false })
  assert.equal(hidden.ok, true)
  await control.addFault({ path, errcode: 7_654_321, times: 1 })
  const given = { appid: live, visible: true, idempotencyKey: 'unknown-errcode' }
  const first = refusalOf(await platform.ask('miniprograms.setVisibility', given))
  assert.deepEqual([first.code, first.reason, first.retryable], ['WECHAT_REJECTED', 'UNKNOWN_ERRCODE', false])
  assert.deepEqual(refusalOf(await platform.ask('miniprograms.setVisibility', given)), first)
  assert.equal((await callsOf(platform))[path], 2)
})

test('a change whose answer was lost is told as done', async () => {
  const path = '/wxa/change_visitstatus'
  await platform.wechat.control.addFault({ path, drop: 'after', times: 1 })
  assert.deepEqual(await platform.tell('miniprograms.setVisibility', { appid: live, visible: true }), { visible: true })
  assert.equal((await callsOf(platform))[path], 1)
})

async function deleteOwner(language: string): Promise<Answer> {
  const input = { id: OWNER, idempotencyKey: 'words' }
  const event = { operation: 'admins.delete', input, language }
  const answer: Answer = JSON.parse(JSON.stringify(await platform.host.invoke('manage', event, { openid: OWNER })))
  return answer
}

test('a repeated refusal is the first one, in the language of whoever repeats it', async () => {
  const [zh, en] = [refusalOf(await deleteOwner('zh')), refusalOf(await deleteOwner('en'))]
  assert.deepEqual([en.code, en.reason, en.requestId], [zh.code, zh.reason, zh.requestId])
})

test('a commit of which nothing is known yet is pending, and its key answers what became of it', async () => {
  const appid = await openShop(platform)
  await platform.wechat.control.addFault({ path: '/wxa/commit', appid, drop: 'after', times: 1 })
  await platform.wechat.control.addFault({ path: '/wxa/getversioninfo', appid, status: 503 })
  const given = { appid, templateId, version: '1.0.0', description: '新版', idempotencyKey: 'pending' }
  const first = refusalOf(await platform.ask('releases.commit', given))
  assert.deepEqual([first.code, first.reason, first.retryable], ['WECHAT_UNAVAILABLE', 'OUTCOME_PENDING', true])
  await platform.wechat.control.clearFaults()
  await endAttempts(platform, appid)
  await runQueue(platform)
  assert.equal((await platform.tell('releases.commit', given))['state'], 'committed')
  assert.equal((await callsOf(platform))['/wxa/commit'], 1)
})

test('what never was is unknown also to the repetition of a removal that died', async () => {
  for (const [operation, input] of [
    ['admins.delete', { id: 'o-nobody' }],
    ['apiKeys.revoke', { keyId: '0123456789abcdef' }],
    ['subscriptions.delete', { subscriptionId: 'sub_none' }],
    ['problems.dismiss', { problemId: 'BINDING_CONFLICT:wx0' }],
  ] as const) {
    const given = { ...input, idempotencyKey: 'never-was' }
    const first = refusalOf(await platform.ask(operation, given))
    assert.equal(first.code, 'NOT_FOUND', operation)
    // As if it had died before it answered.
    const died = { state: 'running', leaseOwner: 'another', leaseUntil: new Date(1000) }
    assert.equal(await editRows(platform, 'activity', { operation, outcome: 'NOT_FOUND' }, died), 1)
    assert.equal(refusalOf(await platform.ask(operation, given)).reason, first.reason, operation)
  }
})

for (const [name, path, begin, stateAfter] of [
  ['gray release', '/wxa/grayrelease', ['releases.startGray', { percentage: 10 }], 'gray'],
  ['rollback', '/wxa/revertcoderelease', ['releases.rollback', {}], 'rolledBack'],
] as const)
  test(`a ${name} that WeChat began and nobody noted is in the books after the next run of the queue`, async () => {
    const { control } = platform.wechat
    const appid = await openShop(platform)
    await releaseVersion(platform, appid, templateId, '1.0.0')
    if (stateAfter === 'gray') {
      await platform.tell('releases.commit', { appid, templateId, version: '2.0.0', description: '新版' })
      await platform.tell('releases.submit', { appid })
      await control.passAudit(appid)
      await platform.tell('releases.status', { appid })
    } else await releaseVersion(platform, appid, templateId, '2.0.0')
    // Only what is read back fails: what was online is read before.
    await control.addFault({ path, appid, drop: 'after', times: 1 })
    await control.addFault({ path: '/wxa/getgrayreleaseplan', appid, status: 503 })
    await control.addFault({ path: '/wxa/getversioninfo', appid, status: 503, skip: 1 })
    const [operation, input] = begin
    assert.equal(refusalOf(await platform.ask(operation, { appid, ...input })).code, 'WECHAT_UNAVAILABLE')
    await control.clearFaults()
    await endAttempts(platform, appid)
    await runQueue(platform)
    const { items } = await platform.tell('releases.list', { appid })
    assert.ok(Array.isArray(items))
    assert.equal(Object(items[0]).state, stateAfter)
    assert.equal((await callsOf(platform))[path], 1)
    if (stateAfter === 'rolledBack') assert.equal(Object(items[1]).state, 'released')
  })

test('every operation that changes something is crashed by test:crash', async () => {
  assert.deepEqual(Object.keys(operationScenarios).toSorted(), [...(await crashedOperations())].toSorted())
})

const inputOf = (id: string): unknown =>
  rowsOf(platform, 'activity').find((row) => String(row['input']).includes(id))?.['inputId']

// One waits, the other has a platform of its own to kill.
describe('calls that are under way or died', { concurrency: true }, () => {
  test('whoever meets the same call under way waits 20 s at most', async () => {
    const given = { id: 'o-held', role: 'viewer', idempotencyKey: 'held' }
    await platform.tell('admins.put', given)
    // As if another process were at it.
    const lease = { state: 'running', leaseOwner: 'another', leaseUntil: new Date(Date.now() + 60_000) }
    assert.equal(
      await editRows(platform, 'activity', { operation: 'admins.put', inputId: inputOf('o-held') }, lease),
      1,
    )
    const begun = Date.now()
    const refusal = refusalOf(await platform.ask('admins.put', given))
    assert.deepEqual([refusal.code, refusal.reason, refusal.retryable], ['CONFLICT', 'CALL_UNDER_WAY', true])
    assert.ok(Date.now() - begun < 25_000)
  })

  test('killed when all was done and nothing noted: the repetition answers as the first call would have', async () => {
    const scene = await openScene()
    try {
      for (const operation of [
        'bindings.unbind',
        'subscriptions.delete',
        'apiKeys.create',
        'releases.rollback',
        'wechat.call',
      ])
        await crashOperation(scene, operation, (all) => [{ operation: all.length, moment: 'before' }])
    } finally {
      await scene.close()
    }
  })
})
