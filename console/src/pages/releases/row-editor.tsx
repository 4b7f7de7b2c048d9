import AddIcon from 'tdesign-icons-react/esm/components/add.js'
import CloseIcon from 'tdesign-icons-react/esm/components/close.js'
import { Button } from '../../parts/button.tsx'
import { useTexts } from '../../text/language.ts'
import { commitTexts } from '../../text/releases.ts'
import type { Row } from './ext-draft.ts'

interface RowEditorProps {
  readonly label: string
  readonly add: string
  readonly rows: readonly Row[]
  readonly onChange: (rows: readonly Row[]) => void
}

/** Names with values, one below the other. */
export const RowEditor = ({ label, add, rows, onChange }: RowEditorProps) => {
  const texts = useTexts(commitTexts)
  const write = (index: number, change: Partial<Row>): void =>
    onChange(rows.map((row, at) => (at === index ? { ...row, ...change } : row)))
  return (
    <div className="row-editor" role="group" aria-label={label}>
      {rows.map(({ name, value }, index) => (
        // Rows have no other identity than their place.
        // oxlint-disable-next-line react/no-array-index-key
        <div className="row-editor-row" key={index}>
          <input
            className="control mono"
            aria-label={`${label} · ${texts.name} ${index + 1}`}
            placeholder={texts.name}
            value={name}
            spellCheck={false}
            onChange={(event) => write(index, { name: event.target.value })}
          />
          <input
            className="control"
            aria-label={`${label} · ${name === '' ? `${texts.value} ${index + 1}` : name}`}
            placeholder={texts.value}
            value={value}
            onChange={(event) => write(index, { value: event.target.value })}
          />
          <Button
            variant="text"
            shape="square"
            icon={<CloseIcon aria-hidden />}
            aria-label={texts.removeRow(name === '' ? String(index + 1) : name)}
            onClick={() => onChange(rows.filter((_, at) => at !== index))}
          />
        </div>
      ))}
      <div>
        <Button
          variant="text"
          size="small"
          icon={<AddIcon aria-hidden />}
          onClick={() => onChange([...rows, { name: '', value: '' }])}
        >
          {add}
        </Button>
      </div>
    </div>
  )
}
