import assert from 'node:assert/strict'
import { createServer, type RequestListener } from 'node:http'
import { after, before, test } from 'node:test'
import { listen } from '../../relay/listen.ts'
import { startPages } from '../../relay/pages.ts'
import { startRelay } from '../../relay/relay.ts'
import { consoleValues } from '../../scripts/deploy/summary.ts'
import { lookAtEntry } from '../../scripts/doctor/entry.ts'
import { secrets, startPlatform, type LocalPlatform } from '../fixtures/platform.ts'

/* Where 微管家 passes on to, rightly and wrongly. */

let platform: LocalPlatform
before(async () => {
  platform = await startPlatform()
})
after(() => platform.close())

/** What is said of an entry at this port; that it has a port at all is said of each. */
const seen = async (port: number): Promise<string[]> => {
  const findings = await lookAtEntry({
    publicBaseUrl: platform.host.url,
    authBaseUrl: `http://127.0.0.1:${port}`,
  })
  for (const { level, why, click } of findings) if (level === 'error') assert.ok(why && click)
  return findings.slice(1).map(({ id, level, what }) => `${id} ${level} ${what.en.replace(/^http:\S+ /, '')}`)
}

async function serve(answer: RequestListener): Promise<number> {
  const server = createServer(answer)
  after(() => server.close())
  return listen(server, 0)
}

const both = (what: string): string[] => [`entry.start error ${what}`, `entry.callback error ${what}`]

test('the relay’s pages port leads to the merchants’ pages', async (t) => {
  const pages = await startPages({ target: new URL(platform.host.url), pagesPort: 0, log: () => undefined })
  t.after(() => pages.close())
  assert.deepEqual(await seen(pages.port), [
    'entry.start ok reaches the platform',
    'entry.callback ok reaches the platform',
  ])
  const lost = await startPages({ target: new URL('http://127.0.0.1:9'), pagesPort: 0, log: () => undefined })
  t.after(() => lost.close())
  assert.deepEqual(await seen(lost.port), both('the relay does not reach the platform'))
})

test('the port that signs is told first', async (t) => {
  const relay = await startRelay({ target: new URL(platform.host.url), secret: secrets.forwarder, port: 0 })
  t.after(() => relay.close())
  assert.deepEqual(await seen(relay.port), [
    'entry.signer error 外部请求透传 leads to the port of the relay that signs',
    ...both('does not reach the relay (404)'),
  ])
})

test('微管家 without a port behind it, another service, and nothing at all', async () => {
  const unset = await serve((_, response) => response.end('{"code":-1,"errorMsg":"dial tcp"}'))
  assert.deepEqual(await seen(unset), both('微管家 finds nothing at the port it passes on to'))
  const other = await serve((_, response) => response.end('ok'))
  assert.deepEqual(await seen(other), both('something else answers (HTTP 200)'))
  assert.match(
    (await seen(9)).join(),
    /^entry\.start error cannot be reached: .*entry\.callback error cannot be reached/,
  )
})

test('the three domains that WeChat’s console must show, in both modes', () => {
  const publicBaseUrl = 'https://fleet.example.com/base'
  const values = (authBaseUrl: string) => consoleValues({ publicBaseUrl, authBaseUrl, addresses: ['203.0.113.1'] })
  assert.deepEqual(values(publicBaseUrl), [
    ['授权发起页域名', 'fleet.example.com'],
    ['授权事件接收URL', 'https://fleet.example.com/base/wechat/component'],
    ['消息与事件接收URL', 'https://fleet.example.com/base/wechat/message/$APPID$'],
    ['白名单IP地址列表', '203.0.113.1'],
  ])
  assert.deepEqual(values('https://fleet-1.sh.run.tcloudbase.com'), [
    ['授权发起页域名', 'fleet-1.sh.run.tcloudbase.com (云服务模式固定，不改 · fixed by WeChat)'],
    ['授权事件接收URL', '(云服务模式固定，不改 · fixed by WeChat) 微管家消息转发器 → 8090 /component'],
    ['消息与事件接收URL', '(云服务模式固定，不改 · fixed by WeChat) 微管家消息转发器 → 8090 /biz/$APPID$'],
    ['白名单IP地址列表', '203.0.113.1'],
  ])
})
