import RocketIcon from 'tdesign-icons-react/esm/components/rocket.js'
import { useLocation } from 'wouter'
import { useTexts } from '../../../text/language.ts'
import { wizardTexts } from '../../../text/rollout-wizard.ts'
import { type Audience, totalOf } from './directory.ts'
import { type Draft, forgetDraft } from './draft.ts'
import { planOf } from './plan.ts'
import { endsOf, waveSizes, wavesOf } from './waves.ts'
import { OperationButton } from '../../../parts/confirm-button.tsx'

interface StartButtonProps {
  readonly draft: Draft
  readonly audience: Audience
  readonly disabled: boolean
}

/** Says what happens first, then begins and goes to the page that shows it. */
export const StartButton = ({ draft, audience, disabled }: StartButtonProps) => {
  const texts = useTexts(wizardTexts)
  const [, navigate] = useLocation()
  const count = audience.merchants.length
  const waves = wavesOf(endsOf(draft, totalOf(audience)))
  const [size = 0] = waveSizes(waves, count)
  const first = audience.more ? `${waves[0] ?? 100}%` : texts.merchantCount(String(size))
  const plan = planOf(draft, audience)
  if (!plan) return null
  return (
    <OperationButton
      operation="rollouts.create"
      input={plan}
      title={texts.startTitle(audience.more ? texts.atLeast(count) : String(count))}
      consequence={
        <>
          <p>{texts.startWords(first, draft.autoSubmit, draft.autoRelease)}</p>
          <p>{texts.startWordsOpen}</p>
        </>
      }
      variant="base"
      icon={<RocketIcon aria-hidden />}
      disabled={disabled}
      done={texts.started}
      onDone={({ rolloutId }) => {
        forgetDraft()
        navigate(`/rollouts/${rolloutId}`)
      }}
    >
      {texts.start}
    </OperationButton>
  )
}
