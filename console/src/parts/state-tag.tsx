import { toneOf, useStateWords, type StateName } from '../text/states.ts'
import { Mark } from './mark.tsx'

/** The state of a release, an item of a rollout, a rollout, an authorizer, a binding, a delivery or a push. */
export const StateTag = ({ state }: { readonly state: StateName }) => {
  const words = useStateWords()
  return <Mark tone={toneOf(state)}>{words(state)}</Mark>
}
