import { buildFunctions } from '../build/build.ts'
import { openCloud, type Cloud } from './cloud.ts'
import { collectionsStep, permissionsStep } from './collections.ts'
import { openAsAdministrator } from './database.ts'
import { finish } from './finish.ts'
import { functionsStep } from './functions.ts'
import { migrationsStep } from './migrations.ts'
import { unseenCloud, unseenDatabase } from './offline.ts'
import { readProject } from './project.ts'
import { routesStep } from './routes.ts'
import { rulesStep } from './access-rules.ts'
import { sealKeysStep } from './seal-keys.ts'
import { settle } from './settle.ts'
import type { Deployment, Step } from './step.ts'
import { readEnvironment, readValues, type Values } from './values.ts'
import type { Waiting } from './wait.ts'
import { CONSOLE, consoleStep } from './web-console.ts'
import { both, counted, DeployError, isOffline, messageOf } from './words.ts'

export interface DeployOptions extends Waiting {
  /** Shows what would be changed, and changes nothing. */
  readonly dryRun: boolean
  /** Only these functions, with their routes, or `console`. Empty: everything. */
  readonly only: readonly string[]
}

/** Data must be protected before code fills it; stored forms change when nobody writes the former ones any more. */
const steps: readonly Step[] = [
  collectionsStep,
  permissionsStep,
  sealKeysStep,
  functionsStep,
  rulesStep,
  routesStep,
  migrationsStep,
  consoleStep,
]

const stepsFor = (only: readonly string[]): readonly Step[] => {
  if (only.length === 0) return steps
  const ofFunctions = only.some((name) => name !== CONSOLE) ? [sealKeysStep, functionsStep, routesStep] : []
  return only.includes(CONSOLE) ? [...ofFunctions, consoleStep] : ofFunctions
}

/** How many changes were made (or would be). @throws DeployError, or what the cloud said */
export async function deploy({ dryRun, only, ...waiting }: DeployOptions): Promise<number> {
  const { say } = waiting
  const deployment = await prepare(only, dryRun, waiting)
  let changes = 0
  const chosen = stepsFor(only)
  let consoleFailure: unknown
  for (const [index, step] of chosen.entries()) {
    try {
      const plan = await step.plan(deployment)
      say(`[${index + 1}/${chosen.length}] ${both(step.title)}${plan.length === 0 ? ' ✔' : ''}`)
      for (const change of plan) {
        say(`  ${dryRun ? '+' : '→'} ${both(change.what)}`)
        if (!dryRun) await settle(change, deployment)
      }
      changes += plan.length
    } catch (error) {
      // The platform works without it; what to enter at WeChat is said all the same.
      if (step !== consoleStep) throw error
      consoleFailure = error
    }
  }
  if (dryRun) say(`\n计划 ${changes} 项改动，未执行 · ${counted(changes, 'change')} planned, nothing was changed`)
  else await finish(deployment, changes)
  if (consoleFailure !== undefined) throw consoleFailure
  return changes
}

async function prepare(only: readonly string[], dryRun: boolean, waiting: Waiting): Promise<Deployment> {
  const { say } = waiting
  const project = await readProject()
  const all = project.functions.map(({ name }) => name)
  const unknown = only.filter((name) => name !== CONSOLE && !all.includes(name))
  if (unknown.length > 0)
    throw new DeployError(
      { zh: `没有这个云函数：${unknown.join('、')}`, en: `no such function: ${unknown.join(', ')}` },
      { zh: `可选：${[...all, CONSOLE].join('、')}`, en: 'choose one of those' },
    )
  const values = readValues(project, await readEnvironment(process.env))
  const cloud = await reachCloud(values).catch((error: unknown) => {
    if (!dryRun || !isOffline(error)) throw error
    say(
      `无法连接云端，按全新环境列出计划 · the cloud cannot be reached, so this is the plan for a new environment: ${messageOf(error)}`,
    )
    return undefined
  })
  if (cloud) say(`配置与密钥有效 · configuration and key are good: ${values.envId} (${values.region})`)
  const built = await buildFunctions()
  say(`已构建 ${built.length} 个云函数 · ${built.length} functions built`)
  const names = only.length === 0 ? all : only.filter((name) => name !== CONSOLE)
  const seen = cloud
    ? { cloud, database: openAsAdministrator(values) }
    : { cloud: unseenCloud(new URL(values.config.publicBaseUrl).hostname), database: unseenDatabase }
  return { project, values, ...seen, names, ...waiting }
}

async function reachCloud(values: Values): Promise<Cloud> {
  const cloud = openCloud(values)
  const status = await cloud.status()
  if (status === 'NORMAL') return cloud
  throw new DeployError(
    { zh: `环境状态为 ${status}`, en: `the environment is ${status}` },
    { zh: '在云开发控制台恢复环境', en: 'bring the environment back in the CloudBase console' },
  )
}
