import { Failure } from '../../errors.ts'
import { noticeOf, type Notice } from '../../notice.ts'
import type { Reason } from '../../reasons.ts'
import { toIso } from '../../time.ts'
import type { Params, ParamsNamed } from '../../words/params.ts'
import type { ProblemWords } from '../../words/problems.ts'
import { changeWatched, settled } from './account-notices.ts'
import type { Run } from '../callers/activity.ts'
import type { Caller } from '../callers/caller.ts'
import { databaseTime, type Platform } from '../platform.ts'
import type { Happening } from '../stores/outbox.ts'
import type { Page, PageRequest } from '../stores/page.ts'
import type { Problem, ProblemFilter } from '../stores/problems.ts'
import { visibleTo } from './visible-problems.ts'

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

/** More open problems than that are looked at again once some of these are settled. */
export const MOST_OPEN = 1000

/** What no row tells the end of: a person may say that it is settled. */
const dismissible: ReadonlySet<string> = new Set<ProblemCode>([
  'TOKEN_REPLACED_ELSEWHERE',
  'BINDING_CONFLICT',
  'ROLLOUT_STOPPED',
  'PUNISHMENT_ANNOUNCED',
  'ACCOUNT_PUNISHED',
  'VIOLATION_RECORDED',
])

/** What tells it from others of its code: the account, and which of several there. */
export const problemIdOf = (
  code: string,
  { appid, about }: { readonly [K in keyof Where]: Where[K] | undefined },
): string => [code, appid, about].filter((part) => part !== undefined).join(':')

type Shown = Omit<Problem, 'since'> & Partial<Pick<Problem, 'since'>>

/** A problem as callers see it. */
export const presentProblem = (problem: Shown): Notice => {
  const { problemId, since, appid } = problem
  return noticeOf(problem, {
    problemId,
    ...(since !== undefined && { since: toIso(since) }),
    ...(appid !== undefined && { appid }),
    ...(dismissible.has(problem.code) && { dismissible: true }),
  })
}

export const toldProblem = (type: 'problem.opened' | 'problem.closed', problem: Shown): Happening => {
  const { code, params, more } = presentProblem(problem)
  return { type, appid: problem.appid, data: { code, ...(params && { params }), ...more } }
}

/** That a rollout pauses and goes on is told with its own change: it may be over before anybody looks. */
export const pauses = ['ROLLOUT_PAUSED', 'GUARD_BREACHED', 'GUARD_NO_DATA'] as const satisfies readonly ProblemCode[]

const happeningsOf = (type: 'problem.opened' | 'problem.closed', problem: Problem): Happening[] =>
  pauses.some((code) => code === problem.code) ? [] : [toldProblem(type, problem)]

const closed = (problem: Problem): Happening[] => happeningsOf('problem.closed', problem)

/** Opens a problem once; it stays until `closeProblem`. Noting it never fails the work that found it: the full look finds it too. */
export async function openProblem(platform: Platform, problem: NewProblem): Promise<void> {
  try {
    await raiseProblem(platform, problem)
  } catch (error) {
    platform.log.error('a problem could not be noted', { problem: problem.code, appid: problem.appid, reason: error })
  }
}

/** The same where no row shows it to the full look: it is noted, or whoever found it has to come back. */
export async function raiseProblem(platform: Platform, problem: NewProblem): Promise<void> {
  const { code, appid } = problem
  const opened = { ...problem, problemId: problemIdOf(code, problem), since: databaseTime(platform) }
  if (await platform.stores.problems.open(opened, ...happeningsOf('problem.opened', opened)))
    platform.log.warn('problem opened', { problem: code, appid })
}

export async function closeProblem(platform: Platform, code: ProblemCode, about?: string): Promise<void> {
  try {
    await settleProblem(platform, problemIdOf(code, { about }))
  } catch (error) {
    platform.log.error('a problem could not be closed', { problem: code, about, reason: error })
  }
}

export async function settleProblem(platform: Platform, problemId: string): Promise<void> {
  if (await platform.stores.problems.close(problemId, databaseTime(platform), closed))
    platform.log.info('problem closed', { problem: problemId })
}

export async function listProblems(
  platform: Platform,
  caller: Caller,
  filter: ProblemFilter,
  page: PageRequest,
): Promise<Page<Notice>> {
  const { items, ...rest } = await platform.stores.problems.list(filter, page)
  return { ...rest, items: visibleTo(platform, caller, items).map(presentProblem) }
}

/** A person says that it is settled. */
export async function dismissProblem(platform: Platform, problemId: string, run: Run): Promise<void> {
  const problem = await platform.stores.problems.find(problemId)
  if (!problem && run.remembered !== undefined) return
  if (!problem) throw new Failure('PROBLEM_UNKNOWN', { field: 'problemId' })
  if (!dismissible.has(problem.code)) throw new Failure('PROBLEM_NOT_DISMISSIBLE', { params: { code: problem.code } })
  await run.remember(problem.code)
  // What shows it comes first: the full look would find it again.
  const { appid, about, code } = problem
  const account = appid === undefined ? undefined : await platform.stores.authorizers.find(appid)
  if (code === 'BINDING_CONFLICT' && account) await platform.stores.authorizers.forgetConflict(account)
  if (account && about !== undefined)
    await changeWatched(platform, account.appid, databaseTime(platform), (known) => settled(known, about))
  await settleProblem(platform, problemId)
}
