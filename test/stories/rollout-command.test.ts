import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { text } from 'node:stream/consumers'
import { after, before, test } from 'node:test'
import { rolloutCommand, type RolloutCommand } from '../../scripts/rollout/command.ts'
import { barOf, remaining, type Rollout } from '../../scripts/rollout/progress.ts'
import { editRows } from '../fixtures/interference.ts'
import { startPlatform, type LocalPlatform } from '../fixtures/platform.ts'
import { carefulWaves, reviewNeed } from '../../shared/domain/rollouts/careful-plan.ts'
import { epochMs } from '../../shared/time.ts'
import { authorizedMerchant, callsOf, releaseVersion } from '../fixtures/shop.ts'
import { programOf } from '../fixtures/program.ts'

/* npm run rollout, as CI runs it. */

let platform: LocalPlatform
let key = ''
before(async () => {
  platform = await startPlatform()
  await platform.wechat.control.createTemplate({ userVersion: '2.0.0', userDesc: '新版' })
  key = String((await platform.tell('apiKeys.create', { name: 'ci', role: 'operator' }))['key'])
})
after(() => platform.close())

async function read(args: readonly string[]): Promise<RolloutCommand | undefined> {
  let command: RolloutCommand | undefined
  const rollout = rolloutCommand(async (found) => {
    command = found
  })
  for (const one of [rollout, ...rollout.commands]) one.configureOutput({ writeErr: () => undefined })
  await rollout.parseAsync(args, { from: 'user' })
  return command
}

interface Ended {
  readonly status: unknown
  readonly output: readonly string[]
  readonly errors: string
}

async function run(args: readonly string[], env: Record<string, string> = {}): Promise<Ended> {
  const child = spawn(process.execPath, [...programOf('scripts/rollout.ts'), ...args, '--every', '0.1'], {
    env: {
      PATH: process.env.PATH,
      ENV_FILE: '/none',
      PUBLIC_BASE_URL: platform.host.url,
      MINIFLEET_API_KEY: key,
      ...env,
    },
  })
  const [output, errors, [status]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'exit')])
  return { status, output: output.trimEnd().split('\n'), errors }
}

/** Timers and reviewers at work until the command has ended. */
async function during(running: Promise<Ended>, work: () => Promise<unknown>): Promise<Ended> {
  const state = { isOver: false }
  void running.finally(() => (state.isOver = true))
  while (!state.isOver) {
    await editRows(platform, 'rollouts', { dueAt: { $gt: new Date(0) } }, { dueAt: new Date(1000) })
    await platform.host.fireTimer('processQueue')
    await work()
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  return running
}

const start = (...more: string[]) => [
  ...'start --template 1 --version 2.0.0 --description 新版 --timeout 2'.split(' '),
  ...more,
]

test('a rollout is started, followed line by line, and ends with the status of its outcome', async () => {
  const appids = [await authorizedMerchant(platform), await authorizedMerchant(platform)]
  const [good = '', bad = ''] = appids
  const { status, output, errors } = await during(
    run(start('--appids', appids.join(','), '--waves', '50,100')),
    async () => {
      const { control } = platform.wechat
      await Promise.resolve(control.passAudit({ appid: good })).catch(() => undefined)
      await Promise.resolve(control.rejectAudit({ appid: bad, reason: '1:缺少隐私说明' })).catch(() => undefined)
      await control.settle()
    },
  )
  assert.equal(errors, '')
  assert.match(output[0] ?? '', /^ro-\w+: 2 merchants$/)
  assert.match(output.join('\n'), /^\d+\.\d % \w+, wave \d of 2: .*1 approved, 1 rejected/m)
  assert.ok(output.every((line, index) => line !== output[index - 1]))
  assert.ok(output.includes('rejected 1 ×: 缺少隐私说明'), output.join('\n'))
  const rolloutId = output[0]?.split(':')[0] ?? ''
  assert.deepEqual(output.slice(-1), [`next: npm run rollout -- release ${rolloutId}`])
  assert.equal(status, 1)

  const released = await during(run(['release', rolloutId]), async () => undefined)
  assert.equal(released.status, 1)
  assert.match(released.output.join('\n'), /100\.0 % completed, wave 2 of 2: 1 released, 1 rejected/)

  const cancelled = await run(['cancel', rolloutId])
  assert.equal(cancelled.status, 1)
  assert.match(cancelled.errors, /✖ CONFLICT: This is not possible while the rollout is “Completed”/)
})

test('all go well: 0; paused: 3; time is over: 4; the same key starts it once', async () => {
  const appid = await authorizedMerchant(platform)
  const plan = [...start('--appids', appid, '--auto-release', '--key', 'build-17')]
  const begun = await run([...plan, '--no-wait'])
  assert.equal(begun.status, 0)
  const late = await run([...plan, '--timeout', '0'])
  assert.equal(late.status, 4)
  assert.equal(late.output[0], begun.output[0])
  const rolloutId = begun.output[0]?.split(':')[0] ?? ''
  assert.equal((await run(['pause', rolloutId])).status, 0)
  assert.equal((await run(['watch', rolloutId])).status, 3)
  const ended = await during(run(['resume', rolloutId]), async () => {
    await Promise.resolve(platform.wechat.control.passAudit({ appid })).catch(() => undefined)
    await platform.wechat.control.settle()
  })
  assert.equal(ended.status, 0)
  assert.match(ended.output.at(-1) ?? '', /100\.0 % completed: 1 released/)
})

test('what nobody chose is careful, and a repeated build goes on with it though its merchants have changed', async () => {
  for (let count = 0; count < 4; count++) await authorizedMerchant(platform)
  const plan = [...start('--never-released', '--key', 'build-18', '--no-wait')]
  const begun = await run(plan)
  const rolloutId = begun.output[0]?.split(':')[0] ?? ''
  const { total, waves, maxFailures } = await platform.tell('rollouts.get', { rolloutId })
  assert.deepEqual([maxFailures, Array.isArray(waves) && waves.at(-1)], [3, 100])
  assert.ok(Array.isArray(waves) && Math.ceil((Number(total) * waves[0]) / 100) === 3, String(waves))
  await authorizedMerchant(platform)
  assert.deepEqual((await run(plan)).output, begun.output)
  await platform.tell('rollouts.cancel', { rolloutId })
})

test('a dry run compares, the odd ones first, and sends nothing', async () => {
  const live = await authorizedMerchant(platform)
  const plain = await authorizedMerchant(platform)
  await releaseVersion(platform, live, 1, '3.0.0')
  await platform.wechat.control.resetCalls()
  const plan = [...start('--appids', [plain, live].join(','), '--max-failures', '1')]
  const { status, output, errors } = await run([...plan, '--dry-run'])
  assert.deepEqual([status, errors], [0, ''])
  assert.equal(output[0], '2 merchants, 1 of them left out for what is not allowed; nothing is sent')
  assert.match(output[1] ?? '', /^needs 2 reviews, [\d,]+ left this month$/)
  assert.equal(output[2], 'waves up to 100 %; pauses beyond 1 failures')
  assert.match(output[3] ?? '', new RegExp(`^${live}: 3\\.0\\.0 #\\d+ \\(wx\\w+\\) → 2\\.0\\.0`))
  assert.match(output[4] ?? '', /^ {2}left out: OLDER_VERSION: /)
  assert.match(output[5] ?? '', new RegExp(`^${plain}: nothing → 2\\.0\\.0`))
  const told = await run([...plan, '--dry-run', '--json', '--allow', 'OLDER_VERSION'])
  const { merchants, reviews, items } = JSON.parse(told.output.join('\n'))
  assert.deepEqual([merchants, reviews.needed, reviews.later, items[0].appid], [2, 2, 0, live])
  assert.deepEqual(
    Object.keys(await callsOf(platform)).filter((path) => path === '/wxa/commit'),
    [],
  )
})

const at = (day: string) => epochMs(Date.parse(`${day}T12:00:00Z`))

test('reviews beyond what is left this month wait for those to come', () => {
  const of = (merchants: number, day: string) => reviewNeed(merchants, { rest: 966, limit: 1000 }, 0, at(day))
  assert.deepEqual(of(966, '2026-11-30'), { needed: 966, left: 966, later: 0 })
  assert.deepEqual(of(2026, '2026-11-30'), {
    needed: 2026,
    left: 966,
    later: 1060,
    lastFrom: Date.parse('2026-12-31T16:00:00Z'),
  })
  // In China it is December already.
  const late = reviewNeed(2, { rest: 1, limit: 10 }, 0, epochMs(Date.parse('2026-11-30T17:00:00Z')))
  assert.equal(late.lastFrom, Date.parse('2026-12-31T16:00:00Z'))
  assert.deepEqual(reviewNeed(5, { rest: 3, limit: 10 }, 10, at('2026-11-30')), { needed: 5, left: 0, later: 5 })
  assert.deepEqual([1, 4, 7, 27, 60, 1000].map(carefulWaves), [
    [100],
    [51, 100],
    [29, 30, 100],
    [8, 30, 100],
    [5, 30, 100],
    [5, 30, 100],
  ])
})

test('a command that makes no sense, or has no key, says so', async () => {
  const refusals: readonly (readonly [args: readonly string[], why: RegExp])[] = [
    [[], /outputHelp/],
    [['ship'], /unknown command 'ship'/],
    [['watch'], /missing required argument 'rolloutId'/],
    [['watch', 'ro-1', 'ro-2'], /too many arguments/],
    [['start', '--template', '1'], /required option '--version <v>' not specified/],
    [start('--all', '--templte', '1'), /unknown option '--templte'/],
    [start(), /say to whom/],
    [start('--all', '--appids', 'wx1'), /say to whom/],
    [start('--all', '--waves', 'ten'), /'--waves <percents>' argument 'ten' is invalid/],
    [start('--attribute', 'city'), /NAME=VALUE/],
    [start('--all', '--ext', '/none.json'), /none\.json/],
    [['retry', 'ro-1', '--state', 'released'], /It must be of failed, skipped, rejected, withdrawn/],
  ]
  for (const [args, why] of refusals) await assert.rejects(read(args), { message: why })
  const without = await run(['watch', 'ro-1'], { MINIFLEET_API_KEY: '' })
  assert.equal(without.status, 2)
  assert.match(without.errors, /MINIFLEET_API_KEY 未设置 · is not set\n.*mf_[^]*\n\nUsage: npm run rollout/)
  const unknown = await run(['watch', 'ro-1'])
  assert.deepEqual([unknown.status, unknown.errors.includes('NOT_FOUND')], [1, true])
})

test('to whom, in which waves and how is read from the options', async () => {
  const whom = '--attribute city=上海 --live-version 2.0.0'
  const how = '--waves 10,100 --next-wave-when approved --max-failures 0 --quota-reserve 5 --no-submit --timeout 30'
  const args = `start --template 7 --version 2.1.0 --description 新版 ${whom} ${how}`
  const command = await read(args.split(' '))
  assert.deepEqual(command, {
    kind: 'start',
    input: {
      name: '2.1.0 (新版)',
      templateId: 7,
      version: '2.1.0',
      description: '新版',
      filter: { attributes: { city: '上海' }, liveVersion: '2.0.0' },
      waves: [10, 100],
      nextWaveWhen: 'approved',
      maxFailures: 0,
      quotaReserve: 5,
      autoSubmit: false,
    },
    key: undefined,
    rehearsal: undefined,
    wait: true,
    timeoutMs: 1_800_000,
    everyMs: undefined,
  })
})

test('a terminal gets one line with a bar, cut to its width', () => {
  const rollout: Rollout = {
    rolloutId: 'ro-1',
    name: '二版',
    templateId: 1,
    version: '2.0.0',
    description: '新版',
    total: 8,
    perHour: 2,
    state: 'running',
    wave: 2,
    waves: [50, 100],
    nextWaveWhen: 'released',
    autoSubmit: true,
    autoRelease: true,
    quotaReserve: 0,
    progress: 0.5,
    startedAt: '2026-03-01T00:00:00.000Z',
    expectedEndAt: '2026-03-01T05:00:00.000Z',
    counts: {
      pending: 0,
      committing: 0,
      committed: 0,
      submitting: 0,
      auditing: 4,
      delayed: 0,
      rejected: 0,
      withdrawn: 0,
      approved: 0,
      gray: 0,
      released: 4,
      rolledBack: 0,
      failed: 0,
      skipped: 0,
    },
  }
  const now = Date.parse('2026-03-01T02:00:00Z')
  const bar = '████████████░░░░░░░░░░░░'
  const line = `${bar} 50.0 % running, wave 2 of 2: 4 auditing, 4 released · 3 h left`
  assert.equal(barOf(rollout, now, 120), line)
  assert.equal(barOf(rollout, now, 40), line.slice(0, 39))
  assert.deepEqual([59_000, 90 * 60_000, 5 * 3_600_000, 72 * 3_600_000].map(remaining), [
    '1 min',
    '90 min',
    '5 h',
    '3 days',
  ])
})
