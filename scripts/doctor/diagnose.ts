import { describeCloudError } from '../deploy/cloud-errors.ts'
import { openFromDesk, takeAdministratorsPlace, takeLocalPlace } from '../deploy/database.ts'
import { probeRoutes } from '../deploy/probes.ts'
import { nobodyThere, startItFirst } from '../deploy/local-place.ts'
import { readProject } from '../deploy/project.ts'
import { readEnvironment, readValues } from '../deploy/values.ts'
import { isOffline, messageOf } from '../deploy/words.ts'
import { openDoor } from '../admin/door.ts'
import { checkCallback } from './callback.ts'
import { checkEntry } from './entry.ts'
import type { Finding } from './finding.ts'
import type { Check, Patient } from './patient.ts'
import { checkProblems } from './problems.ts'
import { checkBacklog } from './push-backlog.ts'
import { checkQuota } from './quota.ts'
import { checkAddress, checkPermissions, checkSettings } from './protection.ts'
import { checkClock, checkDomains, checkRoutes } from './routes.ts'
import { checkTicket } from './tickets.ts'
import { checkTimers } from './timers.ts'
import { checkTokens } from './tokens.ts'
import { checkConsole } from './web-console.ts'

/** In the order in which one trouble causes the next. */
const checks: Readonly<Record<string, Check>> = {
  routes: checkRoutes,
  clock: checkClock,
  domains: checkDomains,
  entry: checkEntry,
  settings: checkSettings,
  permissions: checkPermissions,
  timers: checkTimers,
  address: checkAddress,
  ticket: checkTicket,
  tokens: checkTokens,
  quota: checkQuota,
  console: checkConsole,
  problems: checkProblems,
  backlog: checkBacklog,
}

/** Looks at the local host at `local`, else at the environment of .env. Changes nothing. */
export async function diagnose(env: NodeJS.ProcessEnv, local: string | undefined): Promise<Finding[]> {
  let patient: Patient
  try {
    patient = await (local === undefined ? findInCloud(env) : findHere(local))
  } catch (error) {
    return [isOffline(error) ? noNetwork(error) : notChecked('configuration', error)]
  }
  if (local !== undefined && patient.probes.every(({ unreachable }) => unreachable)) return [noHost(local)]
  const findings: Finding[] = []
  const { MINIFLEET_API_KEY: key = '' } = await readEnvironment(env)
  const ask = key === '' ? undefined : await openDoor(env, local)
  for (const [name, check] of Object.entries({ ...checks, callback: checkCallback(ask) }))
    findings.push(...(await check(patient).catch((error: unknown) => [notChecked(name, error)])))
  findings.push(releaseCheckHint)
  return findings
}

const notChecked = (name: string, error: unknown): Finding => {
  const { message, cure } = describeCloudError(error)
  return {
    id: name,
    level: 'error',
    what: { zh: `无法检查 ${name}`, en: message },
    why: { zh: '缺少这一项，其余结论可能不完整', en: 'without it the rest may be incomplete' },
    click: cure,
  }
}

const noNetwork = (error: unknown): Finding => ({
  id: 'network',
  level: 'error',
  what: { zh: '本机无法连接腾讯云，未做任何检查', en: `this machine cannot reach Tencent Cloud: ${messageOf(error)}` },
  why: { zh: '平台本身可能一切正常', en: 'the platform itself may be in good health' },
  click: { zh: '检查网络、DNS 与代理后重试', en: 'check network, DNS and proxy, then run it again' },
})

const noHost = (url: string): Finding => ({
  id: 'host',
  level: 'error',
  what: nobodyThere(url),
  click: startItFirst,
})

const releaseCheckHint: Finding = {
  id: 'releaseCheck',
  level: 'info',
  what: {
    zh: '点击全网发布前先运行 npm run doctor -- --release-check',
    en: 'before pressing 全网发布 run npm run doctor -- --release-check',
  },
}

async function findInCloud(env: NodeJS.ProcessEnv): Promise<Patient> {
  const project = await readProject()
  const values = readValues(project, await readEnvironment(env))
  // The administration package takes half a second to load, which the local host does without.
  const { openCloud } = await import('../deploy/cloud.ts')
  const cloud = openCloud(values)
  await cloud.status()
  takeAdministratorsPlace(values)
  return { ...(await look(values.config.publicBaseUrl, project)), cloud: { cloud, values } }
}

async function findHere(url: string): Promise<Patient> {
  takeLocalPlace(url)
  return look(url.replace(/\/+$/, ''), await readProject())
}

async function look(baseUrl: string, project: Patient['project']): Promise<Patient> {
  const probes = await probeRoutes(
    baseUrl,
    project.functions.map(({ name }) => name),
  )
  const offsets = probes.map(({ clockOffset }) => clockOffset ?? 0)
  const offset = Math.abs(offsets[0] ?? 0) > 60_000 ? (offsets[0] ?? 0) : 0
  return { baseUrl, project, probes, database: openFromDesk(), now: Date.now() + offset }
}
