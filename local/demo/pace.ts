import * as v from 'valibot'
import type { Host } from '../host/host.ts'
import { AUDIT_STATUS, latestAuditOf, type Merchant } from '../wechat/merchants.ts'
import type { RunningWechat } from '../wechat/server.ts'
import { makeDue } from './time-travel.ts'

/** What goes on by itself, so that a visitor need not press a button for every step. */
export interface PaceSettings {
  /** Submissions made from now on are decided after so long; `null`: by the visitor. */
  readonly verdictSeconds: number | null
  /** Every how many of these verdicts is a rejection; 0: none. */
  readonly rejectEvery: number
  /** The timers run every so many seconds, and everything that waits is due then; `null`: as deployed, every minute. */
  readonly timerSeconds: number | null
}

export interface Pace {
  readonly settings: PaceSettings
  change(settings: Partial<PaceSettings>): void
  /** Runs the platform's timers once, with all that waits due now. What they counted, by name. */
  runTimers(): Promise<Counts>
  stop(): void
}

export type Counts = Readonly<Record<string, number>>

const countsSchema = v.record(v.string(), v.number())

const TICK_MS = 500

export const rejectionReason =
  '1:小程序服务类目与页面内容不符:<br>(1) 首页含商品售卖，请补充“商家自营”类目后重新提交<br>(2) 请上传页面截图以便复核'

export const startPace = (host: Host, wechat: RunningWechat): Pace => {
  let settings: PaceSettings = { verdictSeconds: null, rejectEvery: 0, timerSeconds: null }
  let verdictsSince = 0
  let verdicts = 0
  let timersAt = 0
  let running: Promise<Counts> | undefined

  // One that fails must not stop the other, nor the tour: its log is in the terminal.
  const fireOne = async (name: string): Promise<Counts> => {
    const counted = v.safeParse(countsSchema, await host.fireTimer(name).catch(() => undefined))
    return counted.success ? counted.output : {}
  }
  const fire = async (): Promise<Counts> => {
    await makeDue(host.database)
    return { ...(await fireOne('refreshTokens')), ...(await fireOne('processQueue')) }
  }
  /** Two at once would only wait for each other's leases. */
  const runTimers = (): Promise<Counts> =>
    (running ??= fire().finally(() => {
      running = undefined
    }))

  const isRipe = ({ audits }: Merchant, seconds: number): boolean => {
    const audit = audits.at(-1)
    return (
      audit?.status === AUDIT_STATUS.auditing &&
      audit.submittedAt >= verdictsSince &&
      Date.now() - audit.submittedAt >= seconds * 1000
    )
  }
  const decide = async ({ appid }: Merchant): Promise<void> => {
    verdicts += 1
    const rejects = settings.rejectEvery > 0 && verdicts % settings.rejectEvery === 0
    if (rejects) await wechat.control.rejectAudit({ appid, reason: rejectionReason })
    else await wechat.control.passAudit({ appid })
  }
  const tick = (): void => {
    const { verdictSeconds, timerSeconds } = settings
    if (verdictSeconds !== null)
      for (const merchant of wechat.state.merchants.values())
        if (isRipe(merchant, verdictSeconds)) void decide(merchant).catch(() => undefined)
    if (timerSeconds === null || Date.now() < timersAt) return
    timersAt = Date.now() + timerSeconds * 1000
    void runTimers()
  }
  const clock = setInterval(tick, TICK_MS)
  clock.unref()

  return {
    get settings() {
      return settings
    },
    change: (changes) => {
      if (settings.verdictSeconds === null && typeof changes.verdictSeconds === 'number') verdictsSince = Date.now()
      settings = { ...settings, ...changes }
    },
    runTimers,
    stop: () => {
      clearInterval(clock)
    },
  }
}

export const underReview = ({ wechat }: { readonly wechat: RunningWechat }): Merchant[] =>
  [...wechat.state.merchants.values()].filter((merchant) => {
    const status = latestAuditOf(merchant)?.status
    return status === AUDIT_STATUS.auditing || status === AUDIT_STATUS.delayed
  })
