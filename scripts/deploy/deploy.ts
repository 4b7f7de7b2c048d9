import { buildFunctions } from '../build/build.ts'
import { openCloud } from './cloud.ts'
import { collectionsStep, permissionsStep } from './collections.ts'
import { openAsAdministrator } from './database.ts'
import { functionsStep } from './functions.ts'
import { migrationsStep } from './migrations.ts'
import { probeRoutes } from './probes.ts'
import { readProject } from './project.ts'
import { routesStep, servingDomain } from './routes.ts'
import { rulesStep } from './rules.ts'
import type { Deployment, Step } from './step.ts'
import { renderSummary } from './summary.ts'
import { readEnvironment, readValues } from './values.ts'
import { both, DeployError, type Words } from './words.ts'

export interface DeployOptions {
  /** Shows what would be changed, and changes nothing. */
  readonly dryRun: boolean
  /** Only these functions, with their routes. Empty: everything. */
  readonly only: readonly string[]
  readonly say: (line: string) => void
}

/** Data must be protected before code fills it; stored forms change when nobody writes the former ones any more. */
const steps: readonly Step[] = [collectionsStep, permissionsStep, functionsStep, rulesStep, routesStep, migrationsStep]

const stepsForSome: readonly Step[] = [functionsStep, routesStep]

/** How many changes were made (or would be). @throws DeployError, or what the cloud said */
export async function deploy({ dryRun, only, say }: DeployOptions): Promise<number> {
  const deployment = await prepare(only, say)
  let changes = 0
  const chosen = only.length === 0 ? steps : stepsForSome
  for (const [index, step] of chosen.entries()) {
    const plan = await step.plan(deployment)
    say(`[${index + 1}/${chosen.length}] ${both(step.title)}${plan.length === 0 ? ' ✔' : ''}`)
    for (const change of plan) {
      say(`  ${dryRun ? '+' : '→'} ${both(change.what)}`)
      if (!dryRun) await change.apply()
    }
    changes += plan.length
  }
  if (dryRun) say(`\n计划 ${changes} 项改动，未执行 · ${changes} changes planned, nothing was changed`)
  else await finish(deployment, changes)
  return changes
}

async function prepare(only: readonly string[], say: (line: string) => void): Promise<Deployment> {
  const project = await readProject()
  const all = project.functions.map(({ name }) => name)
  const unknown = only.filter((name) => !all.includes(name))
  if (unknown.length > 0)
    throw new DeployError(
      { zh: `没有这个云函数：${unknown.join('、')}`, en: `no such function: ${unknown.join(', ')}` },
      { zh: `可选：${all.join('、')}`, en: 'choose one of those' },
    )
  const values = readValues(project, await readEnvironment(process.env))
  const cloud = openCloud(values)
  const status = await cloud.status()
  if (status !== 'NORMAL')
    throw new DeployError(
      { zh: `环境状态为 ${status}`, en: `the environment is ${status}` },
      { zh: '在云开发控制台恢复环境', en: 'bring the environment back in the CloudBase console' },
    )
  say(`配置与密钥有效 · configuration and key are good: ${values.envId} (${values.region})`)
  const built = await buildFunctions()
  say(`已构建 ${built.length} 个云函数 · ${built.length} functions built`)
  const names = only.length === 0 ? all : only
  return { project, values, cloud, database: openAsAdministrator(values), names, say }
}

/** Asks each route, and says what is left for people to do. @throws DeployError where a function answers wrongly */
async function finish({ cloud, values, names, say }: Deployment, changes: number): Promise<void> {
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
  const base = isBound || domain === undefined ? publicBaseUrl : publicBaseUrl.replace(`//${host}`, `//${domain.name}`)
  const wrong = (await probeRoutes(base, names)).filter(({ problem }) => problem !== undefined)
  const answered = wrong.filter(({ unreachable }) => !unreachable)
  for (const { url, problem } of wrong) if (problem) missing.push({ zh: `${url} ${problem.zh}`, en: problem.en })
  if (wrong.length === 0) say('路由测试通过 · all routes answer as they should')
  say(renderSummary({ publicBaseUrl, addresses, missing }))
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
