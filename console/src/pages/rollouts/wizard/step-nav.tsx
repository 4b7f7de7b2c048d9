import { NumberDot } from '../../../parts/number-dot.tsx'
import { useTexts } from '../../../text/language.ts'
import { wizardTexts } from '../../../text/rollout-wizard.ts'
import { type StepName, stepNames } from './step.ts'
import './step-nav.css'

interface StepNavProps {
  readonly step: StepName
  /** The furthest that can be gone to. */
  readonly reach: number
  readonly onGo: (step: StepName) => void
}

export const StepNav = ({ step, reach, onGo }: StepNavProps) => {
  const texts = useTexts(wizardTexts)
  const at = stepNames.indexOf(step)
  return (
    <nav className="steps" aria-label={texts.steps}>
      <ol className="step-nav">
        {stepNames.map((name, index) => {
          const progress = index === at ? 'now' : index < at ? 'done' : undefined
          return (
            <li key={name} className={progress}>
              <button
                type="button"
                disabled={index > reach}
                onClick={() => onGo(name)}
                {...(index === at && { 'aria-current': 'step' as const })}
              >
                <NumberDot number={index + 1} progress={progress} />
                <span className="step-word">{texts[name]}</span>
              </button>
            </li>
          )
        })}
      </ol>
    </nav>
  )
}
