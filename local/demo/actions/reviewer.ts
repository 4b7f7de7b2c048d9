import * as v from 'valibot'
import { rejectionReason, underReview } from '../pace.ts'
import { action, fields, merchantInput, nameOf, nothing, type Action, type Outcome } from './action.ts'

const told = (name: string, version: string, zh: string, en: string): Outcome => ({
  zh: `「${name}」${version} ${zh}，微信已推送结果。`,
  en: `${name} ${version}: ${en}; WeChat pushed the result.`,
})

const approve = action(merchantInput, async (world, { appid }) => {
  const { audit } = await world.wechat.control.passAudit({ appid })
  return told(nameOf(world, appid), audit.version.version, '审核通过', 'approved')
})

const approveAll = action(nothing, async (world): Promise<Outcome> => {
  const waiting = underReview(world)
  for (const { appid } of waiting) await world.wechat.control.passAudit({ appid })
  return { zh: `${waiting.length} 个版本审核通过。`, en: `Approved: ${waiting.length}.` }
})

const reject = action(
  v.strictObject({
    appid: fields.appid,
    reason: v.optional(fields.reason, rejectionReason),
    screenshots: v.optional(v.boolean(), true),
  }),
  async (world, { appid, reason, screenshots }) => {
    const { audit } = await world.wechat.control.rejectAudit({
      appid,
      reason,
      ...(!screenshots && { screenshots: [] }),
    })
    return told(nameOf(world, appid), audit.version.version, '被驳回', 'rejected')
  },
)

const delay = action(
  v.strictObject({ appid: fields.appid, reason: v.optional(fields.reason) }),
  async (world, { appid, reason }) => {
    const { audit } = await world.wechat.control.delayAudit({ appid, ...(reason !== undefined && { reason }) })
    return told(nameOf(world, appid), audit.version.version, '审核延期', 'delayed')
  },
)

const seconds = v.nullable(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(3600)))

const setPace = action(
  v.strictObject({
    verdictSeconds: v.optional(seconds),
    rejectEvery: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(100))),
    timerSeconds: v.optional(seconds),
  }),
  async ({ pace }, { verdictSeconds, rejectEvery, timerSeconds }): Promise<Outcome> => {
    pace.change({
      ...(verdictSeconds !== undefined && { verdictSeconds }),
      ...(rejectEvery !== undefined && { rejectEvery }),
      ...(timerSeconds !== undefined && { timerSeconds }),
    })
    const now = pace.settings
    const every = now.rejectEvery
    return {
      zh: [
        now.verdictSeconds === null
          ? '审核由你决定'
          : `新提交的版本 ${now.verdictSeconds} 秒后出结果${every > 0 ? `，每 ${every} 个驳回 1 个` : ''}`,
        now.timerSeconds === null ? '定时器每分钟运行' : `定时器每 ${now.timerSeconds} 秒运行`,
      ].join('；'),
      en: [
        now.verdictSeconds === null
          ? 'You decide the reviews'
          : `New submissions are decided after ${now.verdictSeconds} s${every > 0 ? `, one in ${every} is rejected` : ''}`,
        now.timerSeconds === null ? 'timers run every minute' : `timers run every ${now.timerSeconds} s`,
      ].join('; '),
    }
  },
)

export const reviewerActions: Readonly<Record<string, Action>> = { approve, approveAll, reject, delay, setPace }
