import assert from 'node:assert/strict'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { scanInvite } from '../../local/demo/scan.ts'
import { rulesForRelay } from '../../local/weiguanjia/rules.ts'
import { startWeiguanjia, type Weiguanjia } from '../../local/weiguanjia/weiguanjia.ts'
import { startPages, type Pages } from '../../relay/pages.ts'
import { startRelay, type Relay } from '../../relay/relay.ts'
import { adopt } from '../../scripts/admin/adopt/adopt.ts'
import { databaseCalls, editRows, rowsOf } from '../fixtures/interference.ts'
import { secrets, startPlatform, type LocalPlatform } from '../fixtures/platform.ts'
import { callsOf, makeRolloutsDue, makeTemplate, runQueue } from '../fixtures/shop.ts'

/* A fleet that lives already moves in beside 微管家, and could go back. `FLEET=500` is the size of docs/measurements.md. */

const FLEET = process.env['FLEET'] === '500' ? 500 : 100
const FIVE_MINUTES_MS = 300_000

/** A function's first start on a busy machine. */
const PATIENCE_MS = 30_000

let platform: LocalPlatform
let weiguanjia: Weiguanjia
let relay: Relay
let pages: Pages
let appids: readonly string[]
/** What was online before anybody moved, by appid. */
const online = new Map<string, string>()
/** Pushes before the move. */
let moved = 0
/** The clock of 微管家 and, a day before the move, of WeChat. */
let clockMs = -86_400_000
let folder: string

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'moving-in-'))
  platform = await startPlatform({
    withoutTicket: true,
    wechat: {
      now: () => Date.now() + Math.min(clockMs, 0),
      plainPushes: true,
      entryDomain: 'localhost',
      pushRetryDelayMs: 20,
      pushTimeoutMs: PATIENCE_MS,
    },
  })
  const { wechat, host, env } = platform
  weiguanjia = await startWeiguanjia({
    componentAppid: env['COMPONENT_APPID'] ?? '',
    componentAppsecret: secrets.appsecret,
    wechatUrl: wechat.url,
    now: () => Date.now() + clockMs,
  })
  env['AUTH_BASE_URL'] = weiguanjia.url.replace('127.0.0.1', 'localhost')
  const { url } = weiguanjia
  await wechat.control.changeSettings({ eventUrl: `${url}/wxcallback/component` })
  const target = new URL(host.url)
  relay = await startRelay({ target, secret: secrets.forwarder, port: 0, deliveryMs: PATIENCE_MS })
  pages = await startPages({ target, pagesPort: 0, log: () => undefined })
  await live()
  clockMs = 0
  // What was said of audits in those years is told to nobody.
  await wechat.control.changeSettings({ messageUrl: `${url}/wxcallback/biz/$APPID$` })
  moved = (await wechat.control.pushes()).length
})
after(async () => {
  await Promise.all([platform.close(), weiguanjia.close(), relay.close(), pages.close()])
  await rm(folder, { recursive: true })
})

/** Years with 微管家: merchants who authorized, versions in every state. */
async function live(): Promise<void> {
  const { control } = platform.wechat
  const merchants = await control.createMerchants({ count: FLEET, granted: true })
  appids = merchants.map(({ appid }) => appid)
  await control.pushTicket()
  await weiguanjia.tokens.fetchList()
  for (const [at, appid] of appids.entries()) {
    if (at < 10) continue
    const version = `1.${at % 7}.0`
    online.set(appid, version)
    await control.bringVersion({ appid, version })
    if (at < 40) await control.bringVersion({ appid, version: '2.0.0', to: 'auditing' })
    else if (at < 60) {
      await control.bringVersion({ appid, version: '2.0.0', to: 'approved' })
      await control.actInConsole({ appid, act: 'startGray' })
    } else if (at < 62) await control.bringVersion({ appid, version: '2.0.0', to: 'rejected' })
  }
  assert.equal(weiguanjia.tokens.accounts.size, FLEET)
}

const undelivered = async () =>
  (await platform.wechat.control.pushes()).slice(moved).filter(({ state }) => state !== 'delivered')

/** Three with a review under way, two with a gray plan, four others. */
const isInHangzhou = (at: number): boolean => at >= 10 && at < 100 && at % 10 === 9

/** What a step cost. */
type Row = ReturnType<typeof rowsOf>[number]

async function counted<T>(t: { diagnostic(line: string): void }, step: string, work: () => Promise<T>): Promise<T> {
  await platform.wechat.control.resetCalls()
  platform.host.database.faults.resetCounts()
  const began = performance.now()
  const cpu = process.cpuUsage()
  const result = await work()
  const { reads, writes } = databaseCalls(platform)
  const calls = Object.values(await callsOf(platform)).reduce((sum, count) => sum + count, 0)
  t.diagnostic(
    `${step}: ${calls} calls to WeChat, ${reads} + ${writes} database operations, ${Math.round(performance.now() - began)} ms, cpu ${Math.round(process.cpuUsage(cpu).user / 1000)}`,
  )
  return result
}

test('the rules are entered, tried, and take effect within five minutes; the ticket comes', async () => {
  const { control } = platform.wechat
  await control.pushTicket()
  for (const rule of rulesForRelay(relay.port)) {
    weiguanjia.rules.put(rule)
    assert.equal(await weiguanjia.test(rule), 'success')
  }
  assert.equal(rowsOf(platform, 'pushes').length, 0, 'a test has no effect')
  await control.pushTicket()
  assert.equal(rowsOf(platform, 'pushes').length, 0, 'the rules are not known to the running server yet')
  clockMs += FIVE_MINUTES_MS
  await control.pushTicket()
  assert.equal(rowsOf(platform, 'pushes').length, 1)
  assert.ok(Object((await platform.tell('platform.status'))['ticket']).ageSeconds < 60)
})

const ask = (operation: string, input: object) => platform.tell(operation, input)

const isDue = ({ readDueAt }: Row): boolean => Number(readDueAt) < Date.now()

test('every merchant comes in with its refresh token, and nobody scans', async (t) => {
  const counts = await counted(t, 'sync', () => platform.tell('authorizers.sync'))
  assert.deepEqual(counts, { added: FLEET, updated: 0, revoked: 0, adopted: FLEET, problems: 0, remaining: 0 })
  assert.equal((await platform.tell('authorizers.list', { limit: 1 }))['total'], FLEET)
})

test('a table of merchants binds them all, with one command', async (t) => {
  const file = join(folder, 'merchants.csv')
  const lines = appids.map((appid, at) => `shop-${at},${appid},${isInHangzhou(at) ? '杭州' : '别处'}`)
  await writeFile(file, ['businessId,appid,city', ...lines].join('\r\n'))
  const screen = { write: () => undefined }
  const rehearsed = await counted(t, 'adopt --dry-run', () => adopt(ask, file, true, screen))
  assert.deepEqual([rehearsed.counts.bound, rehearsed.left], [FLEET, []])
  const adopted = await counted(t, 'adopt', () => adopt(ask, file, false, screen))
  assert.deepEqual([adopted.counts.bound, adopted.left], [FLEET, []])
})

test('within a day every live version is known, and every review and gray plan', async (t) => {
  await editRows(platform, 'authorizers', { status: 'active' }, { readDueAt: new Date(1000) })
  await counted(t, 'reading', async () => {
    while (rowsOf(platform, 'authorizers').some(isDue)) await runQueue(platform)
  })
  const known = new Map<string, string>()
  for (let cursor: unknown; ;) {
    const page = await platform.tell('authorizers.list', {
      limit: 100,
      filter: { origin: 'elsewhere' },
      ...(cursor !== undefined && { cursor }),
    })
    for (const { appid, live: version } of Object(page['items'])) known.set(appid, version.version)
    cursor = page['nextCursor']
    if (cursor === undefined) break
  }
  assert.deepEqual(Object.fromEntries(known), Object.fromEntries(online))
  const totals = await Promise.all(
    [{ neverReleased: true }, { liveVersion: '1.3.0' }, { liveVersionOlder: '1.3' }].map(
      async (filter) => (await platform.tell('authorizers.list', { limit: 1, filter }))['total'],
    ),
  )
  assert.deepEqual(totals, FLEET === 500 ? [10, 70, 210] : [10, 13, 38])
  const states = rowsOf(platform, 'releases').map(({ state }) => state)
  assert.deepEqual(
    ['released', 'auditing', 'gray', 'rejected'].map((state) => states.filter((one) => one === state).length),
    [FLEET === 500 ? 490 : 90, 30, 20, 2],
  )
})

test('the first link is on the domain of 微管家, whose own exchange uses the code up', async (t) => {
  const { control } = platform.wechat
  weiguanjia.proxy.port = pages.port
  weiguanjia.proxy.open = true
  const { appid } = await control.createMerchant({ nickName: '新来的店', principalName: '新来的公司' })
  await counted(t, 'first link', async () => {
    const { inviteUrl } = await platform.tell('bindings.createLink', { businessId: 'shop-new' })
    assert.equal(new URL(String(inviteUrl)).origin, platform.env['AUTH_BASE_URL'])
    assert.deepEqual(await scanInvite(platform.wechat, String(inviteUrl), { appid }), { status: 'bound' })
    await control.settle()
  })
  const binding = await platform.tell('bindings.get', { businessId: 'shop-new' })
  assert.deepEqual([binding['status'], binding['appid']], ['bound', appid])
  assert.equal(weiguanjia.tokens.accounts.size, FLEET + 1)
  assert.deepEqual(Object((await platform.tell('platform.status'))['problems']), [])
})

test('a push that meets no relay is repeated by WeChat and lost nowhere', async () => {
  const { control } = platform.wechat
  const before = rowsOf(platform, 'pushes').length
  const { port } = relay
  await relay.close()
  const pushed = control.pushTicket()
  relay = await startRelay({
    target: new URL(platform.host.url),
    secret: secrets.forwarder,
    port,
    deliveryMs: PATIENCE_MS,
  })
  assert.equal((await pushed).state, 'delivered')
  assert.equal(rowsOf(platform, 'pushes').length, before + 1)
  assert.deepEqual(await undelivered(), [])
})

test('the first rollout leaves alone whom another hand has in review', async (t) => {
  const { control } = platform.wechat
  const templateId = await makeTemplate(platform)
  const wanted = appids.filter((_, at) => isInHangzhou(at))
  const plan = {
    name: '搬入后的第一次',
    templateId,
    version: '3.0.0',
    description: '新版',
    filter: { attributes: { city: '杭州' } },
    autoRelease: true,
    // What came from elsewhere cannot be compared.
    allow: ['LIVE_UNKNOWN'],
  }
  const { rolloutId, total } = await counted(t, 'rollout of 9', async () => {
    const rollout = await platform.tell('rollouts.create', plan)
    for (let round = 0; round < 4; round += 1) {
      await makeRolloutsDue(platform)
      await runQueue(platform)
      for (const appid of wanted.slice(3)) await control.passAudit({ appid }).catch(() => undefined)
    }
    return rollout
  })
  assert.equal(total, 9)
  const { items } = await platform.tell('rollouts.items', { rolloutId, limit: 100 })
  const stateOf = new Map<string, string>(
    Object(items).map((item: { appid: string; state: string }) => [item.appid, item.state]),
  )
  assert.deepEqual(
    wanted.map((appid) => stateOf.get(appid)),
    ['skipped', 'skipped', 'skipped', 'released', 'released', 'released', 'released', 'released', 'released'],
  )
  const here = await platform.tell('authorizers.list', { filter: { origin: 'here' }, limit: 100 })
  assert.equal(here['total'], 6)
})

test('the way back: rules and proxy off, and 微管家 goes on with every merchant', async (t) => {
  const { control } = platform.wechat
  for (const rule of weiguanjia.rules.all()) weiguanjia.rules.remove(rule)
  weiguanjia.proxy.open = false
  clockMs += FIVE_MINUTES_MS
  const before = rowsOf(platform, 'pushes').length
  await control.pushTicket()
  assert.equal(rowsOf(platform, 'pushes').length, before)
  assert.equal((await fetch(`${platform.env['AUTH_BASE_URL']}/auth/start`)).status, 404)
  const calls = weiguanjia.tokens.calls()
  await weiguanjia.tokens.fetchList()
  assert.equal(weiguanjia.tokens.accounts.size, FLEET + 1)
  for (const appid of appids.filter((_, at) => at % 10 === 9))
    assert.ok((await weiguanjia.tokens.authorizerToken(appid)).length > 0)
  t.diagnostic(`way back: ${weiguanjia.tokens.calls() - calls} calls of 微管家`)
  const scanned = (await control.pushes()).filter(({ kind }) => kind === 'authorized')
  assert.equal(scanned.length, 1, 'the new one alone')
  assert.deepEqual(await undelivered(), [])
})
