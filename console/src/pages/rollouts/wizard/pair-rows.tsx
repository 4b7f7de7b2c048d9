import { useId, type ReactNode } from 'react'
import AddIcon from 'tdesign-icons-react/esm/components/add.js'
import { Button } from '../../../parts/button.tsx'
import type { Pair } from './draft.ts'
import { PairRow, type RowWords } from './pair-row.tsx'
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
