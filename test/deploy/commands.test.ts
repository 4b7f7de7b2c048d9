import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { promisify } from 'node:util'
import { projectFolder } from '../../scripts/build/project-folder.ts'
import { collections } from '../../shared/cloudbase/collections.ts'
import { readText } from '../../scripts/deploy/read-text.ts'
import { readEnvironment } from '../../scripts/deploy/values.ts'
import { envFile, runScript } from './run-deploy.ts'

/* What the commands say before anything is asked of the cloud, and where there is no cloud to ask. */

/** Nothing listens there. */
const nowhere = { url: 'http://127.0.0.1:9' }

const empty = Object.fromEntries(Object.keys(envFile).map((name) => [name, '']))

let folder: string
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'commands-'))
})
after(() => rm(folder, { recursive: true }))

test('all variables that are missing or malformed are named at once, each with the form that is wanted, none with its value', async () => {
  const wrong = {
    ...empty,
    ENV_ID: 'fleet-env',
    COMPONENT_APPID: 'gh_marker',
    PUBLIC_BASE_URL: 'http://fleet.example.com/marker',
    COMPONENT_AES_KEY: 'marker',
    ADMIN_OPENIDS: 'o-"marker"',
  }
  const { code, out, err } = await runScript(nowhere, 'deploy', [], wrong).ended
  assert.equal(code, 1)
  assert.equal(out, '')
  assert.deepEqual(
    [...err.matchAll(/^ {2}- (\w+) .* · (.*)$/gm)].map(([, name, state]) => `${name} ${state}`),
    [
      'TENCENTCLOUD_SECRETID is not set',
      'TENCENTCLOUD_SECRETKEY is not set',
      'COMPONENT_APPID is malformed',
      'COMPONENT_APPSECRET is not set',
      'COMPONENT_TOKEN is not set',
      'COMPONENT_AES_KEY is malformed',
      'SEAL_KEYS is not set',
      'PUBLIC_BASE_URL is malformed',
      'ADMIN_OPENIDS holds a quote, a backslash or a control character, which would break cloudbaserc.json',
    ],
  )
  for (const form of ['wx and 16 hex digits', '43 letters and digits', 'the https address', 'base64 of 32 bytes'])
    assert.ok(err.includes(form), form)
  assert.doesNotMatch(err, /marker/)

  const check = await runScript(nowhere, 'doctor', ['--release-check'], empty).ended
  assert.equal(check.code, 2)
  for (const name of ['COMPONENT_APPID', 'COMPONENT_TOKEN', 'COMPONENT_AES_KEY', 'PUBLIC_BASE_URL'])
    assert.match(check.err, new RegExp(`- ${name} 未设置 · is not set`))
})

test('without a network a dry run shows what a new environment would get', async () => {
  const { code, out, err } = await runScript(nowhere, 'deploy', ['--dry-run']).ended
  assert.deepEqual([code, err], [0, ''])
  assert.match(out, /the cloud cannot be reached, so this is the plan for a new environment/)
  for (const { name } of collections) assert.match(out, new RegExp(`create collection ${name}\n`))
  assert.match(out, /deploy receiveTicket \(new\), receiveMessage \(new\)/)
  assert.match(out, /create routes: \/wechat\/component → receiveTicket/)
  assert.match(out, /nothing was changed/)
})

test('without a network the others say so, and what they did not look at', async () => {
  const doctor = await runScript(nowhere, 'doctor', []).ended
  assert.equal(doctor.code, 1)
  assert.match(doctor.out, /本机无法连接腾讯云，未做任何检查 · this machine cannot reach Tencent Cloud: .*ECONNREFUSED/)
  const local = await runScript(nowhere, 'doctor', ['--local', nowhere.url]).ended
  assert.match(local.out, /^✖ http:\/\/127\.0\.0\.1:9 没有正在运行的本机平台 · no local host answers there\n/)
  for (const command of [['export', join(folder, 'backup')], ['list']]) {
    const admin = await runScript(nowhere, 'admin', [...command, '--local', nowhere.url]).ended
    assert.equal(admin.code, 1)
    assert.match(
      admin.err,
      /^✖ http:\/\/127\.0\.0\.1:9 没有正在运行的本机平台 · no local host answers there\n.*npm start/,
    )
  }
  const deploy = await runScript(nowhere, 'deploy', []).ended
  assert.equal(deploy.code, 1)
  assert.match(deploy.err, /✖ 网络不通 · no connection \(ECONNREFUSED: .*\n.*--dry-run/)
})

test('a file that an editor or a shell of Windows wrote is read as it is meant', async () => {
  const file = join(folder, '.env')
  const lines = 'COMPONENT_APPID=wx0123456789abcdef\r\n# 密钥\r\nCOMPONENT_TOKEN=token\r\n'
  const forms = [
    Buffer.from(lines),
    Buffer.from(`\uFEFF${lines}`),
    Buffer.from(`\uFEFF${lines}`, 'utf16le'),
    Buffer.from(`\uFEFF${lines}`, 'utf16le').swap16(),
  ]
  for (const form of forms) {
    await writeFile(file, form)
    assert.equal(await readText(file), lines)
    assert.deepEqual(
      { ...(await readEnvironment({ ENV_FILE: file })) },
      { COMPONENT_APPID: 'wx0123456789abcdef', COMPONENT_TOKEN: 'token', ENV_FILE: file },
    )
  }
})

test('a Node that is too old is told in one sentence', async () => {
  const old = join(folder, 'old.cjs')
  await writeFile(old, "Object.defineProperty(process.versions, 'node', { value: '20.18.3' })")
  const run = promisify(execFile)(process.execPath, ['--require', old, 'scripts/run.cjs', 'scripts/deploy.ts'], {
    cwd: projectFolder,
  })
  await assert.rejects(run, {
    code: 1,
    stdout: '',
    stderr:
      'Minifleet 需要 Node.js 20.19 或更高版本，当前为 20.18.3 · needs Node.js 20.19 or newer, this is 20.18.3: https://nodejs.org\n',
  })
})
