import PauseIcon from 'tdesign-icons-react/esm/components/pause.js'
import PlayIcon from 'tdesign-icons-react/esm/components/play.js'
import RocketIcon from 'tdesign-icons-react/esm/components/rocket.js'
import RollbackIcon from 'tdesign-icons-react/esm/components/rollback.js'
import { useOperation } from '../../api/use-operation.ts'
import { useTexts } from '../../text/language.ts'
import { rolloutsTexts } from '../../text/rollouts.ts'
import { countOf, isOpen, type Rollout } from './item-states.ts'
import { RetryButton } from './retry-button.tsx'
import { SteerButton } from './steer-button.tsx'

const MOST_ITEMS = 100
/** WeChat has no version before this one, or lets nobody go back to it. */
const CANNOT_GO_BACK = 87012

/** Whether something can be taken back: a released item has a problem where that was tried in vain. */
const useCanGoBack = ({ rolloutId, rollingBack }: Rollout, released: number): boolean => {
  const limit = Math.min(released, MOST_ITEMS)
  const { data } = useOperation(
    'rollouts.items',
    limit > 0 && rollingBack !== true ? { rolloutId, state: 'released', limit } : undefined,
  )
  return (
    data !== undefined &&
    (data.nextCursor !== undefined || data.items.some(({ problem }) => problem?.params?.['errcode'] !== CANNOT_GO_BACK))
  )
}

/** What can be done with a rollout as it stands; the likeliest first. */
export const RolloutActions = ({ rollout }: { readonly rollout: Rollout }) => {
  const texts = useTexts(rolloutsTexts)
  const { rolloutId, state } = rollout
  const waiting = countOf(rollout, 'pending', 'committing', 'committed', 'submitting')
  const auditing = countOf(rollout, 'auditing', 'delayed')
  const approved = countOf(rollout, 'approved')
  const released = countOf(rollout, 'released')
  const failures = countOf(rollout, 'failed', 'rejected')
  const canGoBack = useCanGoBack(rollout, released)
  return (
    <>
      {isOpen(rollout) && approved > 0 && (
        <SteerButton
          operation="rollouts.release"
          rolloutId={rolloutId}
          title={texts.releaseTitle}
          consequence={texts.releaseWords(approved)}
          done={texts.releaseStarted}
          icon={<RocketIcon aria-hidden />}
          primary
        >
          {texts.releaseAll(approved)}
        </SteerButton>
      )}
      {(state === 'paused' || state === 'waitingForQuota') && (
        <SteerButton
          operation="rollouts.resume"
          rolloutId={rolloutId}
          title={texts.resumeTitle}
          consequence={texts.resumeWords(waiting, failures)}
          done={texts.resumed}
          icon={<PlayIcon aria-hidden />}
          primary={state === 'paused' && approved === 0}
        >
          {texts.resume}
        </SteerButton>
      )}
      {state !== 'cancelled' && <RetryButton rollout={rollout} />}
      {isOpen(rollout) && state !== 'paused' && (
        <SteerButton
          operation="rollouts.pause"
          rolloutId={rolloutId}
          title={texts.pauseTitle}
          consequence={texts.pauseWords(waiting, auditing)}
          done={texts.paused}
          icon={<PauseIcon aria-hidden />}
        >
          {texts.pause}
        </SteerButton>
      )}
      {canGoBack && (
        <SteerButton
          operation="rollouts.rollback"
          rolloutId={rolloutId}
          title={texts.rollbackTitle}
          consequence={texts.rollbackWords(released)}
          done={texts.rollbackStarted}
          icon={<RollbackIcon aria-hidden />}
          danger
        >
          {texts.rollback}
        </SteerButton>
      )}
      {isOpen(rollout) && (
        <SteerButton
          operation="rollouts.cancel"
          rolloutId={rolloutId}
          title={texts.cancelTitle}
          consequence={texts.cancelWords(waiting + auditing + approved, auditing, released)}
          done={texts.cancelled}
          danger
        >
          {texts.cancel}
        </SteerButton>
      )}
    </>
  )
}
