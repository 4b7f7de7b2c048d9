import { after, before } from 'node:test'
import type { Browser } from 'playwright-core'
import { findChromium } from '../../scripts/test/chromium.ts'
import { launchChromium } from '../fixtures/browser.ts'
import { OWNER, startPlatform, type LocalPlatform } from '../fixtures/platform.ts'
import { makeRolloutsDue, runQueue } from '../fixtures/shop.ts'
import { openPhone, type Phone } from './phone/phone.ts'
import { buildWorld, type World } from './world.ts'

/** Why nothing here can run, if it cannot. */
export const skip = findChromium() === undefined && 'there is no Chromium'

export const OPERATOR = 'o-operator'
export const VIEWER = 'o-viewer'

/** As addresses look in a deployment; `stage.here` is where they really lead. */
const PUBLIC_BASE_URL = 'https://minifleet.example.com'

interface Cast {
  readonly platform: LocalPlatform
  readonly world: World
  readonly browser: Browser
  readonly owner: Phone
  readonly operator: Phone
}

let cast: Cast | undefined

const present = (): Cast => {
  if (!cast) throw new Error('the curtain is down')
  return cast
}

/** One platform with its merchants and two phones for all tests: each begins where the one before it ended. */
export const stage = {
  get platform() {
    return present().platform
  },
  get world() {
    return present().world
  },
  get owner() {
    return present().owner
  },
  get operator() {
    return present().operator
  },
  open: (openid: string, options: { readonly url?: string; readonly language?: 'zh' | 'en' } = {}): Promise<Phone> =>
    openPhone(present().browser, stage.platform.host.url, { openid, ...options }),
  here: (url: string): string => url.replace(PUBLIC_BASE_URL, stage.platform.host.url),
  onWechat: (appid: string) => stage.platform.wechat.control.merchant(appid),
  /** What was sent to a path of WeChat's. */
  async bodiesOf(path: string): Promise<string[]> {
    const calls = await stage.platform.wechat.control.calls()
    return calls.filter((call) => call.path === path).map(({ body }) => JSON.stringify(body))
  },
  /** The minute is over: whatever waits is due, and the timer fires. */
  async passTime(): Promise<void> {
    await makeRolloutsDue(stage.platform)
    await runQueue(stage.platform)
  },
}

export const raiseCurtain = (): void => {
  before(
    async () => {
      if (skip) return
      const starting = launchChromium()
      const platform = await startPlatform({ env: { PUBLIC_BASE_URL } })
      const world = await buildWorld(platform)
      await platform.tell('admins.put', { id: OPERATOR, role: 'operator', name: '小陈' })
      await platform.tell('admins.put', { id: VIEWER, role: 'viewer', name: '老周' })
      const browser = await starting
      const [owner, operator] = await Promise.all(
        [OWNER, OPERATOR].map((openid) => openPhone(browser, platform.host.url, { openid })),
      )
      if (owner && operator) cast = { platform, world, browser, owner, operator }
    },
    { timeout: 60_000 },
  )
  after(async () => {
    await cast?.browser.close()
    await cast?.platform.close()
  })
}
