import './filter-bar.css'

export interface FilterChoice<V extends string> {
  readonly value: V
  readonly label: string
}

interface FilterBarProps<V extends string> {
  readonly label: string
  readonly value: V
  readonly choices: readonly FilterChoice<V>[]
  readonly onChange: (value: V) => void
}

/** A few choices of which one holds. */
export function FilterBar<V extends string>({ label, value, choices, onChange }: FilterBarProps<V>) {
  return (
    <fieldset className="filter-bar">
      <legend className="unseen">{label}</legend>
      {choices.map((choice) => (
        <label key={choice.value}>
          <input
            type="radio"
            className="unseen"
            name={label}
            checked={choice.value === value}
            onChange={() => onChange(choice.value)}
          />
          <span>{choice.label}</span>
        </label>
      ))}
    </fieldset>
  )
}
