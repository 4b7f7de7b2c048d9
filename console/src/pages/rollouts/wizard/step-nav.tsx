import CheckIcon from 'tdesign-icons-react/esm/components/check.js'
import { useTexts } from '../../../text/language.ts'
import { wizardTexts } from '../../../text/rollout-wizard.ts'
import { stepNames, type StepName } from './step-names.ts'
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
        {stepNames.map((name, index) => (
          <li key={name} className={index === at ? 'now' : index < reach && index < at ? 'done' : undefined}>
            <button
              type="button"
              disabled={index > reach}
              onClick={() => onGo(name)}
              {...(index === at && { 'aria-current': 'step' as const })}
            >
              <span className="step-number" aria-hidden>
                {index < at ? <CheckIcon /> : index + 1}
              </span>
              <span className="step-word">{texts[name]}</span>
            </button>
          </li>
        ))}
      </ol>
    </nav>
  )
}
