import { toIso } from '../time.ts'
import { databaseTime, type Platform } from './platform.ts'

/** How the platform stands, in a handful of reads. */
export async function readStatus(platform: Platform) {
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
    stores.problems.list(100),
  ])
  return {
    ticket: ticket
      ? { receivedAt: toIso(ticket.receivedAt), ageSeconds: Math.max(Math.floor((now - ticket.receivedAt) / 1000), 0) }
      : { receivedAt: null, ageSeconds: null },
    componentToken: { expiresAt: component?.accessToken === undefined ? null : toIso(component.expiresAt) },
    authorizers: { active, revoked, reauthorize },
    audits: { auditing: auditing + delayed, rejected },
    queue: { unfinishedPushes, dueTokens },
    problems: problems.map(({ since, ...problem }) => ({ ...problem, since: toIso(since) })),
  }
}
