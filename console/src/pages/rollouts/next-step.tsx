import { useTexts } from '../../text/language.ts'
import { rolloutsTexts } from '../../text/rollouts.ts'
import type { Tone } from '../../text/states.ts'
import { countOf, type Rollout } from './item-states.ts'
import { Mark } from '../../parts/mark.tsx'

interface NextStep {
  /** Who has something to do; `undefined`: nobody. */
  readonly who: 'you' | 'wechat' | 'platform' | undefined
  readonly words: string
  readonly tone: Tone
}

/** Who has something to do in a rollout now, and what. */
const useNextStep = (): ((rollout: Rollout) => NextStep) => {
  const texts = useTexts(rolloutsTexts)
  return (rollout) => {
    const { state, problem } = rollout
    const rejected = countOf(rollout, 'rejected')
    const approved = countOf(rollout, 'approved')
    const committed = countOf(rollout, 'committed')
    const auditing = countOf(rollout, 'auditing', 'delayed')
    const failed = rejected + countOf(rollout, 'failed', 'skipped', 'withdrawn')
    if (state === 'cancelled') return { who: undefined, words: texts.nextCancelled, tone: 'dull' }
    const back = countOf(rollout, 'rolledBack')
    if (state === 'completed' && back > 0) return { who: undefined, words: texts.nextRolledBack(back), tone: 'dull' }
    if (state === 'completed')
      return failed > 0
        ? { who: 'you', words: texts.nextDoneWithout(failed), tone: 'warn' }
        : { who: undefined, words: texts.nextDone, tone: 'good' }
    if (state === 'paused')
      return { who: 'you', words: problem ? texts.nextPausedByFailures : texts.nextPaused, tone: 'warn' }
    if (state === 'scheduled') return { who: undefined, words: texts.nextScheduled, tone: 'calm' }
    if (state === 'resting' && !rollout.rollingBack) return { who: undefined, words: texts.nextResting, tone: 'calm' }
    if (state === 'waitingForQuota') return { who: 'wechat', words: texts.nextQuota, tone: 'calm' }
    if (state === 'awaitingRelease')
      return {
        who: 'you',
        words: approved > 0 || committed === 0 ? texts.nextRelease(approved) : texts.nextSubmit(committed),
        tone: 'warn',
      }
    if (rollout.rollingBack)
      return { who: 'platform', words: texts.nextRollingBack(countOf(rollout, 'released')), tone: 'calm' }
    if (rejected > 0) return { who: 'you', words: texts.nextRejected(rejected), tone: 'warn' }
    if (auditing > 0) return { who: 'wechat', words: texts.nextAuditing(auditing), tone: 'calm' }
    const working = countOf(rollout, 'pending', 'committing', 'committed', 'submitting', 'approved')
    return { who: 'platform', words: working > 0 ? texts.nextWorking(working) : texts.nextBusy, tone: 'calm' }
  }
}

/** Who has something to do, and what. */
export const NextWords = ({ rollout }: { readonly rollout: Rollout }) => {
  const texts = useTexts(rolloutsTexts)
  const { who, words, tone } = useNextStep()(rollout)
  return (
    <span className="next-words">
      {who !== undefined && <Mark tone={tone}>{texts[who]}</Mark>}
      <span className={who === undefined ? 'soft' : undefined}>{words}</span>
    </span>
  )
}
