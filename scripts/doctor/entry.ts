import axios, { type AxiosResponse } from 'axios'
import { consoleValues, isBehindWeiguanjia } from '../deploy/summary.ts'
import { messageOf, type Words } from '../deploy/words.ts'
import { ok, type Finding } from './finding.ts'
import type { Check } from './patient.ts'

interface Addresses {
  readonly publicBaseUrl: string
  readonly authBaseUrl: string
}

/** The domain that WeChat checks when a merchant comes: the platform's own, or 微管家's in 云服务 mode. */
export const checkEntry: Check = async ({ cloud }) => {
  if (!cloud) return []
  const { config } = cloud.values
  const mode: Finding = {
    id: 'entry.mode',
    level: 'info',
    what: isBehindWeiguanjia(config)
      ? { zh: `云服务模式（微管家之后）：${expected(config)}`, en: `云服务 mode, behind 微管家 (AUTH_BASE_URL is set)` }
      : {
          zh: `传统模式：${expected(config)}${config.forwarderSecrets.length > 0 ? '。若平台是云服务模式（微管家），还须设置 AUTH_BASE_URL' : ''}`,
          en: 'own servers; a platform in 云服务 mode (微管家) needs AUTH_BASE_URL',
        },
  }
  return [mode, ...(isBehindWeiguanjia(config) ? await lookAtEntry(config) : [])]
}

/** The three domains as WeChat's console must have them. */
const expected = (addresses: Addresses): string =>
  consoleValues({ ...addresses, addresses: [] })
    .slice(0, 3)
    .map(([name, value]) => `${name} ${value}`)
    .join('；')

/** Whether what comes from outside gets through 微管家 and the relay to the merchants' pages, and only there. */
export async function lookAtEntry({ authBaseUrl }: Addresses): Promise<Finding[]> {
  const findings: Finding[] = []
  const { pathname, port } = new URL(authBaseUrl)
  if (pathname !== '/' || port !== '')
    findings.push(
      bad(
        'entry.form',
        {
          zh: 'AUTH_BASE_URL 应为微管家的域名，不带路径与端口',
          en: 'AUTH_BASE_URL must be 微管家’s origin, without path or port',
        },
        {
          zh: '微管家按原路径透传，微信只比较域名',
          en: '微管家 passes paths on as they are, and WeChat compares domains',
        },
        { zh: '修改后重新部署', en: 'change it and deploy' },
      ),
    )
  if (await reachesSigner(authBaseUrl))
    findings.push(
      bad(
        'entry.signer',
        {
          zh: '外部请求透传指向了中继的签名端口（8090）',
          en: '外部请求透传 leads to the port of the relay that signs',
        },
        { zh: '互联网上任何人都能伪造推送', en: 'anybody on the internet can forge pushes' },
        {
          zh: '立即在微管家“开发辅助 → proxy 配置”改为 8082，并更换 FORWARDER_SECRET 与 RELAY_SECRET',
          en: 'enter 8082 in proxy 配置 of 微管家 at once, then change FORWARDER_SECRET and RELAY_SECRET',
        },
      ),
    )
  for (const [id, path] of [
    ['entry.start', '/auth/start'],
    ['entry.callback', '/auth/callback/probe'],
  ] as const)
    findings.push(await lookAtPage(id, authBaseUrl + path))
  return findings
}

/** Long enough for a cold start behind the relay, whose own limit is 16 s. */
const TIME_LIMIT_MS = 20_000

const get = (url: string): Promise<AxiosResponse<string>> =>
  axios.get<string>(url, {
    responseType: 'text',
    transformResponse: (text: string) => text,
    validateStatus: () => true,
    maxRedirects: 0,
    timeout: TIME_LIMIT_MS,
  })

/** Only the signing port answers both in this way. */
async function reachesSigner(base: string): Promise<boolean> {
  const [health, push] = await Promise.all([get(`${base}/health`), get(`${base}/component`)]).catch(() => [])
  return health?.status === 200 && health.data === 'ok' && push?.status === 405 && push.data === 'method not allowed'
}

async function lookAtPage(id: string, url: string): Promise<Finding> {
  let answer: AxiosResponse<string>
  try {
    answer = await get(url)
  } catch (error) {
    return wrong(
      id,
      url,
      { zh: `无法访问：${messageOf(error)}`, en: `cannot be reached: ${messageOf(error)}` },
      {
        zh: '核对 AUTH_BASE_URL：微信云托管 → 该服务 → 公网访问域名，且公网访问已开启',
        en: 'AUTH_BASE_URL must be the public address of the service in WeChat’s cloud hosting, with public access on',
      },
    )
  }
  const { status, data, headers } = answer
  if (status === 400 && headers['x-request-id'] !== undefined && /<html/i.test(data))
    return ok(id, `${url} 到达平台`, 'reaches the platform')
  if (status === 404)
    return wrong(
      id,
      url,
      { zh: '没有到达中继（404）', en: 'does not reach the relay (404)' },
      {
        zh: '微管家“开发辅助 → proxy 配置”：端口 8082，点“开启”',
        en: '微管家 → 开发辅助 → proxy 配置: port 8082, then 开启',
      },
    )
  if (status === 200 && /errorMsg/.test(data))
    return wrong(
      id,
      url,
      { zh: '微管家找不到透传端口', en: '微管家 finds nothing at the port it passes on to' },
      {
        zh: 'proxy 配置的端口应为 8082；容器日志应有 pages ready',
        en: 'proxy 配置 must say 8082, and the log of the container pages ready',
      },
    )
  if (status === 502 || status === 504)
    return wrong(
      id,
      url,
      { zh: '中继到达不了平台', en: 'the relay does not reach the platform' },
      {
        zh: '核对容器变量 RELAY_TARGET（应为 PUBLIC_BASE_URL）；容器日志的 page not shown 写有原因',
        en: 'RELAY_TARGET in the container must be PUBLIC_BASE_URL; the log says why after page not shown',
      },
    )
  return wrong(
    id,
    url,
    { zh: `由别的服务回应（HTTP ${status}）`, en: `something else answers (HTTP ${status})` },
    {
      zh: 'proxy 配置的端口应为中继的 8082，业务服务改由 RELAY_BUSINESS_PORT 指定',
      en: 'proxy 配置 must name the relay’s 8082; your own service is named by RELAY_BUSINESS_PORT',
    },
  )
}

const wrong = (id: string, url: string, what: Words, click: Words): Finding =>
  bad(
    id,
    { zh: `授权发起页域名：${url} ${what.zh}`, en: `${url} ${what.en}` },
    { zh: '商户打不开授权页，或授权后回不来', en: 'merchants cannot open the page, or do not come back from WeChat' },
    click,
  )

const bad = (id: string, what: Words, why: Words, click: Words): Finding => ({ id, level: 'error', what, why, click })
