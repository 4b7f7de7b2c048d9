import type { ReactNode } from 'react'
import './choice-cards.css'

interface ChoiceCardsProps<V extends string> {
  readonly legend: string
  /** The legend is only read out. */
  readonly bare?: boolean
  readonly value: V | undefined
  readonly onChange: (value: V) => void
  readonly choices: readonly { readonly value: V; readonly title: ReactNode; readonly words?: ReactNode }[]
  /** In columns where there is room. */
  readonly beside?: boolean
  readonly error?: string | undefined
}

/** A few choices that need a sentence each. */
export function ChoiceCards<V extends string>({
  legend,
  bare = false,
  value,
  onChange,
  choices,
  beside = false,
  error,
}: ChoiceCardsProps<V>) {
  const isWorded = choices.some(({ words }) => words !== undefined)
  return (
    <>
      <fieldset className={['choice-cards', beside && 'beside', isWorded && 'worded'].filter(Boolean).join(' ')}>
        <legend className={bare ? 'unseen' : undefined}>{legend}</legend>
        {choices.map((choice) => (
          <label key={choice.value}>
            <input
              type="radio"
              className="unseen"
              name={legend}
              checked={choice.value === value}
              onChange={() => onChange(choice.value)}
              {...(error !== undefined && { 'aria-invalid': true })}
            />
            <span className="choice-card">
              <span>
                <strong>{choice.title}</strong>
                {choice.words !== undefined && <span className="fine">{choice.words}</span>}
              </span>
            </span>
          </label>
        ))}
      </fieldset>
      {error !== undefined && <p className="fine field-error">{error}</p>}
    </>
  )
}
