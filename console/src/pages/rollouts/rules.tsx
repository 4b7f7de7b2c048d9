import { useTexts } from '../../text/language.ts'
import { rolloutsTexts } from '../../text/rollouts.ts'
import { waveCountOf, type Rollout } from './item-states.ts'

/** How it was planned to go. */
export const Rules = ({ rollout }: { readonly rollout: Rollout }) => {
  const texts = useTexts(rolloutsTexts)
  const { nextWaveWhen, autoSubmit, autoRelease, maxFailures, quotaReserve } = rollout
  const rules = [
    texts.ruleSubmit(autoSubmit),
    texts.ruleRelease(autoRelease),
    ...(waveCountOf(rollout) > 1 ? [texts.ruleWave(nextWaveWhen === 'released')] : []),
    ...(maxFailures === undefined ? [] : [texts.ruleFailures(maxFailures)]),
    ...(quotaReserve > 0 ? [texts.ruleReserve(quotaReserve)] : []),
  ]
  return <p className="fine">{rules.join(' · ')}</p>
}
