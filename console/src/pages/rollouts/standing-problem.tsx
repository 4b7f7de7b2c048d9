import { Notice } from '../../parts/notice.tsx'
import type { Rollout } from './item-states.ts'
import { ProblemWords } from './problem-words.tsx'

/** Why the rollout stands still, and the cure. */
export const StandingProblem = ({ problem }: { readonly problem: Rollout['problem'] }) =>
  problem ? (
    <Notice tone="warn">
      <ProblemWords problem={problem} />
    </Notice>
  ) : null
