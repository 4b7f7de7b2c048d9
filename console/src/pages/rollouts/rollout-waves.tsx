import { NumberDot } from '../../parts/number-dot.tsx'
import { Panel } from '../../parts/panel.tsx'
import { useTexts } from '../../text/language.ts'
import { rolloutsTexts } from '../../text/rollouts.ts'
import { reachesOf, totalOf, type Rollout } from './item-states.ts'

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
