import { Facts, Panel } from '../../parts/panel.tsx'
import { TimeText } from '../../parts/time-text.tsx'
import { useTexts } from '../../text/language.ts'
import { rolloutsTexts } from '../../text/rollouts.ts'
import { countOf, type ItemState, reachesOf, type Rollout, totalOf, waveCountOf } from './item-states.ts'
import { NextWords } from './next-step.tsx'
import { StatesBar, StatesLegend } from './states-bar.tsx'
import { NumberDot } from '../../parts/number-dot.tsx'

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

/** How it was planned to go. */
const Rules = ({ rollout }: { readonly rollout: Rollout }) => {
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

type Progress = 'done' | 'now' | 'later' | 'stopped'

const progressOf = ({ state, wave }: Rollout, number: number): Progress => {
  if (number < wave || state === 'completed') return 'done'
  if (state === 'cancelled') return 'stopped'
  return number === wave ? 'now' : 'later'
}

/** Wave by wave, who belongs to it and where it stands. */
export const RolloutWaves = ({ rollout }: { readonly rollout: Rollout }) => {
  const texts = useTexts(rolloutsTexts)
  const { waves, canary = 0 } = rollout
  const reaches = reachesOf(rollout, totalOf(rollout))
  if (reaches.length < 2) return null
  const words = { done: texts.waveDone, now: texts.waveNow, later: texts.waveLater, stopped: texts.waveStopped }
  return (
    <Panel title={texts.waves}>
      <ol className="wave-list">
        {reaches.map((to, index) => {
          const number = index + 1
          const progress = progressOf(rollout, number)
          const from = (reaches[index - 1] ?? 0) + 1
          const percentage = canary > 0 ? waves[index - 1] : waves[index]
          return (
            <li key={number} className={progress} {...(progress === 'now' && { 'aria-current': 'step' as const })}>
              <NumberDot number={number} progress={progress} />
              <span>
                <strong>{texts.waveName(number)}</strong> <span className="fine">{words[progress]}</span>
                <br />
                <span className="fine numbers">
                  {percentage === undefined ? texts.waveCanary : `${percentage}%`}
                  {from <= to && <> · {texts.waveMerchants(from, to)}</>}
                </span>
              </span>
            </li>
          )
        })}
      </ol>
    </Panel>
  )
}
