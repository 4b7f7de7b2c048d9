import type { EpochMs } from '../../time.ts'
import type { Params } from '../../words/params.ts'
import type { Happening } from './outbox.ts'
import { flag, id, number, optional, problemMembers, text, time, type RecordOf } from './forms.ts'
import type { Page, PageRequest } from './page.ts'

/** That is open, or was. */
export const notedProblem = {
  /** The same for one that comes back. */
  problemId: id,
  ...problemMembers,
  since: time,
  /** When it was last noticed, if more than once. */
  seenAt: optional(time),
  appid: optional(text),
  /** Where there may be several of this code: which. */
  about: optional(text),
  closed: flag,
  /** The robot knows how it stands. */
  told: flag,
  revision: optional(number),
}

export type UntoldProblem = RecordOf<typeof notedProblem>

export type Problem = Omit<UntoldProblem, 'closed' | 'told' | 'revision'>

export interface ProblemFilter {
  readonly appids?: readonly string[] | undefined
  readonly code?: string | undefined
}

export interface ProblemStore {
  /** True when it was not open before. */
  open(problem: Problem, ...happenings: Happening[]): Promise<boolean>
  /** Of a problem that is open, unless it ended and came back in between. */
  setParams(seen: Problem, params: Params): Promise<void>
  close(problemId: string, now: EpochMs, tell: (problem: Problem) => Happening[]): Promise<boolean>
  find(problemId: string): Promise<Problem | undefined>
  /** When one that is closed was. */
  closedAt(problemId: string): Promise<EpochMs | undefined>
  /** Open ones, the newest first. */
  newest(limit: number): Promise<readonly Problem[]>
  /** Open ones. */
  list(filter: ProblemFilter, page: PageRequest): Promise<Page<Problem>>
  /** Whose problems of this code are open, a thousand at most. */
  accountsOf(code: string): Promise<readonly string[]>
  /** Opened and closed ones that the robot was not told of yet, oldest first. */
  untold(limit: number): Promise<readonly UntoldProblem[]>
  /** One caller at a time tells. False: another does. */
  claimTelling(owner: string): Promise<boolean>
  releaseTelling(owner: string): Promise<void>
  told(problems: readonly UntoldProblem[]): Promise<void>
}
