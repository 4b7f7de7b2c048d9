import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { startPages } from '../../relay/pages.ts'
import { startRelay } from '../../relay/relay.ts'
import type { WechatControl } from '../wechat/control/control.ts'
import { createMerchant } from '../wechat/merchants.ts'
import type { RunningWechat } from '../wechat/server.ts'
import type { WechatState } from '../wechat/state.ts'
import type { WeiguanjiaCredentials } from '../weiguanjia/tokens.ts'
import { startWeiguanjia } from '../weiguanjia/weiguanjia.ts'
import { accounts, attributesOf, businessIdOf, shops } from './history/shops.ts'

/* The tour for those who move in: a fleet that lives with 微管家, the relay beside it, and a platform that knows nobody yet. */

/** The last ones have not authorized yet: the visitor invites them. */
const NEWCOMERS = 2
const settled = accounts.filter(
  (account) => !shops.slice(-NEWCOMERS).some(({ nickName }) => nickName === account.nickName),
)

/** Merchants who authorized long ago; one has nothing online, some have a review under way. */
export async function seedFleet(state: WechatState, control: WechatControl): Promise<void> {
  await control.createTemplate({ userVersion: '1.0.0', userDesc: '门店小程序：首页、点单、我的' })
  for (const [at, account] of accounts.entries()) {
    const { appid } = createMerchant(state, account)
    if (!settled.includes(account)) continue
    await control.grantQuietly({ appid, exchanged: true })
    if (account.accountType === 'officialAccount' || at === 0) continue
    await control.bringVersion({ appid, version: `0.9.${at % 4}`, description: '微管家时期的版本' })
    if (at % 10 === 5) await control.bringVersion({ appid, version: '1.0.0', to: 'auditing' })
  }
}

/** A function's first start on a busy machine. */
const PATIENCE_MS = 20_000

interface Place {
  readonly wechat: RunningWechat
  readonly platformUrl: string
  readonly credentials: WeiguanjiaCredentials
  readonly forwarderSecret: string
  /** The provider's own table of merchants is put there. */
  readonly folder: string
}

/** 微管家 with the relay in its container; no rule is entered and the proxy is off. */
export async function openWeiguanjia({ wechat, platformUrl, credentials, forwarderSecret, folder }: Place) {
  const target = new URL(platformUrl)
  const [relay, pages] = await Promise.all([
    startRelay({ target, secret: forwarderSecret, port: 0, deliveryMs: PATIENCE_MS }),
    startPages({ target, pagesPort: 0, log: () => undefined }),
  ])
  const weiguanjia = await startWeiguanjia({
    ...credentials,
    wechatUrl: wechat.url,
    relayPort: relay.port,
    proxyPort: pages.port,
    // A visitor need not wait for five minutes.
    cacheMs: 0,
  })
  const { url } = weiguanjia
  await wechat.control.changeSettings({
    eventUrl: `${url}/wxcallback/component`,
    messageUrl: `${url}/wxcallback/biz/$APPID$`,
  })
  await wechat.control.pushTicket()
  await weiguanjia.tokens.fetchList()
  const table = join(folder, 'merchants.csv')
  await mkdir(folder, { recursive: true })
  await writeFile(table, tableOf(wechat.state))
  return {
    url,
    /** What a browser is given: the one domain that this WeChat lets merchants come from. */
    authBaseUrl: url.replace('127.0.0.1', ENTRY_DOMAIN),
    table,
    close: async (): Promise<void> => {
      await Promise.all([weiguanjia.close(), relay.close(), pages.close()])
    },
  }
}

export type BesideWeiguanjia = Awaited<ReturnType<typeof openWeiguanjia>>

export const ENTRY_DOMAIN = 'localhost'

/** As Excel would save it. */
function tableOf({ merchants }: WechatState): string {
  const lines = [...merchants.values()]
    .filter(({ accountType }) => accountType === 'miniProgram')
    .slice(0, -NEWCOMERS)
    .map(({ appid, nickName }, at) => {
      const { shopName = '', city = '', theme = '' } = attributesOf(nickName)
      return [businessIdOf(at), appid, shopName, city, theme].join(',')
    })
  return `\uFEFF${['businessId,appid,shopName,city,theme', ...lines].join('\r\n')}\r\n`
}
