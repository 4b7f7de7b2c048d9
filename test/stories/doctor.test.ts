import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { after, before, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { checkRelease } from '../../scripts/doctor/release-check.ts'
import { readTarget } from '../../scripts/doctor/target.ts'
import { rowsOf } from '../fixtures/interference.ts'
import { startPlatform, type LocalPlatform } from '../fixtures/platform.ts'
import { programOf } from '../fixtures/program.ts'

let platform: LocalPlatform
before(async () => {
  platform = await startPlatform()
})
after(() => platform.close())

const project = fileURLToPath(new URL('../../', import.meta.url))

/** Resolves with the exit status and all that was said. */
const doctor = (args: readonly string[], env: Readonly<Record<string, string | undefined>>) =>
  new Promise<{ status: number; said: string }>((resolve) => {
    const child = execFile(
      process.execPath,
      [...programOf('scripts/doctor.ts'), ...args],
      { cwd: project, env: { PATH: process.env['PATH'], ...env } },
      (_, stdout, stderr) => resolve({ status: child.exitCode ?? -1, said: stdout + stderr }),
    )
  })

const outcomes = async (env: Readonly<Record<string, string | undefined>>): Promise<boolean[]> =>
  (await checkRelease(readTarget(env, undefined), () => undefined)).map(({ passed }) => passed)

test('the doctor plays the robot against a running platform', async () => {
  const { status, said } = await doctor(['--release-check'], platform.env)
  assert.equal(status, 0, said)
  assert.equal(said.match(/^✓/gm)?.length, 6)
  assert.match(said, /all passed/)
  assert.deepEqual(rowsOf(platform, 'authorizers'), [])
  assert.equal(rowsOf(platform, 'pushes').filter((row) => row['type'] === 'wechat.component_verify_ticket').length, 1)
})

test('without a simulated WeChat it checks what can be checked', async () => {
  assert.deepEqual(await outcomes({ ...platform.env, WECHAT_API_BASE: '' }), [true, true, true, true, true, true])
})

test('it tells what came instead, and what to do', async () => {
  assert.deepEqual(await outcomes({ ...platform.env, COMPONENT_TOKEN: 'another' }), [
    false,
    true,
    true,
    false,
    false,
    false,
  ])
  const gone = await doctor(['--release-check', '--url', 'http://127.0.0.1:9'], platform.env)
  assert.equal(gone.status, 1)
  assert.match(gone.said, /✗ 授权事件接收URL: an event is answered success[^]*no connection[^]*HTTP route deployed/)
})

test('a platform whose message address does not answer fails', async () => {
  platform.host.database.faults.add({ when: 'before', kind: 'code' })
  assert.deepEqual(await outcomes({ ...platform.env, WECHAT_API_BASE: '' }), [false, true, true, false, false, false])
  platform.host.database.faults.clear()
})

test('called wrongly it says how, and shows no value', async () => {
  const wrong = await doctor(['--release-check', '--nonsense'], platform.env)
  assert.deepEqual([wrong.status, /Usage: npm run doctor/.test(wrong.said)], [2, true])
  assert.throws(
    () => readTarget({ ...platform.env, COMPONENT_AES_KEY: 'short-marker' }, undefined),
    (error: Error) => {
      assert.match(error.message, /COMPONENT_AES_KEY/)
      assert.doesNotMatch(error.message, /marker/)
      return true
    },
  )
  for (const name of ['COMPONENT_APPID', 'COMPONENT_TOKEN', 'PUBLIC_BASE_URL'])
    assert.throws(() => readTarget({ ...platform.env, [name]: '' }, undefined), new RegExp(name))
})
