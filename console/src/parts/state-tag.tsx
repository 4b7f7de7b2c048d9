import { stateTexts, toneOf, type StateName } from '../text/states.ts'
import { useTexts } from '../text/language.ts'
import { Mark } from './mark.tsx'

/** The state of a release, an item of a rollout, a rollout, an authorizer, a binding, a delivery or a push. */
export const StateTag = ({ state }: { readonly state: StateName }) => {
  const texts = useTexts(stateTexts)
  return <Mark tone={toneOf(state)}>{texts[state]}</Mark>
}
