import { toIso, type EpochMs } from '../../time.ts'
import type { KeptProblem } from '../../notice.ts'
import { databaseTime, type Platform } from '../platform.ts'
import { changeWatched, openNotices } from '../problems/account-notices.ts'
import { openProblem, problemIdOf, settleProblem, type NewProblem, type ProblemCode } from '../problems/problems.ts'
import type { Authorizer } from '../stores/authorizers.ts'
import { filingStateOf, type AccountNotice, type Watched } from '../stores/notices.ts'
import { liveVersionOf } from './live-versions.ts'

export const noticeProblemCodes = [
  'PUNISHMENT_ANNOUNCED',
  'ACCOUNT_PUNISHED',
  'VIOLATION_RECORDED',
  'VERIFICATION_ENDING',
  'VERIFICATION_ENDED',
  'FILING_REFUSED',
] as const satisfies readonly ProblemCode[]

/** What the row of an account means. */
export function noticeProblems(account: Authorizer, now: EpochMs): NewProblem[] {
  const { appid, status, watched } = account
  const problems = openNotices(account, now).map((notice) => problemOfNotice(appid, notice, now))
  const isRefused = watched.filing !== undefined && filingStateOf(watched.filing) === 'refused'
  if (isRefused && status !== 'revoked') problems.push({ code: 'FILING_REFUSED', appid, params: {} })
  return problems
}

function problemOfNotice(appid: string, { id, kind, until, text }: AccountNotice, now: EpochMs): NewProblem {
  const end = until !== undefined && { until: toIso(until) }
  const of = { appid, about: id, params: { ...end, ...(text && { text }), notice: kind } }
  if (kind === 'verification')
    return { code: until !== undefined && until <= now ? 'VERIFICATION_ENDED' : 'VERIFICATION_ENDING', ...of }
  if (kind === 'warned') return { code: 'PUNISHMENT_ANNOUNCED', ...of }
  return { code: kind === 'violation' ? 'VIOLATION_RECORDED' : 'ACCOUNT_PUNISHED', ...of }
}

/** A mini program that has something online was let through as it is. */
export function filingProblem(account: Authorizer): KeptProblem | undefined {
  const { filing } = account.watched
  const state = filing && filingStateOf(filing)
  if (state === undefined || state === 'filed' || liveVersionOf(account)) return undefined
  return { code: 'FILING_INCOMPLETE', params: { state } }
}

/** Writes what is told of an account, with its events; then opens and closes its problems, which the full look finds too. */
export async function note(platform: Platform, appid: string, change: (known: Watched) => Watched): Promise<void> {
  const now = databaseTime(platform)
  const changed = await changeWatched(platform, appid, now, change)
  if (!changed) return
  const named = (account: Authorizer) =>
    new Map(noticeProblems(account, now).map((problem) => [problemIdOf(problem.code, problem), problem]))
  const [before, present] = [named(changed.before), named(changed.after)]
  for (const [id, problem] of present) if (!before.has(id)) await openProblem(platform, problem)
  for (const id of before.keys())
    if (!present.has(id))
      await settleProblem(platform, id).catch((error: unknown) => {
        platform.log.error('a problem could not be closed', { problem: id, reason: error })
      })
}
