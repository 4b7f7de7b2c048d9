import { type ReactNode, useId } from 'react'
import AddIcon from 'tdesign-icons-react/esm/components/add.js'
import DeleteIcon from 'tdesign-icons-react/esm/components/delete.js'
import { Button } from './button.tsx'
import type { Pair } from '../wechat/ext.ts'
import { useTexts } from '../text/language.ts'
import { partTexts } from '../text/parts.ts'
import './pair-rows.css'

interface PairRowsProps extends RowWords {
  readonly legend: string
  /** The legend is only read out. */
  readonly bare?: boolean
  readonly hint?: ReactNode
  readonly addLabel: string
  readonly pairs: readonly Pair[]
  readonly onChange: (pairs: readonly Pair[]) => void
  readonly error?: string | undefined
}

/** Names with values, row by row. */
export const PairRows = ({ legend, bare = false, hint, addLabel, pairs, onChange, error, ...row }: PairRowsProps) => {
  const id = useId()
  const add = (): void => {
    const free = row.choices?.find(({ value }) => !pairs.some(({ name }) => name === value))
    onChange([...pairs, { name: free?.value ?? '', value: '' }])
  }
  const replace = (index: number, pair: Pair | undefined): void =>
    onChange(pairs.flatMap((one, place) => (place === index ? (pair ?? []) : one)))
  return (
    <fieldset className="pair-rows" aria-describedby={`${id}-words`}>
      <legend className={bare ? 'unseen' : undefined}>{legend}</legend>
      {(error !== undefined || hint !== undefined) && (
        <div id={`${id}-words`} className="fine">
          {error !== undefined && <p className="field-error">{error}</p>}
          {hint}
        </div>
      )}
      {pairs.map((pair, index) => (
        <PairRow
          // oxlint-disable-next-line react/no-array-index-key
          key={index}
          pair={pair}
          number={index + 1}
          invalid={error !== undefined}
          onChange={(changed) => replace(index, changed)}
          {...row}
        />
      ))}
      <div>
        <Button variant="outline" size="small" icon={<AddIcon aria-hidden />} onClick={add}>
          {addLabel}
        </Button>
      </div>
    </fieldset>
  )
}

interface RowWords {
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

const PairRow = ({ pair, number, invalid, onChange, choices, nameLabel, valueLabel, ...offers }: PairRowProps) => {
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
