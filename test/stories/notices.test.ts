import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { editRows } from '../fixtures/interference.ts'
import { startPlatform, type LocalPlatform } from '../fixtures/platform.ts'
import { authorizedMerchant, callsOf, makeTemplate, openShop, refusalOf, runQueue } from '../fixtures/shop.ts'

/* What WeChat announces to a merchant: punishments, violations, the end of its verification, how its filing stands. */

let platform: LocalPlatform
let templateId: number
before(async () => {
  platform = await startPlatform({ host: { maxInstances: 1 } })
  templateId = await makeTemplate(platform, { userVersion: '1.0.0' })
})
after(() => platform.close())

const problemsOf = async (appid: string) => {
  const { items } = await platform.tell('problems.list', { appid })
  assert.ok(Array.isArray(items))
  return items.map(({ code, params, dismissible }) => [code, params.until, dismissible ?? false])
}

const codesOf = (notices: readonly { code: string }[]): string[] => notices.map(({ code }) => code)

const preflightOf = async (appid: string) => {
  const { items } = await platform.tell('releases.preflight', { appids: [appid], templateId })
  const [{ problems, warnings }] = Object(items)
  return [codesOf(problems), codesOf(warnings)]
}

/** Once a week: it is time again. */
const readWeekly = async (...appids: string[]): Promise<void> => {
  for (const _id of appids)
    await editRows(platform, 'authorizers', { _id }, { readDueAt: new Date(1000), watchedAt: new Date(1000) })
  await runQueue(platform)
}

const DEADLINE = 1_900_000_000
const DEADLINE_ISO = '2030-03-17T17:46:40.000Z'

test('a punishment that is announced is a problem with its deadline, and keeps its merchant out of rollouts unless allowed', async () => {
  const [warned, other] = [await authorizedMerchant(platform), await authorizedMerchant(platform)]
  const { control } = platform.wechat
  await control.punish({ appid: warned, eventType: 1, reason: '诱导分享', detail: { rectify_deadline: DEADLINE } })
  await control.settle()
  assert.deepEqual(await problemsOf(warned), [['PUNISHMENT_ANNOUNCED', DEADLINE_ISO, true]])
  assert.deepEqual(await preflightOf(warned), [[], ['NOTICE_OPEN']])
  assert.deepEqual(await preflightOf(other), [[], []])
  const { items } = await platform.tell('releases.compare', { appids: [warned], templateId })
  const [{ warnings }] = Object(items)
  assert.deepEqual(warnings[0].params, { notices: ['warned'], until: DEADLINE_ISO, text: '诱导分享' })
  assert.match(warnings[0].message, /限期整改，期限 2030-03-18；「诱导分享」/)

  const rollout = { name: 'r', templateId, version: '1.0.0', description: 'x', appids: [warned, other] }
  const outcomesOf = async (rolloutId: unknown) => {
    await runQueue(platform)
    const listed = await platform.tell('rollouts.items', { rolloutId })
    const all: { appid: string; state: string; problem?: { code: string } }[] = Object(listed['items'])
    const found = new Map(all.map(({ appid, state, problem }) => [appid, [state, problem?.code]]))
    return [found.get(warned), found.get(other)]
  }
  const first = await platform.tell('rollouts.create', rollout)
  assert.deepEqual(await outcomesOf(first['rolloutId']), [
    ['skipped', 'NOTICE_OPEN'],
    ['auditing', undefined],
  ])
  const allowed = await platform.tell('rollouts.create', { ...rollout, appids: [warned], allow: ['NOTICE_OPEN'] })
  assert.deepEqual((await outcomesOf(allowed['rolloutId']))[0], ['auditing', undefined])
})

test('what a person settles is settled, whatever is read again; a granted appeal settles too', async () => {
  const appid = await authorizedMerchant(platform)
  const { control } = platform.wechat
  const { record } = await control.addViolation({ appid, reason: '虚假宣传' })
  await control.punish({ appid, eventType: 3, reason: '刷量', detail: { suspended_days: 7 } })
  await control.settle()
  const codes = async () => (await problemsOf(appid)).map(([code]) => String(code)).toSorted()
  assert.deepEqual(await codes(), ['ACCOUNT_PUNISHED', 'VIOLATION_RECORDED'])
  const problemId = `VIOLATION_RECORDED:${appid}:${record.illegal_record_id}`
  await platform.tell('problems.dismiss', { problemId })
  assert.deepEqual(await codes(), ['ACCOUNT_PUNISHED'])
  await editRows(platform, 'platform', { _id: 'component' }, { 'turns.fullLook': new Date(1000) })
  await readWeekly(appid)
  assert.deepEqual(await codes(), ['ACCOUNT_PUNISHED'])
  assert.equal(refusalOf(await platform.ask('problems.dismiss', { problemId })).code, 'NOT_FOUND')

  const second = await control.addViolation({ appid, reason: '侵权' })
  await control.settle()
  assert.deepEqual(await codes(), ['ACCOUNT_PUNISHED', 'VIOLATION_RECORDED'])
  const granted = { illegal_record_id: second.record.illegal_record_id, appeal_status: '2' }
  await control.pushMessage({ appid, fields: { MsgType: 'event', Event: 'wxa_appeal_record', ...granted } })
  await control.settle()
  assert.deepEqual(await codes(), ['ACCOUNT_PUNISHED'])
})

test('once a week each merchant is asked for violations, verification and filing, where it granted that', async () => {
  const appid = await openShop(platform, { funcInfo: [3, 17, 18, 30, 76] })
  const few = await openShop(platform, { funcInfo: [18] })
  const { control } = platform.wechat
  await control.settle()
  await runQueue(platform)
  await control.changeSettings({ holdPushes: true })
  await control.addViolation({ appid, reason: '虚假宣传' })
  await control.addViolation({ appid: few, reason: '虚假宣传' })
  await control.decideFiling({ appid: few, status: 3 })
  await control.askForRenewal({ appid, period: { begin: DEADLINE - 5_000_000, end: DEADLINE } })
  await control.changeSettings({ holdPushes: false })
  await control.resetCalls()
  await readWeekly(appid, few)
  const asked = async () => {
    const calls = await callsOf(platform)
    return ['/wxa/getillegalrecords', '/cgi-bin/account/getaccountbasicinfo', '/wxa/icp/get_icp_entrance_info'].map(
      (path) => calls[path] ?? 0,
    )
  }
  assert.deepEqual(await asked(), [1, 1, 2])
  const found = (await problemsOf(appid)).map(([code, until]) => `${code} ${until}`)
  assert.deepEqual(found.toSorted(), [`VERIFICATION_ENDING ${DEADLINE_ISO}`, 'VIOLATION_RECORDED undefined'])
  assert.deepEqual(await problemsOf(few), [['FILING_REFUSED', undefined, false]])
  assert.deepEqual(await preflightOf(few), [['FILING_INCOMPLETE'], []])

  // The next day nothing of it is asked.
  await editRows(platform, 'authorizers', { status: 'active' }, { readDueAt: new Date(1000) })
  await runQueue(platform)
  assert.deepEqual(await asked(), [1, 1, 2])

  await control.askForRenewal({ appid })
  await control.decideFiling({ appid: few, status: 6 })
  await control.settle()
  await readWeekly(appid)
  assert.deepEqual(
    (await problemsOf(appid)).map(([code]) => code),
    ['VIOLATION_RECORDED'],
  )
  assert.deepEqual([await problemsOf(few), await preflightOf(few)], [[], [[], []]])
})

test('an older event of a filing says nothing of the newer state', async () => {
  const appid = await authorizedMerchant(platform)
  const { control } = platform.wechat
  const push = (beian_status: string, createTime: number) =>
    control.pushEvent({
      infoType: 'notify_apply_icpfiling_result',
      fields: { authorizer_appid: appid, beian_status, CreateTime: createTime },
    })
  const now = Math.floor(Date.now() / 1000)
  await push('6', now)
  await push('5', now - 60)
  await control.settle()
  assert.deepEqual(await problemsOf(appid), [])
  await push('5', now + 1)
  await control.settle()
  assert.deepEqual(await problemsOf(appid), [['FILING_REFUSED', undefined, false]])
})
