import { ok, type Finding } from './finding.ts'
import { minutes, timeIn, type Check } from './patient.ts'

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
