import CheckIcon from 'tdesign-icons-react/esm/components/check.js'
import './step-bar.css'

interface StepBarProps {
  readonly label: string
  readonly steps: readonly string[]
  /** Index of the one that is under way, or, where it is the last, done. */
  readonly current: number
  /** The one under way went wrong. */
  readonly failed?: boolean
}

export const StepBar = ({ label, steps, current, failed = false }: StepBarProps) => (
  <ol className="step-bar" aria-label={label}>
    {steps.map((step, index) => (
      <li
        key={step}
        className={index < current ? 'done' : index > current ? 'later' : failed ? 'now failed' : 'now'}
        {...(index === current && { 'aria-current': 'step' as const })}
      >
        <span className="step-mark" aria-hidden>
          {index < current || (index === steps.length - 1 && index === current) ? <CheckIcon /> : index + 1}
        </span>
        <span className="step-name">{step}</span>
      </li>
    ))}
  </ol>
)
