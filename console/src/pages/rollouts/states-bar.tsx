import { useLayoutEffect, useRef } from 'react'
import { useTexts } from '../../text/language.ts'
import { rolloutsTexts } from '../../text/rollouts.ts'
import { useStateWords } from '../../text/states.ts'
import { countOf, itemStates, totalOf, type ItemState, type Rollout } from './item-states.ts'
import './states-bar.css'

interface StatesBarProps {
  readonly rollout: Rollout
  readonly thin?: boolean
}

const presentStates = (rollout: Rollout): readonly ItemState[] =>
  itemStates.filter((state) => countOf(rollout, state) > 0)

/** How many merchants are in which state, side by side. Read out as a sentence. */
export const StatesBar = ({ rollout, thin = false }: StatesBarProps) => {
  const words = useStateWords()
  const states = presentStates(rollout)
  const label = states.map((state) => `${words(state)} ${countOf(rollout, state)}`).join(', ')
  return (
    <div className={`states-bar${thin ? ' thin' : ''}`} role="img" aria-label={label}>
      {states.map((state) => (
        <Segment key={state} state={state} count={countOf(rollout, state)} />
      ))}
    </div>
  )
}

const Segment = ({ state, count }: { readonly state: ItemState; readonly count: number }) => {
  const segment = useRef<HTMLSpanElement>(null)
  useLayoutEffect(() => {
    segment.current?.style.setProperty('flex-grow', String(count))
  }, [count])
  return <span ref={segment} className={`st-${state}`} />
}

interface StatesLegendProps {
  readonly rollout: Rollout
  readonly chosen: ItemState | undefined
  readonly onChoose: (state: ItemState | undefined) => void
}

/** What the colours mean; choosing one shows those merchants only. */
export const StatesLegend = ({ rollout, chosen, onChoose }: StatesLegendProps) => {
  const texts = useTexts(rolloutsTexts)
  const words = useStateWords()
  const shown = itemStates.filter((state) => countOf(rollout, state) > 0 || state === chosen)
  return (
    <fieldset className="states-legend">
      <legend className="unseen">{texts.filterByState}</legend>
      {[undefined, ...shown].map((state) => (
        <label key={state ?? 'all'}>
          <input
            type="radio"
            name="item-state"
            className="unseen"
            checked={state === chosen}
            onChange={() => onChoose(state)}
          />
          <span className="legend-item">
            {state !== undefined && <span className={`state-dot st-${state}`} aria-hidden />}
            {state === undefined ? texts.all : words(state)}
            <b>{state === undefined ? totalOf(rollout) : countOf(rollout, state)}</b>
          </span>
        </label>
      ))}
    </fieldset>
  )
}
