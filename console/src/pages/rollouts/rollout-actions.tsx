import PauseIcon from 'tdesign-icons-react/esm/components/pause.js'
import PlayIcon from 'tdesign-icons-react/esm/components/play.js'
import RocketIcon from 'tdesign-icons-react/esm/components/rocket.js'
import RollbackIcon from 'tdesign-icons-react/esm/components/rollback.js'
import { useState } from 'react'
import RefreshIcon from 'tdesign-icons-react/esm/components/refresh.js'
import { useOperation } from '../../api/use-operation.ts'
import { useTexts } from '../../text/language.ts'
import { rolloutsTexts } from '../../text/rollouts.ts'
import { countOf, isOpen, type Rollout } from './item-states.ts'
import { CheckField } from '../../parts/fields.tsx'
import { useStateWords } from '../../text/states.ts'
import { OperationButton } from '../../parts/confirm-button.tsx'

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
        <OperationButton
          operation="rollouts.release"
          input={{ rolloutId }}
          title={texts.releaseTitle}
          consequence={texts.releaseWords(approved)}
          done={texts.releaseStarted}
          icon={<RocketIcon aria-hidden />}
          variant="base"
        >
          {texts.releaseAll(approved)}
        </OperationButton>
      )}
      {(state === 'paused' || state === 'waitingForQuota') && (
        <OperationButton
          operation="rollouts.resume"
          input={{ rolloutId }}
          title={texts.resumeTitle}
          consequence={texts.resumeWords(waiting, failures)}
          done={texts.resumed}
          icon={<PlayIcon aria-hidden />}
          variant={state === 'paused' && approved === 0 ? 'base' : 'outline'}
        >
          {texts.resume}
        </OperationButton>
      )}
      {state !== 'cancelled' && <RetryButton rollout={rollout} />}
      {isOpen(rollout) && state !== 'paused' && (
        <OperationButton
          operation="rollouts.pause"
          input={{ rolloutId }}
          title={texts.pauseTitle}
          consequence={texts.pauseWords(waiting, auditing)}
          done={texts.paused}
          icon={<PauseIcon aria-hidden />}
        >
          {texts.pause}
        </OperationButton>
      )}
      {canGoBack && (
        <OperationButton
          operation="rollouts.rollback"
          input={{ rolloutId }}
          title={texts.rollbackTitle}
          consequence={texts.rollbackWords(released)}
          done={texts.rollbackStarted}
          icon={<RollbackIcon aria-hidden />}
          danger
        >
          {texts.rollback}
        </OperationButton>
      )}
      {isOpen(rollout) && (
        <OperationButton
          operation="rollouts.cancel"
          input={{ rolloutId }}
          title={texts.cancelTitle}
          consequence={texts.cancelWords(waiting + auditing + approved, auditing, released)}
          done={texts.cancelled}
          danger
        >
          {texts.cancel}
        </OperationButton>
      )}
    </>
  )
}

const retryable = ['failed', 'skipped', 'rejected', 'withdrawn'] as const
type Retryable = (typeof retryable)[number]

/** Sends those on their way again that did not make it; which ones is up to the operator. */
const RetryButton = ({ rollout }: { readonly rollout: Rollout }) => {
  const texts = useTexts(rolloutsTexts)
  const words = useStateWords()
  const [left, setLeft] = useState<readonly Retryable[]>(['withdrawn'])
  const present = retryable.filter((state) => countOf(rollout, state) > 0)
  const chosen = present.filter((state) => !left.includes(state))
  if (present.length === 0) return null
  const count = (...states: readonly Retryable[]): number =>
    countOf(rollout, ...states.filter((state) => chosen.includes(state)))
  const anew = count('failed', 'skipped')
  const again = count('rejected', 'withdrawn')
  return (
    <OperationButton
      operation="rollouts.retry"
      input={{ rolloutId: rollout.rolloutId, states: chosen }}
      title={texts.retryTitle}
      icon={<RefreshIcon aria-hidden />}
      ready={chosen.length > 0}
      done={texts.retried}
      consequence={
        <div className="stack tight">
          {present.map((state) => (
            <CheckField
              key={state}
              label={`${words(state)} · ${texts.rejectedCount(countOf(rollout, state))}`}
              value={chosen.includes(state)}
              onChange={(checked) =>
                setLeft((before) => (checked ? before.filter((one) => one !== state) : [...before, state]))
              }
            />
          ))}
          <div role="status">
            {chosen.length === 0 && <p>{texts.retryNone}</p>}
            {anew > 0 && <p>{texts.retryAnew(anew)}</p>}
            {again > 0 && <p>{texts.retryAgain(again)}</p>}
          </div>
        </div>
      }
    >
      {texts.retry}
    </OperationButton>
  )
}
