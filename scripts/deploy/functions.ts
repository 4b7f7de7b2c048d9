import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { LiveFunction } from './live-function.ts'
import { fillIn, functionFolder, settingsOf, type Project, type ProjectFunction } from './project.ts'
import { note, readRecord } from './record.ts'
import type { Change, Deployment, Step } from './step.ts'
import { stillUnderWay } from './settle.ts'
import { deployWithCli } from './tcb.ts'
import { waitUntil } from './wait.ts'
import { DeployError, type Words } from './words.ts'

interface Work {
  readonly name: string
  readonly hash: string
}

/** Deploys what differs: code by the hash of the last deployment, settings by what the cloud says now. */
export const functionsStep: Step = {
  title: { zh: '云函数与定时触发器', en: 'functions and their timers' },
  async plan(deployment) {
    const { project, values, database, names } = deployment
    const deployed = await readRecord(database, 'deployment')
    const work: Work[] = []
    const reasons: string[] = []
    const found = await findSettled(deployment, names)
    const pending = names.filter((name) => isUnderWay(found.get(name)))
    if (pending.length > 0) throw stillUnderWay(updating(pending))
    for (const own of project.functions.filter(({ name }) => names.includes(name))) {
      const live = found.get(own.name)
      if (live) refuseOtherRuntime(project, own, live)
      const hash = await hashCode(functionFolder(project, own.name))
      const differences = live ? compareSettings(project, own, values.templates, live) : ['new']
      if (live && deployed[own.name] !== hash) differences.push('code')
      if (differences.length === 0) continue
      work.push({ name: own.name, hash })
      reasons.push(`${own.name} (${differences.join(', ')})`)
    }
    if (work.length === 0) return []
    return [deployAll(deployment, work, reasons)]
  },
}

const deployAll = (deployment: Deployment, work: readonly Work[], reasons: readonly string[]): Change => ({
  what: { zh: `部署 ${work.length} 个云函数`, en: `deploy ${reasons.join(', ')}` },
  apply: async () => {
    const names = work.map(({ name }) => name)
    const { deployed, problems } = await deployWithCli(deployment, names)
    // The CLI ends with 0 whatever happened, so the cloud is asked.
    const found = await findSettled(deployment, names)
    const failed: string[] = []
    for (const { name, hash } of work) {
      const live = found.get(name)
      const isNamed = problems.some((line) => line.includes(`[${name}]`))
      if (live?.status === 'Active' && deployed.includes(name) && !isNamed) {
        await note(deployment.database, 'deployment', name, hash)
        continue
      }
      failed.push(`${name} (${live?.status ?? 'missing'})`)
    }
    const pending = names.filter((name) => isUnderWay(found.get(name)))
    if (pending.length > 0 && problems.length === 0) throw stillUnderWay(updating(pending))
    if (failed.length > 0 || problems.length > 0) throw refusedBy(failed, problems)
  },
})

/** Functions by name as they are when the cloud has done with them, or after a minute. */
async function findSettled(
  { cloud, ...waiting }: Deployment,
  names: readonly string[],
): Promise<ReadonlyMap<string, LiveFunction | undefined>> {
  const found = new Map<string, LiveFunction | undefined>()
  let pending = names
  const areSettled = async (): Promise<boolean> => {
    await Promise.all(pending.map(async (name) => found.set(name, await cloud.findFunction(name))))
    pending = pending.filter((name) => isUnderWay(found.get(name)))
    return pending.length === 0
  }
  await waitUntil(areSettled, () => updating(pending), waiting)
  return found
}

const updating = (names: readonly string[]): Words => ({
  zh: `云函数更新中：${names.join('、')}`,
  en: `functions are being updated: ${names.join(', ')}`,
})

/** Creating, Updating, Publishing, Deleting. */
const isUnderWay = (live: LiveFunction | undefined): boolean => live?.status.endsWith('ing') ?? false

const refusedBy = (failed: readonly string[], problems: readonly string[]): DeployError =>
  new DeployError(
    {
      zh: `云函数部署失败：${failed.join('、') || (problems[0] ?? '')}`,
      en: `functions were not deployed: ${[...failed, ...problems.slice(0, 1)].join(', ')}`,
    },
    {
      zh: '排除上述原因后重新执行 npm run deploy，已完成的部分不会重做',
      en: 'remove the cause and run npm run deploy again; what is done is not done again',
    },
  )

function refuseOtherRuntime(project: Project, own: ProjectFunction, live: LiveFunction): void {
  const { runtime } = settingsOf(project, own)
  if (runtime === undefined || live.runtime === runtime) return
  throw new DeployError(
    {
      zh: `云函数 ${own.name} 的运行环境是 ${live.runtime}，需要 ${runtime}`,
      en: `function ${own.name} runs on ${live.runtime}; ${runtime} is needed`,
    },
    {
      zh: `运行环境不可修改：在云开发控制台删除 ${own.name}，再执行 npm run deploy`,
      en: `a runtime cannot be changed: delete ${own.name} in the CloudBase console and run npm run deploy again`,
    },
  )
}

/** Names of the settings that are not as they should be; never a value. */
export function compareSettings(
  project: Project,
  own: ProjectFunction,
  templates: Readonly<Record<string, string>>,
  live: LiveFunction,
): string[] {
  const wanted = settingsOf(project, own)
  const differences: string[] = []
  if (live.status !== 'Active') differences.push(`status ${live.status}`)
  if (wanted.timeout !== live.timeout) differences.push('timeout')
  if (wanted.memorySize !== live.memorySize) differences.push('memory')
  for (const [name, text] of Object.entries(wanted.envVariables))
    if (fillIn(text, templates) !== (live.variables[name] ?? '')) differences.push(name)
  if (wanted.publicNetConfig?.publicNetStatus === 'ENABLE' && !live.publicNet) differences.push('public access')
  if (wanted.publicNetConfig?.eipConfig?.eipStatus === 'ENABLE' && !live.fixedIp) differences.push('fixed address')
  for (const { name, config } of wanted.triggers)
    if (!live.triggers.some((trigger) => trigger.name === name && trigger.cron === config)) differences.push('timer')
  return differences
}

async function hashCode(folder: string): Promise<string> {
  const files = (await readdir(folder, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile())
  const hash = createHash('sha256')
  for (const path of files.map(({ parentPath, name }) => join(parentPath, name)).sort()) {
    const content = await readFile(path)
    hash.update(`${path.slice(folder.length)}\0${content.length}\0`).update(content)
  }
  return hash.digest('hex')
}
