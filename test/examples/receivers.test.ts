import assert from 'node:assert/strict'
import { createHmac } from 'node:crypto'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { projectFolder } from '../../scripts/build/project-folder.ts'
import { freePort } from '../fixtures/free-port.ts'
import { missing } from '../fixtures/installed.ts'
import { startPlatform, type LocalPlatform } from '../fixtures/platform.ts'
import { runProgram, type RunningProgram } from '../fixtures/running-program.ts'
import { authorizedMerchant } from '../fixtures/shop.ts'

/* The receivers of events in examples/, as their README starts them, with what the platform really delivers. */

let platform: LocalPlatform
let folder: string
const running: RunningProgram[] = []

before(async () => {
  platform = await startPlatform({ env: { WEBHOOK_ALLOW_PRIVATE: 'true' } })
  folder = await mkdtemp(join(tmpdir(), 'receivers-'))
})
after(async () => {
  for (const program of running) program.stop()
  await platform.close()
  await rm(folder, { recursive: true })
})

function run(command: readonly string[], port: number, secret: unknown): RunningProgram {
  const program = runProgram(command, { PORT: String(port), MINIFLEET_WEBHOOK_SECRET: secret, TMPDIR: folder })
  running.push(program)
  return program
}

const receivers: readonly [language: string, command: (port: number) => readonly [string, ...string[]]][] = [
  ['node', () => [process.execPath, 'examples/receive-events/receive.mjs']],
  ['python3', () => ['python3', 'examples/receive-events/receive.py']],
  ['php', (port) => ['php', '-S', `127.0.0.1:${port}`, 'examples/receive-events/receive.php']],
]

const at = (secondsAgo: number): Date => new Date(Date.now() - secondsAgo * 1000)

/** Signed by hand: no library takes an empty key. */
const signed = (key: Buffer, date: Date, body: string) => {
  const seconds = Math.floor(date.getTime() / 1000)
  const signature = createHmac('sha256', key).update(`msg_1.${seconds}.${body}`).digest('base64')
  return { 'webhook-id': 'msg_1', 'webhook-timestamp': String(seconds), 'webhook-signature': `v1,${signature}` }
}

for (const [language, command] of receivers)
  test(`${language} takes events, each once, and none that is forged or old`, { skip: missing(language) }, async () => {
    const port = await freePort()
    const url = `http://127.0.0.1:${port}/`
    const subscription = { url, match: { type: 'binding.*', appid: await authorizedMerchant(platform) } }
    const { subscriptionId, secret } = await platform.tell('subscriptions.put', subscription)
    const receiver = run(command(port), port, secret)
    await receiver.waitFor(/^ready|Development Server/)

    const businessId = `shop-${language}`
    const { appid } = subscription.match
    await platform.tell('bindings.bind', { businessId, appid, attributes: { city: '杭州' } })
    await platform.host.fireTimer('processQueue')
    const line = await receiver.waitFor(/binding\.bound/)
    assert.match(line, new RegExp(`binding\\.bound ${businessId} .*"city": ?"杭州"`))
    const { items } = await platform.tell('subscriptions.deliveries', { subscriptionId })
    const { deliveryId } = Object(items)[0]
    assert.equal((await platform.tell('subscriptions.redeliver', { deliveryId }))['delivered'], true)
    // For a day both secrets sign.
    await platform.tell('subscriptions.put', { ...subscription, subscriptionId, rotateSecret: true })
    assert.equal((await platform.tell('subscriptions.test', { subscriptionId }))['delivered'], true)
    await receiver.waitFor(/subscription\.test/)
    assert.equal(receiver.lines.filter((one) => one.includes('binding.bound')).length, 1)

    const body = JSON.stringify({ id: 'msg_1', type: 'forged', data: {} })
    const key = Buffer.from(String(secret).slice('whsec_'.length), 'base64')
    const post = async (to: string, headers: Record<string, string>): Promise<number> =>
      (await fetch(to, { method: 'POST', body, headers })).status
    const foreign = Buffer.alloc(24, 7)
    for (const headers of [
      {},
      signed(foreign, at(0), body),
      signed(key, at(0), `${body} `),
      signed(key, at(310), body),
      signed(key, at(-310), body),
      { ...signed(key, at(0), body), 'webhook-timestamp': '1'.repeat(400) },
      { ...signed(key, at(0), body), 'webhook-signature': 'v1,é' },
    ])
      assert.equal(await post(url, headers), 401, JSON.stringify(headers))
    assert.ok(!receiver.lines.some((one) => one.includes('forged')))

    // Without a secret nothing is believed that anybody could sign.
    const unready = await freePort()
    const careless = run(command(unready), unready, '')
    await Promise.race([careless.ended, careless.waitFor(/Development Server/).catch(() => undefined)])
    const told = await post(`http://127.0.0.1:${unready}/`, signed(Buffer.alloc(0), at(0), body)).catch(() => 0)
    assert.ok(told === 0 || told === 500, String(told))
  })

test('the example of the recipe for receivers is right, in both languages', async () => {
  for (const file of ['README.md', 'README.zh-CN.md']) {
    const page = await readFile(join(projectFolder, 'examples/receive-events', file), 'utf8')
    const { 'webhook-signature': signature } = signed(
      Buffer.from('minifleet-minifleet', 'utf8'),
      new Date(1_800_000_000_000),
      '{"id":"msg_1"}',
    )
    assert.ok(page.includes(`\`${signature}\``), file)
  }
})
