import assert from 'node:assert/strict'
import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { test } from 'node:test'
import { promisify } from 'node:util'
import * as v from 'valibot'
import { projectFolder } from '../../../scripts/build/project-folder.ts'
import { localCommand, type LocalFlags } from '../../../scripts/local/flags.ts'
import { programOf } from '../../fixtures/program.ts'

async function read(args: readonly string[]): Promise<LocalFlags | undefined> {
  let flags: LocalFlags | undefined
  const command = localCommand(async (found) => {
    flags = found
  })
  await command.configureOutput({ writeErr: () => undefined }).parseAsync(args, { from: 'user' })
  return flags
}

const defaults = { port: 3000, timers: true }

const flags = [
  { args: [], means: defaults },
  { args: ['--port', '0', '--no-timers'], means: { ...defaults, port: 0, timers: false } },
  { args: ['--data', 'here', '--max-instances=100'], means: { ...defaults, data: 'here', maxInstances: 100 } },
  { args: ['--wechat', 'http://127.0.0.1:9/'], means: { ...defaults, wechat: 'http://127.0.0.1:9' } },
]
for (const { args, means } of flags)
  test(`npm run local -- ${args.join(' ')} is understood`, async () => {
    assert.deepEqual(await read(args), means)
  })

const mistakes = [
  ['--prot', '1'],
  ['--port', 'x'],
  ['--port', '65536'],
  ['--port'],
  ['--max-instances', '0'],
  ['--data', ''],
  ['--wechat', 'weixin.qq.com'],
  ['something'],
]
for (const args of mistakes)
  test(`npm run local -- ${args.join(' ')} is refused`, async () => {
    await assert.rejects(read(args), { name: 'CommanderError' })
  })

test('a mistake ends the command with status 2 and the usage', async () => {
  const run = promisify(execFile)(process.execPath, [...programOf('scripts/local.ts'), '--prot', '1'], {
    cwd: projectFolder,
  })
  await assert.rejects(run, { code: 2, stdout: '', stderr: /unknown option '--prot'[\s\S]*Usage: npm run local -- / })
})

const statsSchema = v.record(v.string(), v.object({ pids: v.array(v.number()) }))

const isAlive = (pid: number): boolean => {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

test('npm run local says where it is in one line, serves with a broken configuration, and leaves nothing behind', async () => {
  const npm = spawn('npm', ['run', '--silent', 'local', '--', '--port', '0', '--no-timers'], {
    cwd: projectFolder,
    env: { PATH: process.env.PATH, HOME: process.env.HOME, COMPONENT_APPID: 'wrong' },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const said: string[] = []
  const lines = createInterface({ input: npm.stdout }).on('line', (line) => said.push(line))
  const logged: string[] = []
  createInterface({ input: npm.stderr }).on('line', (line) => logged.push(line))
  await once(lines, 'line')
  const { url } = v.parse(v.object({ ready: v.literal(true), url: v.string() }), JSON.parse(said[0] ?? ''))
  assert.match(url, /^http:\/\/127\.0\.0\.1:\d+$/)

  const response = await fetch(`${url}/__local/invoke/manage`, {
    method: 'POST',
    body: JSON.stringify({ event: { operation: 'platform.status' }, identity: { openid: 'o1' } }),
  })
  assert.match(await response.text(), /^\{"result":\{"ok":false,"error":\{"code":"CONFIG_INVALID"/)
  const stats = v.parse(statsSchema, await (await fetch(`${url}/__local/stats`)).json())
  const [pid = 0] = stats.manage?.pids ?? []
  assert.ok(isAlive(pid))

  npm.kill('SIGTERM')
  while (isAlive(pid)) await new Promise((resolve) => setTimeout(resolve, 20))
  assert.deepEqual(said, [`{"ready":true,"url":"${url}"}`])
  assert.ok(logged.some((line) => line.includes('CONFIG_INVALID')))
})
