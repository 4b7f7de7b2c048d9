import RocketIcon from 'tdesign-icons-react/esm/components/rocket.js'
import { useLocation } from 'wouter'
import { useAction } from '../../../api/use-action.ts'
import { ConfirmButton } from '../../../parts/confirm-button.tsx'
import { toast } from '../../../parts/toast.tsx'
import { useTexts } from '../../../text/language.ts'
import { wizardTexts } from '../../../text/rollout-wizard.ts'
import { type Audience, totalOf } from './directory.ts'
import { type Draft, forgetDraft } from './draft.ts'
import { endsOf, planOf, waveSizes, wavesOf } from './plan.ts'

interface StartButtonProps {
  readonly draft: Draft
  readonly audience: Audience
  readonly disabled: boolean
}

/** Says what happens first, then begins and goes to the page that shows it. */
export const StartButton = ({ draft, audience, disabled }: StartButtonProps) => {
  const texts = useTexts(wizardTexts)
  const [, navigate] = useLocation()
  const create = useAction('rollouts.create')
  const count = audience.merchants.length
  const waves = wavesOf(endsOf(draft, totalOf(audience)))
  const [size = 0] = waveSizes(waves, count)
  const first = audience.more ? `${waves[0] ?? 100}%` : texts.merchantCount(String(size))
  return (
    <ConfirmButton
      title={texts.startTitle(audience.more ? texts.atLeast(count) : String(count))}
      consequence={
        <>
          <p>{texts.startWords(first, draft.autoSubmit, draft.autoRelease)}</p>
          <p>{texts.startWordsOpen}</p>
        </>
      }
      variant="base"
      icon={<RocketIcon aria-hidden />}
      action={create}
      disabled={disabled}
      onConfirm={async () => {
        const plan = planOf(draft, audience)
        const rollout = plan && (await create.run(plan))
        if (!rollout) return false
        forgetDraft()
        toast(texts.started)
        navigate(`/rollouts/${rollout.rolloutId}`)
        return true
      }}
    >
      {texts.start}
    </ConfirmButton>
  )
}
