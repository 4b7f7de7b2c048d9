import { probeRoutes } from './probes.ts'
import { servingDomain } from './routes.ts'
import type { Deployment } from './step.ts'
import { renderSummary } from './summary.ts'
import { consoleAddress, missingOrigin } from './web-console.ts'
import { DeployError, type Words } from './words.ts'

/** Asks each route, and says what is left for people to do. @throws DeployError where a function answers wrongly */
export async function finish({ cloud, values, names, say }: Deployment, changes: number): Promise<void> {
  const { publicBaseUrl } = values.config
  say(changes === 0 ? '没有需要改动的内容 · nothing had to be changed' : `完成 ${changes} 项 · ${changes} changes made`)
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
  const originMissing = site && missingOrigin(site, values.config.apiCorsOrigins)
  if (originMissing) missing.push(originMissing)
  const base = isBound || domain === undefined ? publicBaseUrl : publicBaseUrl.replace(`//${host}`, `//${domain.name}`)
  const wrong = (await probeRoutes(base, names)).filter(({ problem }) => problem !== undefined)
  const answered = wrong.filter(({ unreachable }) => !unreachable)
  for (const { url, problem } of wrong) if (problem) missing.push({ zh: `${url} ${problem.zh}`, en: problem.en })
  if (wrong.length === 0) say('路由测试通过 · all routes answer as they should')
  say(renderSummary({ publicBaseUrl, addresses, missing, ...(site && { console: consoleAddress(site) }) }))
  if (answered.length > 0)
    throw new DeployError(
      {
        zh: `路由测试未通过：${answered.map(({ functionName }) => functionName).join('、')}`,
        en: 'some routes do not answer as they should',
      },
      {
        zh: '新路由约需 1 分钟生效，稍后重新执行；仍不通过则运行 npm run doctor 并查看云函数日志',
        en: 'new routes need about a minute; run it again, then npm run doctor, and look into the log of the function',
      },
    )
}
