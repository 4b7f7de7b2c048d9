import { usedIn } from '../../wechat/usage.ts'
import { makeRefusedDue, makeTokenDue } from '../time-travel.ts'
import { anyAppid, askAboutAny } from '../token-trouble.ts'
import type { World } from '../world.ts'
import { action, nothing, type Action, type Outcome } from './action.ts'
import { describeAnswer, describeProblem, join } from './report.ts'

const OUTAGE = 'wechat'

const takeWechatDown = action(nothing, async (world) => {
  await world.outages.begin(OUTAGE, { path: '*', status: 502, body: '<html>502 Bad Gateway</html>' })
  return join(
    { zh: '微信的接口全部返回 502', en: "All of WeChat's API answers 502" },
    describeAnswer(await askAboutAny(world)),
  )
})

const bringWechatUp = action(nothing, async (world) => {
  await world.outages.end(OUTAGE)
  return join(
    { zh: '微信的接口恢复了', en: "WeChat's API works again" },
    {
      zh: '平台最多每 5 秒试探一次，几秒内全部恢复',
      en: 'The platform probes every 5 s at most and is back within seconds',
    },
  )
})

export const isWechatDown = ({ outages }: World): boolean => outages.has(OUTAGE)

/** What the simulated WeChat grants to begin with. */
const MONTHLY_QUOTA = 1000

const spendQuota = action(nothing, async ({ wechat }): Promise<Outcome> => {
  await wechat.control.changeSettings({ auditQuota: usedIn(wechat.state, 'audits', 'month') })
  return { zh: '本月提审额度剩 0 次。', en: 'The review quota of this month is 0.' }
})

const restoreQuota = action(nothing, async ({ wechat, pace }): Promise<Outcome> => {
  await wechat.control.changeSettings({ auditQuota: MONTHLY_QUOTA })
  await pace.runTimers()
  return { zh: '提审额度恢复，定时器已运行一次。', en: 'The review quota is back, and the timers ran once.' }
})

/** An address of the documentation range: nobody calls from there. */
const elsewhere = ['203.0.113.10']
const ADDRESS_REFUSED = 61004
const here = ['127.0.0.1', '::1', '::ffff:127.0.0.1']

const closeWhitelist = action(nothing, async (world) => {
  await world.wechat.control.changeSettings({ ipWhitelist: elsewhere })
  // The timer meets the refusal where it renews a token.
  await makeTokenDue(world.host.database, await anyAppid(world))
  await world.pace.runTimers()
  return join(
    { zh: '平台的 IP 不在微信白名单里了（61004）', en: "The platform's address is off WeChat's whitelist (61004)" },
    await describeProblem(world, 'ADDRESS_NOT_ALLOWED'),
    describeAnswer(await askAboutAny(world)),
  )
})

const openWhitelist = action(nothing, async (world) => {
  await world.wechat.control.changeSettings({ ipWhitelist: here })
  await makeRefusedDue(world.host.database, ADDRESS_REFUSED)
  await world.pace.runTimers()
  return join(
    { zh: '平台的 IP 加回了白名单', en: "The platform's address is on the whitelist again" },
    describeAnswer(await askAboutAny(world)),
    await describeProblem(world, 'ADDRESS_NOT_ALLOWED'),
  )
})

export const isWhitelistClosed = ({ wechat }: World): boolean =>
  wechat.state.settings.ipWhitelist?.includes('203.0.113.10') ?? false

export const wechatTroubleActions: Readonly<Record<string, Action>> = {
  takeWechatDown,
  bringWechatUp,
  spendQuota,
  restoreQuota,
  closeWhitelist,
  openWhitelist,
}
