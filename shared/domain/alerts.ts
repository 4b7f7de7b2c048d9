import { DAY, toIso } from '../time.ts'
import { databaseTime, type Platform } from './platform.ts'
import { closeProblem } from './problems.ts'
import type { UntoldProblem } from './stores.ts'

/** One message names so many; the rest follows with the next run, a minute later. */
const PER_MESSAGE = 20

/** Nobody has signed for the end of such a problem: it ends when it has not come back for a day. */
const endsByItself = ['TOKEN_REPLACED_ELSEWHERE']

/** Tells the group robot which problems were opened and closed, each once, all in one message. */
export async function tellProblems(platform: Platform): Promise<void> {
  await closeOldSigns(platform)
  if (!platform.alerts) return
  const problems = await platform.stores.problems.untold(PER_MESSAGE)
  if (problems.length === 0) return
  const heading = `Minifleet ${platform.settings.componentAppid}: ${problems.length} 条问题变化 / changes`
  if (await platform.alerts.send([heading, ...problems.map(describe)])) await platform.stores.problems.told(problems)
  else platform.log.warn('the alert robot did not take the message; it is sent again', { problems: problems.length })
}

const describe = ({ code, appid, message, hint, since, closed }: UntoldProblem): string =>
  closed
    ? `✅ 已恢复 solved: ${code}${appid === undefined ? '' : ` ${appid}`} — ${message}`
    : `⚠️ ${code}${appid === undefined ? '' : ` ${appid}`} — ${message}\n${hint}\n${toIso(since)}`

async function closeOldSigns(platform: Platform): Promise<void> {
  if (!(await platform.stores.tokens.takeTurn('oldSigns', DAY / 24))) return
  // Where nobody is to be told, what was closed simply goes.
  if (!platform.alerts) await platform.stores.problems.told(await platform.stores.problems.untold(100))
  const now = databaseTime(platform)
  for (const problem of await platform.stores.problems.list(100))
    if (endsByItself.includes(problem.code) && now - problem.since > DAY)
      await closeProblem(platform, problem.code, problem.appid)
}
