import type { ProblemCode } from '../problems/problem-codes.ts'

/** The platform's problem while a rollout stands still for its failures. */
export const pausedProblem = (rolloutId: string): ProblemCode => `ROLLOUT_PAUSED:${rolloutId}`
