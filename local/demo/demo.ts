import { startHost, type Host } from '../host/host.ts'
import { startWechat, type RunningWechat } from '../wechat/server.ts'
import { demoOwner, inventCredentials } from './credentials.ts'
import type { Address } from './page.ts'
import { demoRoutes, type DemoSite } from './routes.ts'
import { seedDemo } from './seed.ts'

export interface DemoOptions {
  /** 0 picks a free one. */
  readonly port: number
  /** One line of a function's output. */
  readonly log?: (line: string) => void
  /** How long the simulated WeChat scans code after a commit; default 3. */
  readonly codeScanSeconds?: number
}

export interface Demo {
  /** The page to begin with. */
  readonly url: string
  readonly addresses: readonly Address[]
  readonly host: Host
  readonly wechat: RunningWechat
  close(): Promise<void>
}

/**
 * The built functions on the local host, the simulated WeChat with merchants and drafts beside them, and the page that leads through
 * the job. Everything is in memory.
 */
export const startDemo = async ({ port, log = () => undefined, codeScanSeconds = 3 }: DemoOptions): Promise<Demo> => {
  const { sealKeys, ...credentials } = inventCredentials()
  const wechat = await startWechat({
    // The first ticket goes out once its address is known, below.
    settings: { ...credentials, codeScanSeconds, ticketEverySeconds: 0 },
    seed: seedDemo,
  })
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
  }
  let site: DemoSite | undefined
  const extraRoutes = demoRoutes(() => {
    if (!site) throw new Error('the demo is still starting')
    return site
  })
  const host = await startHost({ port, functionEnv, extraRoutes, log }).catch(async (error: unknown) => {
    await wechat.close()
    throw error
  })
  Object.assign(functionEnv, { PUBLIC_BASE_URL: host.url, RETURN_URL_ORIGINS: host.url })
  const addresses = addressesOf(host.url, wechat.url)
  site = { host, wechatUrl: wechat.url, addresses }
  await wechat.control.changeSettings({
    eventUrl: `${host.url}/wechat/component`,
    messageUrl: `${host.url}/wechat/message/$APPID$`,
    ticketEverySeconds: 600,
  })
  await wechat.control.settle()
  return {
    url: `${host.url}/`,
    addresses,
    host,
    wechat,
    close: async () => {
      await host.close()
      await wechat.close()
    },
  }
}

const addressesOf = (hostUrl: string, wechatUrl: string): Address[] => [
  { title: '模拟的微信：总览 · Simulated WeChat', url: `${wechatUrl}/__wechat/` },
  { title: '审核员页面 · The reviewer', url: `${wechatUrl}/__wechat/auditor` },
  { title: '业务接口 · API for business servers', url: `${hostUrl}/api/v1/openapi.json` },
  { title: '文档数据库，SDK 协议 · Document database', url: `${hostUrl}/admin`, machine: true },
  { title: '函数实例 · Function instances', url: `${hostUrl}/__local/stats` },
]
