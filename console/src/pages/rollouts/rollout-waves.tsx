import { NumberDot } from '../../parts/number-dot.tsx'
import { Panel } from '../../parts/panel.tsx'
import { useTexts } from '../../text/language.ts'
import { rolloutsTexts } from '../../text/rollouts.ts'
import { reachOf, totalOf, type Rollout } from './item-states.ts'

type Progress = 'done' | 'now' | 'later' | 'stopped'

const progressOf = ({ state, wave }: Rollout, number: number): Progress => {
  if (number < wave || state === 'completed') return 'done'
  if (state === 'cancelled') return 'stopped'
  return number === wave ? 'now' : 'later'
}

/** Wave by wave, who belongs to it and where it stands. */
export const RolloutWaves = ({ rollout }: { readonly rollout: Rollout }) => {
  const texts = useTexts(rolloutsTexts)
  const { waves } = rollout
  const total = totalOf(rollout)
  if (waves.length < 2) return null
  const words = { done: texts.waveDone, now: texts.waveNow, later: texts.waveLater, stopped: texts.waveStopped }
  return (
    <Panel title={texts.waves}>
      <ol className="wave-list">
        {waves.map((percentage, index) => {
          const number = index + 1
          const progress = progressOf(rollout, number)
          const from = reachOf(waves[index - 1] ?? 0, total) + 1
          const to = reachOf(percentage, total)
          return (
            <li key={percentage} className={progress} {...(progress === 'now' && { 'aria-current': 'step' as const })}>
              <NumberDot number={number} progress={progress} />
              <span>
                <strong>{texts.waveName(number)}</strong> <span className="fine">{words[progress]}</span>
                <br />
                <span className="fine numbers">
                  {percentage}%{from <= to && <> · {texts.waveMerchants(from, to)}</>}
                </span>
              </span>
            </li>
          )
        })}
      </ol>
    </Panel>
  )
}
