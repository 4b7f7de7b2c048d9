import { counted } from '../deploy/words.ts'
import { ok, type Finding } from './finding.ts'
import { MINUTE_MS, minutes, timeIn, type Check } from './patient.ts'

export const checkTokens: Check = async ({ database, now }) => {
  const component = await database.get('platform', 'component')
  const expiresAt = timeIn(component, 'expiresAt')
  const findings: Finding[] = []
  if (component?.['accessToken'] === undefined || expiresAt === undefined || expiresAt < now)
    findings.push({
      id: 'token.component',
      level: 'error',
      what: { zh: '没有有效的 component_access_token', en: 'there is no valid component token' },
      why: { zh: '平台接口与授权页需要它', en: "the platform's own calls and the authorization page need it" },
      click: {
        zh: '先解决 ticket 与出口 IP；refreshTokens 每 5 分钟自动重试',
        en: 'see to ticket and egress address first; refreshTokens tries again every 5 minutes',
      },
    })
  else
    findings.push(
      ok(
        'token.component',
        `component_access_token 还有 ${minutes(expiresAt - now)} 分钟`,
        'the component token is valid',
      ),
    )
  const lost = await database.count('authorizers', { status: 'reauthorize' })
  if (lost > 0)
    findings.push({
      id: 'token.reauthorize',
      level: 'warning',
      what: { zh: `${lost} 个授权方需要重新授权`, en: `${lost} authorizers must be authorized again` },
      why: { zh: '微信不再接受其刷新令牌', en: 'WeChat no longer accepts their refresh tokens' },
      click: {
        zh: '把 platform.status 中各问题的链接发给商户',
        en: 'send merchants the links that platform.status has for them',
      },
    })
  return findings
}

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
