import assert from 'node:assert/strict'
import { execFile, spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { chmod, copyFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface, type Interface } from 'node:readline'
import { after, before, test } from 'node:test'
import { promisify } from 'node:util'
import { projectFolder } from '../../scripts/build/project-folder.ts'
import { newMerchant } from '../fixtures/authorizations.ts'
import { secrets, startPlatform, type LocalPlatform } from '../fixtures/platform.ts'
import { SECRET, startTarget } from './target.ts'
import { programOf } from '../fixtures/program.ts'

/* The built relay as a process of its own, laid out as in the container. */

let folder: string
const children: ChildProcess[] = []
before(async () => {
  await promisify(execFile)(process.execPath, programOf('scripts/build-relay.ts'), { cwd: projectFolder })
  folder = await mkdtemp(join(tmpdir(), 'relay-'))
  await copyFile(join(projectFolder, 'dist/relay/relay.js'), join(folder, 'relay.mjs'))
  await copyFile(join(projectFolder, 'dist/relay/start.sh'), join(folder, 'start.sh'))
})
after(async () => {
  for (const child of children) if (child.exitCode === null) child.kill('SIGTERM')
  await rm(folder, { recursive: true })
})

interface Running {
  readonly process: ChildProcess
  readonly lines: Interface
  readonly output: string[]
}

function run(command: string, args: readonly string[], env: Readonly<Record<string, string>>): Running {
  const child = spawn(command, args, {
    stdio: ['ignore', 'pipe', 'ignore'],
    env: { PATH: process.env['PATH'], RELAY_PORT: '0', RELAY_PAGES_PORT: '0', ...env },
  })
  children.push(child)
  const lines = createInterface({ input: child.stdout })
  const output: string[] = []
  lines.on('line', (line) => output.push(line))
  return { process: child, lines, output }
}

const runRelay = (env: Readonly<Record<string, string>>): Running =>
  run(process.execPath, [join(folder, 'relay.mjs')], env)

/** The first line that fits, told already or still to come. */
async function lineOf({ lines, output }: Running, pattern: RegExp, from = 0): Promise<string> {
  for (;;) {
    const found = output.slice(from).find((line) => pattern.test(line))
    if (found !== undefined) return found
    await once(lines, 'line')
  }
}

const readyIn = (line: string): { port: number; pid: number } => JSON.parse(line)

const portOf = (line: string): number => readyIn(line).port

const push = (port: number, path: string, body: string): Promise<Response> =>
  fetch(`http://127.0.0.1:${port}${path}`, { method: 'POST', body })

test('the relay starts, passes on what it gets, tells nothing, and stops when told to', async (t) => {
  const target = await startTarget()
  t.after(target.close)
  const relay = runRelay({ RELAY_TARGET: target.url, RELAY_SECRET: SECRET })
  const port = portOf(await lineOf(relay, /relay ready/))
  await lineOf(relay, /pages ready/)
  assert.equal((await push(port, '/component', '{"ComponentVerifyTicket":"ticket@@@x"}')).status, 200)
  assert.deepEqual(
    target.received.map(({ url, isSigned }) => [url, isSigned]),
    [['/wechat/component', true]],
  )
  target.reply = (response) => response.writeHead(403).end('forbidden')
  assert.equal(await (await push(port, '/biz/wx01', '{"Content":"private"}')).text(), 'forbidden')
  const exited = once(relay.process, 'close')
  relay.process.kill('SIGTERM')
  assert.deepEqual(await exited, [0, null])
  assert.deepEqual(
    relay.output.map((line) => line.replace(/(?<="(?:port|pid)":)\d+/g, 'N')),
    [
      '{"event":"relay ready","port":N,"pid":N}',
      '{"event":"pages ready","port":N}',
      '{"event":"not accepted","path":"/wechat/message/wx01","status":403}',
      '{"event":"relay stopped"}',
    ],
  )
})

test('a second signal does not cut a delivery short', async (t) => {
  const target = await startTarget()
  t.after(target.close)
  target.reply = (response) => {
    setTimeout(() => response.writeHead(200).end('success'), 300)
  }
  const relay = runRelay({ RELAY_TARGET: target.url, RELAY_SECRET: SECRET })
  const delivery = push(portOf(await lineOf(relay, /relay ready/)), '/component', '{}')
  while (target.received.length === 0) await new Promise((resolve) => setTimeout(resolve, 5))
  const exited = once(relay.process, 'close')
  relay.process.kill('SIGTERM')
  await new Promise((resolve) => setTimeout(resolve, 50))
  relay.process.kill('SIGTERM')
  assert.equal(await (await delivery).text(), 'success')
  assert.deepEqual(await exited, [0, null])
})

test('a wrong configuration is told by name and ends the relay for good', async () => {
  const relay = runRelay({ RELAY_TARGET: 'https://p.example', RELAY_SECRET: 'too-short-a-secret' })
  assert.deepEqual(await once(relay.process, 'close'), [78, null])
  assert.match(relay.output.join('\n'), /^\{"event":"relay not started","reason":"RELAY_SECRET must [^\n]+"\}$/)
  assert.doesNotMatch(relay.output.join('\n'), /too-short/)
})

test('a port that is taken is told too', async (t) => {
  const target = await startTarget()
  t.after(target.close)
  const relay = runRelay({ RELAY_TARGET: target.url, RELAY_SECRET: SECRET, RELAY_PORT: new URL(target.url).port })
  assert.deepEqual(await once(relay.process, 'close'), [1, null])
  assert.match(relay.output.join('\n'), /EADDRINUSE/)
})

test('a pages port that is taken is told and stops nothing else; off opens none', async (t) => {
  const target = await startTarget()
  t.after(target.close)
  const env = { RELAY_TARGET: target.url, RELAY_SECRET: SECRET }
  const taken = new URL(target.url).port
  const relay = runRelay({ ...env, RELAY_PAGES_PORT: taken })
  assert.equal(await lineOf(relay, /pages not/), `{"event":"pages not opened","port":${taken},"reason":"EADDRINUSE"}`)
  assert.equal((await push(portOf(await lineOf(relay, /relay ready/)), '/component', '{}')).status, 200)
  const without = runRelay({ ...env, RELAY_PAGES_PORT: 'off' })
  assert.equal((await push(portOf(await lineOf(without, /relay ready/)), '/component', '{}')).status, 200)
  assert.deepEqual(without.output.length, 1)
})

test('the container: a relay that dies is started again, and both end together', async (t) => {
  const target = await startTarget()
  t.after(target.close)
  // Stands for 微管家: ends 微管家's way, when told to.
  await writeFile(join(folder, 'wxcomponent.sh'), 'echo "wxcomponent $$"\nwhile true; do sleep 0.1; done\n')
  const container = run('/bin/sh', [join(folder, 'start.sh')], {
    RELAY_TARGET: target.url,
    RELAY_SECRET: SECRET,
    WXCOMPONENT_COMMAND: `/bin/sh ${join(folder, 'wxcomponent.sh')}`,
  })
  const wxcomponent = Number(/\d+/.exec(await lineOf(container, /^wxcomponent \d+$/))?.[0])
  const { pid } = readyIn(await lineOf(container, /relay ready/))
  const told = container.output.length
  process.kill(pid, 'SIGKILL')
  const again = portOf(await lineOf(container, /relay ready/, told))
  assert.equal((await push(again, '/component', '{}')).status, 200)
  const exited = once(container.process, 'close')
  container.process.kill('SIGTERM')
  await exited
  await lineOf(container, /relay stopped/)
  assert.throws(() => process.kill(wxcomponent, 0), /ESRCH/)
})

test('the container with a service of its own: told its port and not the secret, started again, reached from outside', async (t) => {
  const target = await startTarget()
  t.after(target.close)
  const business = await startTarget()
  t.after(business.close)
  const place = await mkdtemp(join(tmpdir(), 'relay-java-'))
  t.after(() => rm(place, { recursive: true }))
  for (const file of ['relay.mjs', 'start.sh']) await copyFile(join(folder, file), join(place, file))
  await writeFile(join(place, 'app.jar'), '')
  // Stands for Java: tells how it was called, and ends when it is told to, after a while.
  const java = join(place, 'java')
  await writeFile(
    java,
    `#!/bin/sh
echo "java $$ $* port=$SERVER_PORT at=$SERVER_ADDRESS secret=\${RELAY_SECRET-none} mysql=$MYSQL_ADDRESS"
trap 'sleep 0.3; echo "java ended"; exit 143' TERM
while true; do sleep 0.1; done
`,
  )
  await chmod(java, 0o755)
  await writeFile(join(folder, 'wxcomponent.sh'), 'echo "wxcomponent $$"\nwhile true; do sleep 0.1; done\n')
  const container = run('/bin/sh', [join(place, 'start.sh')], {
    PATH: `${place}:${process.env['PATH']}`,
    RELAY_TARGET: target.url,
    RELAY_SECRET: SECRET,
    RELAY_BUSINESS_PORT: new URL(business.url).port,
    JAVA_OPTS: '-Xmx256m -Dx=y',
    MYSQL_ADDRESS: '10.0.0.1:3306',
    WXCOMPONENT_COMMAND: `/bin/sh ${join(folder, 'wxcomponent.sh')}`,
  })
  const first = await lineOf(container, /^java \d/)
  assert.equal(
    first.replace(/^java \d+/, 'java N'),
    `java N -Xmx256m -Dx=y -jar ${place}/app.jar port=${new URL(business.url).port} at=127.0.0.1 secret=none mysql=10.0.0.1:3306`,
  )
  const { port } = readyIn(await lineOf(container, /pages ready/))
  assert.equal((await fetch(`http://127.0.0.1:${port}/count`)).status, 200)
  assert.deepEqual(
    business.received.map(({ url }) => url),
    ['/count'],
  )
  const told = container.output.length
  process.kill(Number(/\d+/.exec(first)?.[0]), 'SIGKILL')
  await lineOf(container, /^java \d/, told)
  const exited = once(container.process, 'close')
  container.process.kill('SIGTERM')
  await exited
  // Nobody is cut short.
  assert.ok(container.output.includes('java ended'))
  assert.ok(container.output.some((line) => line.includes('relay stopped')))
})

test('the container ends when 微管家 ends, with its exit code, also while the relay is not configured', async () => {
  const end = join(folder, 'end')
  await writeFile(join(folder, 'ends.sh'), `while [ ! -f '${end}' ]; do sleep 0.1; done; exit 3\n`)
  const container = run('/bin/sh', [join(folder, 'start.sh')], {
    WXCOMPONENT_COMMAND: `/bin/sh ${join(folder, 'ends.sh')}`,
  })
  await lineOf(container, /relay not started/)
  await writeFile(end, '')
  assert.deepEqual(await once(container.process, 'close'), [3, null])
  assert.equal(container.output.filter((line) => line.includes('relay not started')).length, 1)
})

for (const [place, files] of [
  ['relay', ['relay.js', 'start.sh']],
  ['relay-java', ['relay.js', 'start.sh', 'app.jar']],
] as const)
  test(`the Dockerfile of ${place} takes what lies beside it, from Tencent's mirror, and opens port 80`, async () => {
    const dockerfile = await readFile(join(projectFolder, 'dist', place, 'Dockerfile'), 'utf8')
    const copied = [...dockerfile.matchAll(/^COPY (?!--from)(\S+) (\S+)/gm)]
    assert.deepEqual(
      copied.map(([, from]) => from),
      files,
    )
    for (const file of files) if (file !== 'app.jar') await readFile(join(projectFolder, 'dist', place, file))
    assert.match(dockerfile, /^RUN sed -i 's\/dl-cdn\.alpinelinux\.org\/mirrors\.tencent\.com\/g' /m)
    assert.match(dockerfile, /^EXPOSE 80\nCMD \["\/bin\/sh", "\/opt\/relay\/start\.sh"\]\n$/m)
  })

test('what 微管家 forwards reaches the real platform: ticket, authorization, message, test button', async (t) => {
  const platform: LocalPlatform = await startPlatform({ withoutTicket: true })
  t.after(() => platform.close())
  const relay = runRelay({ RELAY_TARGET: platform.host.url, RELAY_SECRET: secrets.forwarder })
  const port = portOf(await lineOf(relay, /relay ready/))
  const { control } = platform.wechat
  const now = Math.floor(Date.now() / 1000)
  const forward = async (path: string, fields: object) => {
    const answer = await push(port, path, JSON.stringify(fields))
    return [answer.status, await answer.text()]
  }
  const AppId = platform.env['COMPONENT_APPID']
  await control.changeSettings({ holdPushes: true })
  await control.pushTicket()
  const ticket = /ticket@@@[^\]<]+/.exec((await control.pushes()).at(-1)?.message ?? '')?.[0]
  assert.ok(ticket)
  const ticketPush = { AppId, CreateTime: now, InfoType: 'component_verify_ticket', ComponentVerifyTicket: ticket }
  assert.deepEqual(await forward('/component', ticketPush), [200, 'success'])

  const appid = await newMerchant(platform)
  const preAuthCode = (await control.createPreAuthCode()).value
  const { pushCode } = await control.authorize({ preAuthCode, appid })
  const authorized = {
    InfoType: 'authorized',
    AuthorizerAppid: appid,
    AuthorizationCode: pushCode,
    PreAuthCode: preAuthCode,
  }
  assert.deepEqual(await forward('/component', { AppId, CreateTime: now + 1, ...authorized }), [200, 'success'])
  assert.equal((await platform.tell('authorizers.get', { appid }))['status'], 'active')

  const message = {
    ToUserName: 'gh_x',
    FromUserName: 'o-x',
    CreateTime: now,
    MsgType: 'text',
    Content: '在吗',
    MsgId: 1,
  }
  assert.deepEqual(await forward(`/biz/${appid}`, message), [200, 'success'])
  const { items } = await platform.tell('events.list', { appid })
  assert.match(JSON.stringify(items), /在吗/)

  for (const [path, test] of [
    ['/component', { InfoType: 'authorized' }],
    ['/biz/wxtestappid', { MsgType: 'event', Event: 'weapp_audit_success', ToUserName: 'T', FromUserName: 'F' }],
  ] as const)
    assert.deepEqual(await forward(path, { CreateTime: now, ...test, Data: 'TestData' }), [200, 'success'])
  const exited = once(relay.process, 'close')
  relay.process.kill('SIGTERM')
  await exited
})
