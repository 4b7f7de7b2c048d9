import { Mark } from '../../parts/mark.tsx'
import { useTexts } from '../../text/language.ts'
import { rolloutsTexts } from '../../text/rollouts.ts'
import type { Rollout } from './item-states.ts'
import { useNextStep } from './next-step.ts'

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
