import { after, toIso, type EpochMs } from '../time.ts'
import type { Caller } from './callers/caller.ts'
import { databaseTime, type Platform } from './platform.ts'
import { visibleTo } from './problems/visible-problems.ts'
import type { Problem } from './stores/problems.ts'
import { presentProblem } from './problems/problems.ts'
import { TICKET_OVERDUE_MS, ticketProblem } from './problems/ticket-problem.ts'

const SHOWN_PROBLEMS = 100

/** How the platform stands, in a handful of reads. */
export async function readStatus(platform: Platform, caller: Caller) {
  const { stores } = platform
  const now = databaseTime(platform)
  const [
    ticket,
    component,
    active,
    revoked,
    reauthorize,
    auditing,
    delayed,
    rejected,
    unfinishedPushes,
    dueTokens,
    problems,
  ] = await Promise.all([
    stores.pushes.latestTicketAt(),
    stores.tokens.read({ kind: 'component' }),
    stores.authorizers.count('active'),
    stores.authorizers.count('revoked'),
    stores.authorizers.count('reauthorize'),
    stores.releases.count('auditing'),
    stores.releases.count('delayed'),
    stores.releases.count('rejected'),
    stores.pushes.countUnfinished(),
    stores.tokens.countDue(now),
    stores.problems.newest(SHOWN_PROBLEMS),
  ])
  return {
    ticket: ticket
      ? { receivedAt: toIso(ticket.receivedAt), ageSeconds: Math.max(Math.floor((now - ticket.receivedAt) / 1000), 0) }
      : { receivedAt: null, ageSeconds: null },
    componentToken: { expiresAt: component?.accessToken === undefined ? null : toIso(component.expiresAt) },
    authorizers: { active, revoked, reauthorize },
    audits: { auditing: auditing + delayed, rejected },
    queue: { unfinishedPushes, dueTokens },
    problems: visibleTo(platform, caller, judgedNow(problems, now, ticket?.receivedAt))
      .slice(0, SHOWN_PROBLEMS)
      .map(presentProblem),
  }
}

/** What is read anyway is judged as it stands, also where the timer that notes it has not come by yet. */
function judgedNow(noted: readonly Problem[], now: EpochMs, ticketAt: EpochMs | undefined): readonly Problem[] {
  if (ticketAt === undefined) return noted
  const problem = ticketProblem(now - ticketAt)
  if (!problem) return noted.filter(({ code }) => code !== 'TICKET_OVERDUE')
  if (noted.some(({ code }) => code === problem.code)) return noted
  return [{ ...problem, problemId: problem.code, since: after(ticketAt, TICKET_OVERDUE_MS) }, ...noted]
}
