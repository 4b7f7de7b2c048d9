import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { Hono } from 'hono'
import { startHost, type Host } from '../host/host.ts'
import { loopbackOnly } from '../host/loopback.ts'
import { createMerchant } from '../wechat/merchants.ts'
import { startWechat, type RunningWechat } from '../wechat/server.ts'
import { demoApi, type Tour } from './api-routes.ts'
import { ENTRY_DOMAIN, openWeiguanjia, seedFleet, type BesideWeiguanjia } from './beside-weiguanjia.ts'
import { openBusinessServer } from './business-server.ts'
import { demoOwner } from './credentials.ts'
import { chapters } from './history/chapters.ts'
import { startSeeding, type Seeding } from './history/seeding.ts'
import { accounts } from './history/shops.ts'
import { openKeptWorld } from './kept-world.ts'
import { openOutages } from './outages.ts'
import { startPace } from './pace.ts'
import { phoneRoute } from './phone-page.ts'
import { returnRoute } from './return-page.ts'
import { openSession } from './session.ts'
import type { World } from './world.ts'

export interface Address {
  readonly title: string
  readonly url: string
}

export interface DemoOptions {
  /** 0 picks a free one. */
  readonly port: number
  /** One line of a function's output. */
  readonly log?: (line: string) => void
  /** How long the simulated WeChat scans code after a commit, once the history is told; default 3. */
  readonly codeScanSeconds?: number
  /** Where merchants may be sent back to beside the demo's own page; comma-separated. */
  readonly returnUrlOrigins?: string | undefined
  /** Keeps the database, WeChat and the credentials there; without it everything is in memory. */
  readonly dataFolder?: string | undefined
  /** Somebody wants to begin anew. Without it there is no button for that. */
  readonly onReset?: () => void
  /** Whether about 30 merchants get a past; default true. */
  readonly history?: boolean
  /** The merchants live with a stand-in for 微管家, and this platform does not know them yet; their table is put into this folder. */
  readonly besideWeiguanjia?: string | undefined
}

export interface Demo {
  /** The page to begin with. */
  readonly url: string
  readonly addresses: readonly Address[]
  readonly host: Host
  readonly wechat: RunningWechat
  readonly seeding: Seeding
  readonly beside: BesideWeiguanjia | undefined
  /** An owner's session, for commands. */
  readonly signIn: () => Promise<string>
  close(): Promise<void>
}

/**
 * The built functions on the local host, the simulated WeChat beside them, and merchants in every state, made in the background
 * through the platform's own operations.
 */
export const startDemo = async ({
  port,
  log = () => undefined,
  codeScanSeconds = 3,
  returnUrlOrigins = '',
  dataFolder,
  onReset,
  history: isToldAnew = true,
  besideWeiguanjia: tableFolder,
}: DemoOptions): Promise<Demo> => {
  const kept = await openKeptWorld(dataFolder)
  const { restore } = kept
  const history = isToldAnew && restore === undefined && tableFolder === undefined
  const forwarderSecret = randomBytes(32).toString('hex')
  const { sealKeys, ...credentials } = kept.credentials
  const wechat = await startWechat({
    // The first ticket goes out once its address is known, below; what is seeded need not wait for a scan.
    settings: {
      ...credentials,
      codeScanSeconds: history ? 0 : codeScanSeconds,
      ticketEverySeconds: 0,
      ...(tableFolder !== undefined && { plainPushes: true, entryDomain: ENTRY_DOMAIN }),
    },
    seed: async ({ state, control }) => {
      if (restore) restore(state)
      else if (tableFolder !== undefined) await seedFleet(state, control)
      else for (const account of accounts) createMerchant(state, account)
    },
  })
  kept.watch(wechat.state)
  const functionEnv: Record<string, string> = {
    COMPONENT_APPID: credentials.componentAppid,
    COMPONENT_APPSECRET: credentials.componentAppsecret,
    COMPONENT_TOKEN: credentials.token,
    COMPONENT_AES_KEY: credentials.encodingAesKey,
    SEAL_KEYS: sealKeys,
    ADMIN_OPENIDS: demoOwner,
    WEBHOOK_ALLOW_PRIVATE: 'true',
    WECHAT_API_BASE: wechat.url,
    WECHAT_PAGE_BASE: wechat.url,
    ...(tableFolder !== undefined && { FORWARDER_SECRET: forwarderSecret }),
  }
  const business = openBusinessServer()
  let tour: Tour | undefined
  const running = (): Tour => {
    if (!tour) throw new Error('the demo is still starting')
    return tour
  }
  const extraRoutes = new Hono()
    .use(loopbackOnly)
    .get('/', (c) => c.redirect('/console/'))
    .post('/demo/webhook', () => new Response(null, { status: business.take() }))
    .route(
      '/',
      returnRoute(() => running().world.host),
    )
    .route(
      '/',
      phoneRoute(() => running().world.host),
    )
    .route('/demo', demoApi(running, onReset))
  const host = await startHost({
    port,
    functionEnv,
    extraRoutes,
    consoleConfig: { demo: true },
    log,
    ...(dataFolder !== undefined && { dataFolder: join(dataFolder, 'database') }),
  }).catch(async (error: unknown) => {
    await wechat.close()
    await kept.close()
    throw error
  })
  Object.assign(functionEnv, {
    PUBLIC_BASE_URL: host.url,
    RETURN_URL_ORIGINS: [host.url, returnUrlOrigins].filter((origins) => origins.trim() !== '').join(','),
  })
  const beside =
    tableFolder === undefined
      ? undefined
      : await openWeiguanjia({ wechat, platformUrl: host.url, credentials, forwarderSecret, folder: tableFolder })
  if (beside) functionEnv['AUTH_BASE_URL'] = beside.authBaseUrl
  else
    await wechat.control.changeSettings({
      eventUrl: `${host.url}/wechat/component`,
      messageUrl: `${host.url}/wechat/message/$APPID$`,
    })
  await wechat.control.changeSettings({ ticketEverySeconds: 600 })
  await wechat.control.settle()
  const pace = startPace(host, wechat)
  const world: World = { host, wechat, business, pace, outages: openOutages(wechat.control) }
  const seeding = startSeeding(world, history ? chapters : [], log)
  void seeding.ended.then(() => wechat.control.changeSettings({ codeScanSeconds }))
  tour = { world, progress: () => seeding.progress }
  return {
    url: `${host.url}/`,
    addresses: [
      ...(beside ? [{ title: '微管家（替身） · A stand-in for 微管家', url: `${beside.url}/` }] : []),
      ...addressesOf(host.url, wechat.url),
    ],
    host,
    wechat,
    seeding,
    beside,
    signIn: openSession(() => host),
    close: async () => {
      seeding.stop()
      pace.stop()
      await beside?.close()
      await host.close()
      await wechat.close()
      await kept.close()
    },
  }
}

const addressesOf = (hostUrl: string, wechatUrl: string): Address[] => [
  { title: '模拟的微信：总览 · Simulated WeChat', url: `${wechatUrl}/__wechat/` },
  { title: '审核员页面 · The reviewer', url: `${wechatUrl}/__wechat/auditor` },
  { title: '业务接口 · API for business servers', url: `${hostUrl}/api/v1/openapi.json` },
  { title: '智能体的工具 · Tools for agents (MCP)', url: `${hostUrl}/mcp` },
  { title: '文档数据库，SDK 协议 · Document database', url: `${hostUrl}/admin` },
  { title: '函数实例 · Function instances', url: `${hostUrl}/__local/stats` },
]
