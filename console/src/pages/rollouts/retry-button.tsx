import { useState } from 'react'
import RefreshIcon from 'tdesign-icons-react/esm/components/refresh.js'
import { useAction } from '../../api/use-action.ts'
import { CheckField } from '../../parts/fields.tsx'
import { ConfirmButton } from '../../parts/confirm-button.tsx'
import { toast } from '../../parts/toast.tsx'
import { useTexts } from '../../text/language.ts'
import { rolloutsTexts } from '../../text/rollouts.ts'
import { useStateWords } from '../../text/states.ts'
import { countOf, type Rollout } from './item-states.ts'

const retryable = ['failed', 'skipped', 'rejected', 'withdrawn'] as const
type Retryable = (typeof retryable)[number]

/** Sends those on their way again that did not make it; which ones is up to the operator. */
export const RetryButton = ({ rollout }: { readonly rollout: Rollout }) => {
  const texts = useTexts(rolloutsTexts)
  const words = useStateWords()
  const action = useAction('rollouts.retry')
  const [left, setLeft] = useState<readonly Retryable[]>(['withdrawn'])
  const present = retryable.filter((state) => countOf(rollout, state) > 0)
  const chosen = present.filter((state) => !left.includes(state))
  if (present.length === 0) return null
  const count = (...states: readonly Retryable[]): number =>
    countOf(rollout, ...states.filter((state) => chosen.includes(state)))
  const anew = count('failed', 'skipped')
  const again = count('rejected', 'withdrawn')
  return (
    <ConfirmButton
      title={texts.retryTitle}
      icon={<RefreshIcon aria-hidden />}
      action={action}
      onConfirm={async () => {
        if (chosen.length === 0) return false
        const answer = await action.run({ rolloutId: rollout.rolloutId, states: chosen })
        if (answer) toast(texts.retried)
        return answer !== undefined
      }}
      consequence={
        <div className="stack tight">
          {present.map((state) => (
            <CheckField
              key={state}
              label={`${words(state)} · ${texts.rejectedCount(countOf(rollout, state))}`}
              checked={chosen.includes(state)}
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
    </ConfirmButton>
  )
}
