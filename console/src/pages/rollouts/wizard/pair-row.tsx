import { useId } from 'react'
import DeleteIcon from 'tdesign-icons-react/esm/components/delete.js'
import { Button } from '../../../parts/button.tsx'
import { useTexts } from '../../../text/language.ts'
import { partTexts } from '../../../text/parts.ts'
import type { Pair } from './draft.ts'

export interface RowWords {
  readonly nameLabel: string
  readonly valueLabel: string
  /** Names and values that are offered while one types. */
  readonly names?: readonly string[]
  readonly valuesOf?: (name: string) => readonly string[]
  readonly valuePlaceholder?: string
  /** The names are chosen from these, with words for each. */
  readonly choices?: readonly { readonly value: string; readonly label: string }[]
}

interface PairRowProps extends RowWords {
  readonly pair: Pair
  readonly number: number
  readonly invalid: boolean
  readonly onChange: (pair: Pair | undefined) => void
}

export const PairRow = ({
  pair,
  number,
  invalid,
  onChange,
  choices,
  nameLabel,
  valueLabel,
  ...offers
}: PairRowProps) => {
  const texts = useTexts(partTexts)
  const id = useId()
  const { names, valuesOf, valuePlaceholder } = offers
  const values = valuesOf?.(pair.name.trim())
  const bad = { 'aria-invalid': invalid || undefined }
  const rename = (name: string): void => onChange({ ...pair, name })
  return (
    <div className="pair-row">
      {choices ? (
        <select
          className="control"
          aria-label={`${nameLabel} ${number}`}
          value={pair.name}
          onChange={(event) => rename(event.target.value)}
        >
          {choices.map(({ value, label }) => (
            <option key={value} value={value}>
              {label}
            </option>
          ))}
        </select>
      ) : (
        <input
          {...bad}
          className="control mono"
          aria-label={`${nameLabel} ${number}`}
          placeholder={nameLabel}
          value={pair.name}
          spellCheck={false}
          list={names && `${id}-names`}
          onChange={(event) => rename(event.target.value)}
        />
      )}
      <input
        {...bad}
        className="control"
        aria-label={`${valueLabel} ${number}`}
        placeholder={valuePlaceholder ?? valueLabel}
        value={pair.value}
        spellCheck={false}
        list={values && `${id}-values`}
        onChange={(event) => onChange({ ...pair, value: event.target.value })}
      />
      <Button
        variant="text"
        shape="square"
        icon={<DeleteIcon aria-hidden />}
        aria-label={texts.remove(pair.name || String(number))}
        title={texts.remove(pair.name || String(number))}
        onClick={() => onChange(undefined)}
      />
      {names && <Offers id={`${id}-names`} words={names} />}
      {values && <Offers id={`${id}-values`} words={values} />}
    </div>
  )
}

const MOST_OFFERS = 50

const Offers = ({ id, words }: { readonly id: string; readonly words: readonly string[] }) => (
  <datalist id={id}>
    {words.slice(0, MOST_OFFERS).map((word) => (
      <option key={word} value={word} />
    ))}
  </datalist>
)
