import { Facts } from '../../parts/facts.tsx'
import { Panel } from '../../parts/panel.tsx'
import { TimeText } from '../../parts/time-text.tsx'
import { useTexts } from '../../text/language.ts'
import { rolloutsTexts } from '../../text/rollouts.ts'
import { countOf, totalOf, type ItemState, type Rollout } from './item-states.ts'
import { NextWords } from './next-words.tsx'
import { Rules } from './rules.tsx'
import { StatesBar, StatesLegend } from './states-bar.tsx'

interface RolloutProgressProps {
  readonly rollout: Rollout
  readonly state: ItemState | undefined
  readonly onState: (state: ItemState | undefined) => void
}

/** How far it is, who has something to do, and who is in which state. */
export const RolloutProgress = ({ rollout, state, onState }: RolloutProgressProps) => {
  const texts = useTexts(rolloutsTexts)
  const { progress, startAt, startedAt, endedAt, expectedEndAt, perHour = 0 } = rollout
  return (
    <Panel>
      <div className="stack">
        <div className="rollout-standing">
          <div>
            <span className="rollout-percent numbers">{texts.percent(Math.round(progress * 100))}</span>
            <span className="soft numbers">{texts.doneOf(countOf(rollout, 'released'), totalOf(rollout))}</span>
          </div>
          <div aria-live="polite">
            <NextWords rollout={rollout} />
          </div>
        </div>
        <StatesBar rollout={rollout} />
        <StatesLegend rollout={rollout} chosen={state} onChoose={onState} />
        <Facts
          facts={[
            [texts.startsAt, startAt && !startedAt && <TimeText key="starts" value={startAt} />],
            [texts.started, startedAt && <TimeText key="started" value={startedAt} />],
            [texts.expectedEnd, expectedEndAt && <TimeText key="end" value={expectedEndAt} />],
            [texts.endedAt, endedAt && <TimeText key="ended" value={endedAt} />],
            [texts.perHour, perHour > 0 ? texts.perHourOf(perHour < 10 ? perHour : Math.round(perHour)) : undefined],
          ]}
        />
        <Rules rollout={rollout} />
      </div>
    </Panel>
  )
}
