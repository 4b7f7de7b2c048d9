import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Crowd } from '../../local/wechat/user-errors.ts'
import { movableClock, type TimedPlatform } from '../fixtures/authorizations.ts'
import { startPlatform } from '../fixtures/platform.ts'
import { callsOf, makeTemplate } from '../fixtures/shop.ts'

/*
 * A guard among users who meet errors by chance, and a WeChat that tells of them late, in part, or not at all. `FLEET=1000` is the size of
 * docs/measurements.md: there the first wave is twenty merchants, and each of twenty good versions goes to two dozen.
 */

const FLEET = Number(process.env['FLEET'] ?? 8)
const FIRST_WAVE = Math.ceil(FLEET * 0.02)
const GOOD_VERSIONS = FLEET >= 1000 ? 20 : 2
/** Merchants of one good version. */
const GROUP = Math.floor((FLEET - FIRST_WAVE) / (2 * GOOD_VERSIONS))

/** A twentieth of them meet enough errors within hours for chance not to decide about the only merchant of a small fleet. */
const GRAY_USERS = FLEET >= 1000 ? 60_000 : 400_000

const MINUTE = 60
const HOUR = 3600

let platform: TimedPlatform
let templateId = 0
let shops: readonly string[] = []
before(async () => {
  const clock = movableClock()
  platform = clock.with(await startPlatform({ host: { databaseOptions: { now: clock.now } } }))
  // Ten in the morning at WeChat.
  await platform.passTime((26 - ((Date.now() / 3_600_000 + 8) % 24)) * HOUR)
  const { control } = platform.wechat
  templateId = await makeTemplate(platform)
  await control.changeSettings({ auditQuota: 100_000, holdPushes: true })
  const merchants = await control.createMerchants({ count: FLEET, granted: true })
  shops = merchants.map(({ appid }) => appid)
  await passHours(0)
  while (Number((await platform.tell('authorizers.sync'))['remaining']) > 0);
  const rolloutId = await create('1.0.0', shops, {})
  await drive([rolloutId], ({ state }) => state === 'completed')
})
after(() => platform.close())

const live = (crowd: Omit<Crowd, 'errorRate'>) =>
  platform.wechat.control.changeSettings({ crowd: { errorRate: 0.02, ...crowd } })

async function create(version: string, appids: readonly string[], more: object): Promise<unknown> {
  const plan = { name: version, templateId, version, description: '新版', appids, autoRelease: true, ...more }
  return (await platform.tell('rollouts.create', plan))['rolloutId']
}

/** Tickets and tokens live on. */
async function passHours(hours: number): Promise<void> {
  await platform.passTime(hours * HOUR)
  await platform.wechat.control.deliverPushes({ pushIds: [(await platform.wechat.control.pushTicket()).pushId] })
  for (let left = 1; left > 0;) left = Number(Object(await platform.host.fireTimer('refreshTokens')).remaining)
}

type Rollout = Readonly<Record<string, unknown>>
const get = (rolloutId: unknown): Promise<Rollout> => platform.tell('rollouts.get', { rolloutId })

/** Minute by minute until all are so far; reviews pass as soon as they are asked about. */
async function drive(rolloutIds: readonly unknown[], isFar: (rollout: Rollout) => boolean): Promise<void> {
  let left = rolloutIds
  for (let minute = 0; minute < 60; minute++) {
    await platform.host.fireTimer('processQueue')
    for (const appid of shops) await platform.wechat.control.passAudit(appid).catch(() => undefined)
    const all = await Promise.all(left.map(get))
    left = left.filter((_, index) => !isFar(all[index] ?? {}))
    if (left.length === 0) return
    const isReviewed = all.some(({ counts }) => Object(counts).auditing > 0)
    await platform.passTime((isReviewed ? 16 : 1) * MINUTE)
  }
  throw new Error(`not so far: ${JSON.stringify(await Promise.all(left.map(get)))}`)
}

/** What was found at each of these hours; a judging begins at the first run of its minute. */
async function judge(rolloutIds: readonly unknown[]): Promise<void> {
  for (let hours = 0; hours < 24; hours += 6) {
    await passHours(hours === 0 ? 1.1 : 6.1)
    for (let run = 0; run <= rolloutIds.length / 10; run++) {
      await platform.host.fireTimer('processQueue')
      await platform.passTime(MINUTE)
    }
    const all = await Promise.all(rolloutIds.map(get))
    if (all.every(({ guard }) => Object(guard).state !== 'watching')) return
  }
}

const standing = ({ state, wave, counts, guard }: Rollout): readonly unknown[] => {
  const { released, gray, rolledBack } = Object(counts)
  return [state, wave, released + gray, rolledBack, Object(guard).state]
}

const guard = { then: 'rollback' }

const isWatched = ({ guard: found, counts, wave, waves }: Rollout): boolean =>
  Object(found).state === 'watching' &&
  Object(counts).released + Object(counts).gray > 0 &&
  wave !== undefined &&
  waves !== undefined

for (const [version, gray] of [
  ['2.0.0', undefined],
  ['2.1.0', [5, 30, 100]],
] as const)
  test(`a version with more than twice the errors${gray ? ', released by gray steps,' : ''} is stopped after the first wave; nobody of the second gets it`, async (t) => {
    await live({ users: gray ? GRAY_USERS : 20_000, errorRates: { [version]: 0.05 } })
    await platform.wechat.control.resetCalls()
    const rolloutId = await create(version, shops, { waves: [2, 100], guard, ...(gray && { gray }) })
    await drive([rolloutId], isWatched)
    assert.deepEqual(standing(await get(rolloutId)), ['running', 1, FIRST_WAVE, 0, 'watching'])
    await judge([rolloutId])
    await drive([rolloutId], ({ state }) => state === 'cancelled')
    const rollout = await get(rolloutId)
    assert.deepEqual(standing(rollout), ['cancelled', 1, 0, FIRST_WAVE, 'breached'])
    const { figures, history } = Object(rollout['guard'])
    t.diagnostic(JSON.stringify({ figures, judgings: history.length }))
    assert.equal(Object(rollout['counts']).pending, FLEET - FIRST_WAVE)
    assert.ok(((await callsOf(platform))['/wxaapi/log/jserr_list'] ?? 0) <= 2 * FIRST_WAVE * history.length)
    for (const { live: online } of await platform.wechat.control.merchants()) assert.equal(online?.version, '1.0.0')
  })

test(`${GOOD_VERSIONS} good versions, and as many by gray steps, are not stopped by noise, delay and empty answers`, async (t) => {
  await live({ users: 60_000 })
  const plans = Array.from({ length: 2 * GOOD_VERSIONS }, (_, index) => {
    const begin = FIRST_WAVE + index * GROUP
    const appids = shops.slice(begin, begin + GROUP)
    return { version: `3.0.${index}`, appids, isGray: index >= GOOD_VERSIONS }
  })
  const rollouts: unknown[] = []
  for (const { version, appids, isGray } of plans)
    rollouts.push(await create(version, appids, { guard, ...(isGray && { gray: [5, 30, 100] }) }))
  await drive(rollouts, isWatched)
  for (let step = 0; step < 3; step++) {
    await judge(rollouts)
    await passHours(24)
    await drive(rollouts, (rollout) => rollout['state'] === 'completed' || isWatched(rollout))
  }
  const all = await Promise.all(rollouts.map(get))
  t.diagnostic(all.map((one) => Object(one['guard']).history.length).join(' '))
  for (const one of all) assert.deepEqual(standing(one), ['completed', 1, GROUP, 0, 'good'])
})
