import { isIP } from 'node:net'
import { servingDomain, wantedRoutes } from '../deploy/routes.ts'
import { isBehindWeiguanjia } from '../deploy/summary.ts'
import { ok, type Finding } from './finding.ts'
import type { Check } from './patient.ts'

/** Do the routes lead to functions that have their variables? */
export const checkRoutes: Check = async ({ probes }) =>
  probes.map(({ functionName, url, milliseconds, problem, unreachable }) =>
    problem === undefined
      ? ok(`route.${functionName}`, `${functionName} 正常（${milliseconds} 毫秒）`, `answers in ${milliseconds} ms`)
      : {
          id: `route.${functionName}`,
          level: 'error',
          what: { zh: `${url} ${problem.zh}`, en: problem.en },
          why: {
            zh: '微信与商户通过这个地址访问平台',
            en: 'WeChat and merchants reach the platform at this address',
          },
          click: unreachable
            ? {
                zh: '核对 PUBLIC_BASE_URL；云开发控制台 → HTTP 访问服务：域名已绑定、证书有效、DNS 已生效',
                en: 'check PUBLIC_BASE_URL, and the domain, certificate and DNS in CloudBase console → HTTP 访问服务',
              }
            : {
                zh: '执行 npm run deploy；查看云开发控制台 → 云函数 → 日志',
                en: 'npm run deploy, then the log of the function in the CloudBase console',
              },
        },
  )

/** Signatures of the cloud and of the relay hold for 5 minutes. */
const MAX_CLOCK_OFFSET_MS = 60_000

export const checkClock: Check = async ({ probes }) => {
  const offsets = probes.flatMap(({ clockOffset }) => (clockOffset === undefined ? [] : [clockOffset]))
  const [offset] = offsets.toSorted((a, b) => Math.abs(a) - Math.abs(b))
  if (offset === undefined) return []
  const seconds = Math.round(offset / 1000)
  if (Math.abs(offset) <= MAX_CLOCK_OFFSET_MS) return [ok('clock', '时钟一致', 'clocks agree')]
  return [
    {
      id: 'clock',
      level: 'warning',
      what: { zh: `本机时钟与平台相差 ${seconds} 秒`, en: `this machine's clock is ${seconds} s off the platform's` },
      why: {
        zh: '签名带有时间，相差 5 分钟以上会被拒绝（转发服务同理）',
        en: 'signatures hold for 5 minutes, those of the relay too',
      },
      click: { zh: '开启自动对时（NTP）', en: 'switch on network time' },
    },
  ]
}

/** The entry page, the callback and what WeChat's console says must be on one domain, at the usual ports. */
export const checkDomains: Check = async ({ cloud, project }) => {
  if (!cloud) return []
  const base = cloud.values.config.publicBaseUrl
  const isBehind = isBehindWeiguanjia(cloud.values.config)
  const { hostname, port, protocol } = new URL(base)
  const domains = await cloud.cloud.domains()
  const serving = servingDomain(domains, base)
  const findings: Finding[] = []
  const bad = (id: string, zh: string, en: string, clickZh: string, clickEn: string): void => {
    findings.push({
      id,
      level: 'error',
      what: { zh, en },
      why: {
        zh: '授权页、回调与开放平台填写的域名必须一致，且使用 80/443 端口，否则授权被拒绝',
        en: 'WeChat refuses authorizations unless entry page, callback and 授权发起页域名 agree, at port 80 or 443',
      },
      click: { zh: clickZh, en: clickEn },
    })
  }
  if (protocol !== 'https:' || port !== '' || isIP(hostname) !== 0)
    bad(
      'domain.form',
      `PUBLIC_BASE_URL 不是 443 端口的 https 域名`,
      'PUBLIC_BASE_URL is not https at port 443',
      '修改后重新部署',
      'change it and deploy',
    )
  // Behind 微管家 neither WeChat nor merchants come to this domain.
  if (!isBehind && /\.(?:tcloudbase\.com|tcloudbaseapp\.com|tcb\.qcloud\.la)$/.test(hostname))
    bad(
      'domain.default',
      'PUBLIC_BASE_URL 使用默认域名，仅供测试',
      'PUBLIC_BASE_URL is a default domain, which is for tests only',
      '绑定已备案的自有域名，修改 PUBLIC_BASE_URL 后重新部署',
      'bind your own ICP-filed domain, change PUBLIC_BASE_URL and deploy',
    )
  else if (serving?.name !== hostname)
    bad(
      'domain.bound',
      `域名 ${hostname} 未绑定到这个环境`,
      `the domain ${hostname} is not bound to this environment`,
      '云开发控制台 → HTTP 访问服务 → 域名管理 → 添加',
      'CloudBase console → HTTP 访问服务 → bind the domain',
    )
  const live = new Map(serving?.routes.map((route) => [route.path, route]))
  for (const { path, functionName } of wantedRoutes(project, base)) {
    const route = live.get(path)
    if (!route?.isRight || route.functionName !== functionName)
      bad(
        `domain.route.${functionName}`,
        `路由 ${path} 缺失，或要求登录、未透传路径`,
        `the route ${path} is missing, asks for a login, or does not pass the path on`,
        'npm run deploy',
        'npm run deploy',
      )
  }
  if (findings.length === 0) return [ok('domain', `域名与路由一致：${hostname}`, 'domain and routes agree')]
  return findings
}
