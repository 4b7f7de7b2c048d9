import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { text } from 'node:stream/consumers'
import { after, before, test } from 'node:test'
import * as v from 'valibot'
import { projectFolder } from '../../scripts/build/project-folder.ts'
import { diagnose } from '../../scripts/doctor/diagnose.ts'
import { editRows } from '../fixtures/interference.ts'
import { startPlatform, type LocalPlatform } from '../fixtures/platform.ts'
import { programOf } from '../fixtures/program.ts'

let platform: LocalPlatform
before(async () => {
  platform = await startPlatform({ host: { maxInstances: 1 }, withoutTicket: true })
})
after(() => platform.close())

const run = async (script: string, args: readonly string[], env: object = platform.env) => {
  const child = spawn(process.execPath, [...programOf(`scripts/${script}.ts`), ...args], {
    cwd: projectFolder,
    env: { PATH: process.env['PATH'], ENV_FILE: '/nowhere/.env', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const code = new Promise<number | null>((resolve) => {
    child.once('exit', resolve)
  })
  const [status, out, err] = await Promise.all([code, text(child.stdout), text(child.stderr)])
  return { status, out, err }
}

const words = v.object({ zh: v.string(), en: v.string() })
const reportSchema = v.object({
  ok: v.boolean(),
  findings: v.array(
    v.object({
      id: v.string(),
      level: v.string(),
      what: words,
      why: v.optional(words),
      click: v.optional(words),
      causes: v.optional(v.array(v.object({ what: words, verdict: v.string() }))),
    }),
  ),
})

const examine = async () => {
  const { status, out } = await run('doctor', ['--local', platform.host.url, '--json'])
  return { status, report: v.parse(reportSchema, JSON.parse(out)) }
}

test('the doctor names what is missing on a platform that WeChat never called, and is content when it has', async () => {
  const sick = await examine()
  assert.equal(sick.status, 1)
  assert.deepEqual(
    sick.report.findings.filter(({ level }) => level === 'error').map(({ id }) => id),
    ['timer.refreshTokens', 'timer.processQueue', 'ticket', 'token.component'],
  )
  const ticket = sick.report.findings.find(({ id }) => id === 'ticket')
  assert.deepEqual(ticket?.what, { zh: '从未收到 ticket', en: 'no ticket has ever come' })
  assert.deepEqual(
    ticket?.causes?.map(({ verdict }) => verdict),
    ['look', 'look', 'excluded', 'found', 'found', 'look', 'found'],
  )
  for (const { level, why, click } of sick.report.findings) if (level === 'error') assert.ok(why && click)

  await platform.host.fireTimer('processQueue')
  // The ticket that was asked for comes a moment later.
  await platform.wechat.control.settle()
  await editRows(platform, 'pushes', {}, { createTime: 1, receivedAt: new Date(1000) })
  const waiting = (await diagnose({}, platform.host.url)).find(({ id }) => id === 'ticket')
  const asked = waiting?.causes?.at(-1)
  assert.deepEqual([asked?.verdict, asked?.what.en], ['excluded', 'the platform asked for a push 0 minutes ago'])

  await platform.wechat.control.pushTicket()
  await platform.host.fireTimer('refreshTokens')
  await platform.host.fireTimer('processQueue')
  const well = await diagnose({}, platform.host.url)
  assert.deepEqual(
    well.filter(({ level }) => level === 'error'),
    [],
  )
})

test('the first owner is made from the command line, and makes an API key with which the same commands work', async () => {
  const at = ['--local', platform.host.url]
  assert.equal((await platform.ask('admins.list', {}, 'o-first')).ok, false)
  const put = await run('admin', ['put', 'o-first', 'owner', '小陈', ...at])
  assert.deepEqual([put.status, JSON.parse(put.out)], [0, { id: 'o-first', role: 'owner', name: '小陈' }])
  const made = await run('admin', ['key', 'ci', 'owner', ...at])
  const { key } = v.parse(v.object({ key: v.string() }), JSON.parse(made.out))
  const list = await run('admin', ['list'], { MINIFLEET_API_KEY: key, PUBLIC_BASE_URL: platform.host.url })
  assert.match(list.out, /"id": "o-first",\s+"role": "owner",\s+"name": "小陈"/)

  const wrong = await run('admin', ['put', 'o-second', 'king', ...at])
  assert.equal(wrong.status, 1)
  assert.match(wrong.err, /INVALID_ARGUMENT.*role/)
})

test("with an API key WeChat itself is asked whether it reaches the platform's address", async () => {
  await platform.wechat.control.pushTicket()
  const { key } = await platform.tell('apiKeys.create', { name: 'doctor', role: 'viewer' })
  const ask = async (): Promise<string | undefined> => {
    const findings = await diagnose({ ...platform.env, MINIFLEET_API_KEY: String(key) }, platform.host.url)
    return findings.find(({ id }) => id === 'callback')?.level
  }
  assert.equal(await ask(), 'ok')
  await platform.wechat.control.changeSettings({ callbackReached: false })
  assert.equal(await ask(), 'error')
})
