import assert from 'node:assert/strict'
import { execFile, spawn } from 'node:child_process'
import { createHmac } from 'node:crypto'
import { once } from 'node:events'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import { promisify } from 'node:util'
import { projectFolder } from '../../scripts/build/project-folder.ts'
import { newMerchant } from '../fixtures/authorizations.ts'
import { freePort } from '../fixtures/free-port.ts'
import { missing } from '../fixtures/installed.ts'
import { secrets, startPlatform, type LocalPlatform } from '../fixtures/platform.ts'

/* The programs of docs/relay.md, as they stand there, sign for the real functions. */

const run = promisify(execFile)

let page: string
let platform: LocalPlatform
let folder: string
before(async () => {
  page = await readFile(join(projectFolder, 'docs/relay.md'), 'utf8')
  platform = await startPlatform()
  folder = await mkdtemp(join(tmpdir(), 'recipes-'))
})
after(async () => {
  await platform.close()
  await rm(folder, { recursive: true })
})

interface Recipe {
  readonly language: string
  readonly file: string
  /** Not run where one of them is missing. */
  readonly needs: readonly string[]
  readonly build?: (file: string) => Promise<unknown>
  readonly start: (file: string, port: number) => readonly [string, ...string[]]
}

const spring = join(projectFolder, 'test/relay/spring')

const recipes: readonly Recipe[] = [
  {
    language: 'java',
    file: 'ForwardedPushes.java',
    needs: ['javac', 'java'],
    build: (file) =>
      run('javac', ['-d', join(folder, 'classes'), '-sourcepath', spring, join(spring, 'Main.java'), file]),
    start: () => ['java', '-cp', join(folder, 'classes'), 'Main'],
  },
  {
    language: 'go',
    file: 'forward.go',
    needs: ['go'],
    build: (file) =>
      run('go', ['build', '-o', join(folder, 'forward'), file], {
        env: { ...process.env, GO111MODULE: 'off', GOCACHE: join(folder, 'go') },
      }),
    start: () => [join(folder, 'forward')],
  },
  { language: 'python', file: 'forward.py', needs: ['python3'], start: (file) => ['python3', file] },
  {
    language: 'php',
    file: 'forward.php',
    needs: ['php'],
    start: (file, port) => ['php', '-S', `127.0.0.1:${port}`, file],
  },
  { language: 'js', file: 'forward.mjs', needs: [], start: (file) => [process.execPath, file] },
]

async function answers(port: number): Promise<void> {
  for (;;) {
    const answer = await fetch(`http://127.0.0.1:${port}/`, { method: 'POST', body: '{}' }).catch(() => undefined)
    if (answer) return
    await wait(50)
  }
}

test('the example of the recipe is right', () => {
  const [, secret = '', timestamp, nonce, body, signature] =
    /secret `(\w+)`, timestamp `(\d+)`, nonce `(\w+)` and body\s+`(\S+)` the signature is `v1=(\w+)`/.exec(page) ?? []
  assert.equal(createHmac('sha256', secret).update(`v1.${timestamp}.${nonce}.${body}`).digest('hex'), signature)
})

const send = async (port: number, path: string, fields: object) => {
  const answer = await fetch(`http://127.0.0.1:${port}${path}`, { method: 'POST', body: JSON.stringify(fields) })
  return [answer.status, answer.headers.get('content-type')?.split(';')[0], (await answer.text()).trim()]
}

for (const { language, file, needs, build, start } of recipes) {
  test(
    `${language}: events and messages arrive, a wrong secret and a platform that is gone are told`,
    { skip: missing(...needs) },
    async (t) => {
      const code = new RegExp(`\`\`\`${language}\\n([^]*?)\`\`\``).exec(page)?.[1]
      assert.ok(code)
      const source = join(folder, file)
      await writeFile(source, code)
      await build?.(source)
      const serve = async (target: string, secret: string): Promise<number> => {
        const port = await freePort()
        const [command, ...args] = start(source, port)
        const child = spawn(command, args, {
          stdio: 'ignore',
          env: { PATH: process.env['PATH'], RELAY_TARGET: target, RELAY_SECRET: secret, RELAY_PORT: String(port) },
        })
        const ended = once(child, 'exit')
        t.after(async () => {
          child.kill('SIGKILL')
          await ended
        })
        await answers(port)
        return port
      }
      const now = Math.floor(Date.now() / 1000)
      const good = await serve(platform.host.url, secrets.forwarder)
      const success = [200, 'text/plain', 'success']
      const appid = await newMerchant(platform)
      const AppId = platform.env['COMPONENT_APPID']
      const unknown = { AppId, CreateTime: now, InfoType: `seen_by_${language}`, Name: '老王 <x> \u0001' }
      assert.deepEqual(await send(good, '/component', unknown), success)
      const message = {
        ToUserName: 'gh_x',
        FromUserName: 'o-x',
        CreateTime: now,
        MsgType: 'text',
        Content: `在吗 ${language}`,
        MsgId: 1,
      }
      assert.deepEqual(await send(good, `/biz/${appid}`, message), success)
      const seen = JSON.stringify([
        await platform.tell('events.list', { type: `wechat.seen_by_${language}` }),
        await platform.tell('events.list', { appid }),
      ])
      assert.match(seen, new RegExp(`老王 <x>[^]*在吗 ${language}`))

      const wrong = await serve(platform.host.url, 'x'.repeat(32))
      assert.deepEqual(await send(wrong, '/component', unknown), [403, 'text/plain', 'forbidden'])
      const gone = await serve('http://127.0.0.1:9', secrets.forwarder)
      const [status, , text] = await send(gone, '/component', unknown)
      assert.deepEqual([status, text], [503, 'retry'])
    },
  )
}
