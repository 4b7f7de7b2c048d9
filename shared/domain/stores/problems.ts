import type { KeptProblem } from '../../notice.ts'
import type { EpochMs } from '../../time.ts'
import type { Params } from '../../words/params.ts'
import type { Happening } from './outbox.ts'

export interface Problem extends KeptProblem {
  readonly since: EpochMs
  /** When it was last noticed, if more than once. */
  readonly seenAt?: EpochMs
  readonly appid?: string
  /** Where there may be several of this code: which. */
  readonly about?: string
}

export interface ProblemStore {
  /** True when it was not open before. */
  open(problem: Problem, happening: Happening): Promise<boolean>
  /** Of a problem that is open. */
  setParams(code: string, appid: string, params: Params): Promise<void>
  /** `about`: the appid, or what else tells it from others of its code. */
  close(
    code: string,
    about: string | undefined,
    now: EpochMs,
    happening: (problem: Problem) => Happening,
  ): Promise<boolean>
  list(limit: number): Promise<readonly Problem[]>
  /** Opened and closed ones that nobody was told of yet, oldest first. */
  untold(limit: number): Promise<readonly UntoldProblem[]>
  /** One caller at a time tells. False: another does. */
  claimTelling(owner: string): Promise<boolean>
  releaseTelling(owner: string): Promise<void>
  told(problems: readonly UntoldProblem[]): Promise<void>
}

export interface UntoldProblem extends Problem {
  readonly id: string
  readonly revision: number | undefined
  readonly closed: boolean
}
