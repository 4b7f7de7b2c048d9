import { noticeOf, type Notice } from '../../notice.ts'
import type { Reason } from '../../reasons.ts'
import { toIso } from '../../time.ts'
import type { Params, ParamsNamed } from '../../words/params.ts'
import type { ProblemWords } from '../../words/problems.ts'
import { databaseTime, type Platform } from '../platform.ts'
import type { Happening } from '../stores/outbox.ts'
import type { Problem } from '../stores/problems.ts'

/** Everything that an operator may have to take care of. */
export type ProblemCode =
  keyof ProblemWords | Extract<Reason, 'ADDRESS_NOT_ALLOWED' | `ACCOUNT_${'BANNED' | 'CLOSED' | 'FROZEN' | 'WARNED'}`>

/** Of one account, of something else that there may be several of, or of the platform as a whole. */
interface Where {
  readonly appid?: string
  readonly about?: string
}

/** The params that the words of a problem name have to be given. */
export type NewProblem = {
  readonly [C in ProblemCode]: Where & {
    readonly code: C
    readonly params: Params &
      (C extends keyof ProblemWords ? Readonly<Record<ParamsNamed<ProblemWords[C]>, Params[string]>> : unknown)
  }
}[ProblemCode]

/** Opens a problem once; it stays until `closeProblem`. Noting it never fails the work that found it. */
export async function openProblem(platform: Platform, problem: NewProblem): Promise<void> {
  const { code, appid } = problem
  try {
    const opened = { ...problem, since: databaseTime(platform) }
    if (!(await platform.stores.problems.open(opened, happeningOf('problem.opened', opened)))) return
    platform.log.warn('problem opened', { problem: code, appid })
  } catch (error) {
    platform.log.error('a problem could not be noted', { problem: code, appid, reason: error })
  }
}

/** `about`: the appid, or what else tells it from others of its code. */
export async function closeProblem(platform: Platform, code: ProblemCode, about?: string): Promise<void> {
  try {
    const closed = (problem: Problem): Happening => happeningOf('problem.closed', problem)
    if (!(await platform.stores.problems.close(code, about, databaseTime(platform), closed))) return
    platform.log.info('problem closed', { problem: code, about })
  } catch (error) {
    platform.log.error('a problem could not be closed', { problem: code, about, reason: error })
  }
}

/** A problem as callers see it. */
export const presentProblem = (problem: Problem): Notice =>
  noticeOf(problem, {
    ...(problem.appid !== undefined && { appid: problem.appid }),
    since: toIso(problem.since),
    ...(problem.seenAt !== undefined && { seenAt: toIso(problem.seenAt) }),
  })

const happeningOf = (type: Happening['type'], problem: Problem): Happening => ({
  type,
  appid: problem.appid,
  data: presentProblem(problem).toJSON(),
})
