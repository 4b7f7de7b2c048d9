import type { EpochMs } from '../../time.ts'
import type { Happening } from './outbox.ts'

export interface Problem {
  readonly code: string
  readonly message: string
  readonly hint: string
  readonly since: EpochMs
  /** When it was last noticed, if more than once. */
  readonly seenAt?: EpochMs
  readonly appid?: string
}

export interface ProblemStore {
  /** True when it was not open before. */
  open(problem: Problem, happening: Happening): Promise<boolean>
  /** Of a problem that is open. */
  setHint(code: string, appid: string, hint: string): Promise<void>
  close(
    code: string,
    appid: string | undefined,
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
