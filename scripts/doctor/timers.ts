import { counted } from '../deploy/words.ts'
import { ok, type Finding } from './finding.ts'
import { MINUTE_MS, minutes, timeIn, type Check } from './patient.ts'

const timers = [
  { field: 'sweptAt', functionName: 'refreshTokens', lateMs: 15 * MINUTE_MS },
  { field: 'processedAt', functionName: 'processQueue', lateMs: 5 * MINUTE_MS },
] as const

export const checkTimers: Check = async ({ database, now, cloud }) => {
  const component = await database.get('platform', 'component')
  const findings: Finding[] = []
  for (const { field, functionName, lateMs } of timers) {
    const at = timeIn(component, field)
    const trigger = (await cloud?.cloud.findFunction(functionName))?.triggers[0]
    if (at !== undefined && now - at <= lateMs) {
      findings.push(
        ok(`timer.${functionName}`, `${functionName} 在 ${minutes(now - at)} 分钟前运行`, 'the timer is alive'),
      )
      continue
    }
    const state = !cloud ? '' : trigger === undefined ? '（触发器不存在）' : trigger.enabled ? '' : '（触发器已停用）'
    findings.push({
      id: `timer.${functionName}`,
      level: 'error',
      what:
        at === undefined
          ? { zh: `${functionName} 从未运行${state}`, en: `${functionName} has never run` }
          : {
              zh: `${functionName} 已 ${minutes(now - at)} 分钟没有运行${state}`,
              en: `${functionName} has not run for ${counted(minutes(now - at), 'minute')}`,
            },
      why: {
        zh: '令牌刷新、审核轮询、消息投递都由定时触发器推动',
        en: 'timers refresh tokens, poll audits and deliver events',
      },
      click: {
        zh: `云开发控制台 → 云函数 → ${functionName} → 触发管理与日志；或 npm run deploy -- --only ${functionName}`,
        en: `CloudBase console → functions → ${functionName} → triggers and log, or npm run deploy -- --only ${functionName}`,
      },
    })
  }
  return findings
}
