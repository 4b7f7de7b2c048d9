import { probeRoutes, type ProbeResult } from './probes.ts'
import { servingDomain } from './routes.ts'
import type { Deployment } from './step.ts'
import { renderSummary } from './summary.ts'
import { waitUntil, type Waiting } from './wait.ts'
import { consoleAddress, missingOrigin } from './web-console.ts'
import { counted, DeployError, type Words } from './words.ts'

/** Asks each route, and says what is left for people to do. @throws DeployError where a function answers wrongly */
export async function finish(deployment: Deployment, changes: number): Promise<void> {
  const { cloud, values, names, say } = deployment
  const { publicBaseUrl, authBaseUrl } = values.config
  say(
    changes === 0
      ? '没有需要改动的内容 · nothing had to be changed'
      : `完成 ${changes} 项 · ${counted(changes, 'change')} made`,
  )
  const missing: Words[] = [...values.remarks]
  const domain = servingDomain(await cloud.domains(), publicBaseUrl)
  const host = new URL(publicBaseUrl).hostname
  const isBound = domain?.name === host
  if (!isBound)
    missing.push({
      zh: `域名 ${host} 尚未绑定到 HTTP 访问服务：云开发控制台 → HTTP 访问服务 → 域名管理 → 添加；绑定后重新执行 npm run deploy`,
      en: `bind the domain ${host} to HTTP access in the CloudBase console, then run npm run deploy again`,
    })
  const addresses = (await cloud.findFunction('refreshTokens'))?.addresses ?? []
  if (addresses.length === 0)
    missing.push({
      zh: '尚无固定出口 IP：云开发控制台 → 云函数 → refreshTokens → 函数配置 → 固定出口 IP（部分套餐不含）',
      en: 'no fixed egress address yet: CloudBase console → functions → refreshTokens → 固定出口 IP (not in every plan)',
    })
  const site = await cloud.site()
  const originMissing = site?.isOnline && missingOrigin(site, values.config.apiCorsOrigins)
  if (originMissing) missing.push(originMissing)
  const base = isBound || domain === undefined ? publicBaseUrl : publicBaseUrl.replace(`//${host}`, `//${domain.name}`)
  const wrong = await findWrongRoutes(base, names, deployment)
  const answered = wrong.filter(({ unreachable }) => !unreachable)
  for (const { url, problem } of wrong) if (problem) missing.push({ zh: `${url} ${problem.zh}`, en: problem.en })
  if (wrong.length === 0) say('路由测试通过 · all routes answer as they should')
  say(
    renderSummary({
      publicBaseUrl,
      authBaseUrl,
      addresses,
      missing,
      ...(site?.isOnline && { console: consoleAddress(site) }),
    }),
  )
  if (answered.length > 0)
    throw new DeployError(
      {
        zh: `路由测试未通过：${answered.map(({ functionName }) => functionName).join('、')}`,
        en: 'some routes do not answer as they should',
      },
      {
        zh: '运行 npm run doctor 并查看云函数日志；新绑定的域名可能需要更久，稍后重新执行',
        en: 'npm run doctor, and look into the log of the function; a new domain may need longer, then run it again',
      },
    )
}

/** Routes and code that were just brought out are asked again for up to a minute. */
async function findWrongRoutes(base: string, names: readonly string[], waiting: Waiting): Promise<ProbeResult[]> {
  let wrong: ProbeResult[] = []
  const areSettled = async (): Promise<boolean> => {
    wrong = (await probeRoutes(base, names)).filter(({ problem }) => problem !== undefined)
    return !wrong.some(({ mayBeTooEarly }) => mayBeTooEarly)
  }
  await waitUntil(
    areSettled,
    () => ({ zh: '等待路由生效', en: 'the routes do not answer as they should yet' }),
    waiting,
  )
  return wrong
}
