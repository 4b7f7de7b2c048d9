import { toIso } from '../../time.ts'
import type { Platform } from '../platform.ts'
import { databaseTime } from '../platform.ts'
import type { ProblemCode } from './problem-codes.ts'
import type { Happening } from '../stores/outbox.ts'
import type { Problem } from '../stores/problems.ts'

/** `message` and `hint` hold a Chinese sentence and then an English one; each ends as a sentence does. */
export type NewProblem = Omit<Problem, 'since' | 'code'> & { readonly code: ProblemCode }

/** Opens a problem once; it stays until `closeProblem`. Noting it never fails the work that found it. */
export async function openProblem(platform: Platform, problem: NewProblem): Promise<void> {
  try {
    const since = databaseTime(platform)
    const opened = { type: 'problem.opened', appid: problem.appid, data: { ...problem, since: toIso(since) } } as const
    if (!(await platform.stores.problems.open({ ...problem, since }, opened))) return
    platform.log.warn('problem opened', { problem: problem.code, appid: problem.appid })
  } catch (error) {
    platform.log.error('a problem could not be noted', { problem: problem.code, appid: problem.appid, reason: error })
  }
}

export async function closeProblem(platform: Platform, code: ProblemCode, appid?: string): Promise<void> {
  try {
    const closed = ({ since, ...problem }: Problem): Happening => ({
      type: 'problem.closed',
      appid,
      data: { ...problem, since: toIso(since) },
    })
    if (!(await platform.stores.problems.close(code, appid, databaseTime(platform), closed))) return
    platform.log.info('problem closed', { problem: code, appid })
  } catch (error) {
    platform.log.error('a problem could not be closed', { problem: code, appid, reason: error })
  }
}
