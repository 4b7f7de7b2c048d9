import { HOUR, toIso } from '../../time.ts'
import { databaseTime, type Alerts, type Platform } from '../platform.ts'
import { closeProblem, openProblem } from './problems.ts'
import type { UntoldProblem } from '../stores/problems.ts'

/** So many are told of at once; the rest follows with the next run, a minute later. */
const TOLD_AT_ONCE = 500

/** 企业微信 takes 4,096 bytes of markdown. */
const MESSAGE_BYTES = 3600

/** One kind of problem names so many accounts. */
const NAMED = 8

/** Tells the group robot which problems were opened and closed, each once, all in one message. */
export async function tellProblems(platform: Platform): Promise<void> {
  const { alerts, stores } = platform
  if (!alerts || (await stores.problems.untold(1)).length === 0) return
  const owner = platform.ids.random()
  if (!(await stores.problems.claimTelling(owner))) return
  try {
    // A run that has just ended may have told them.
    const problems = await stores.problems.untold(TOLD_AT_ONCE)
    if (problems.length > 0) await tell(platform, alerts, problems)
  } finally {
    await stores.problems.releaseTelling(owner)
  }
}

async function tell(platform: Platform, alerts: Alerts, problems: readonly UntoldProblem[]): Promise<void> {
  const { lines, told } = await compose(platform, problems)
  if (await alerts.send(lines)) {
    await platform.stores.problems.told(told)
    return closeProblem(platform, 'ALERTS_NOT_TAKEN')
  }
  platform.log.warn('the alert robot did not take the message; it is sent again', { problems: told.length })
  const [oldest] = problems
  if (oldest && databaseTime(platform) - oldest.since > HOUR)
    await openProblem(platform, { code: 'ALERTS_NOT_TAKEN', params: {} })
}

/** One paragraph per kind of change, as many as fit. */
async function compose(
  { settings }: Platform,
  problems: readonly UntoldProblem[],
): Promise<{ lines: readonly string[]; told: readonly UntoldProblem[] }> {
  const words = await import('../../words/alert-lines.ts')
  const kinds = new Map<string, [UntoldProblem, ...UntoldProblem[]]>()
  for (const problem of problems) {
    const kind = `${problem.closed}/${problem.code}`
    const others = kinds.get(kind)
    if (others) others.push(problem)
    else kinds.set(kind, [problem])
  }
  const lines = [words.headline(settings.componentAppid, problems.length)]
  const told: UntoldProblem[] = []
  let bytes = 0
  for (const group of kinds.values()) {
    const paragraph = harmless(words.paragraph(describe(group)))
    bytes += Buffer.byteLength(paragraph)
    if (told.length > 0 && bytes > MESSAGE_BYTES) break
    lines.push(paragraph)
    told.push(...group)
  }
  return { lines, told }
}

function describe(group: readonly [UntoldProblem, ...UntoldProblem[]]) {
  const [{ since, ...problem }] = group
  const appids = group.flatMap(({ appid }) => appid ?? [])
  const named = appids.slice(0, NAMED).join(' ') + (appids.length > NAMED ? ` … (${appids.length})` : '')
  return { ...problem, heading: [problem.code, named].filter(Boolean).join(' '), since: toIso(since) }
}

/** Robots read mentions, links and pictures out of brackets; a merchant chooses its own name. */
const wide = new Map([
  ['<', '＜'],
  ['>', '＞'],
  ['[', '［'],
  [']', '］'],
])
const harmless = (text: string): string => text.replaceAll(/[<>[\]]/g, (bracket) => wide.get(bracket) ?? '')
