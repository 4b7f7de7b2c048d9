import AddIcon from 'tdesign-icons-react/esm/components/add.js'
import DeleteIcon from 'tdesign-icons-react/esm/components/delete.js'
import { Button } from '../../parts/button.tsx'
import { Check } from '../../parts/check.tsx'
import { useTexts } from '../../text/language.ts'
import { partTexts } from '../../text/parts.ts'
import { templatesTexts } from '../../text/templates.ts'
import { unnamed, type SettingsDraft, type VariableDraft } from './settings-draft.ts'
import './variable-rows.css'

interface VariableRowsProps {
  readonly draft: SettingsDraft
  readonly onChange: (variables: readonly VariableDraft[]) => void
}

const named = (name: string): VariableDraft => ({ name, label: '', required: false, fallback: '' })

/** Variables row by row; those that the texts use are one press away. */
export const VariableRows = ({ draft, onChange }: VariableRowsProps) => {
  const texts = useTexts(templatesTexts)
  const { remove } = useTexts(partTexts)
  const { variables } = draft
  const replace = (index: number, change: Partial<VariableDraft>): void =>
    onChange(variables.map((one, place) => (place === index ? { ...one, ...change } : one)))
  return (
    <fieldset className="variable-rows">
      <legend>{texts.variables}</legend>
      <p className="fine">{texts.variablesAbout}</p>
      {variables.map(({ name, label, required, fallback }, index) => (
        // oxlint-disable-next-line react/no-array-index-key
        <div key={index} className="variable-row">
          <input
            className="control mono"
            aria-label={`${texts.variableName} ${index + 1}`}
            placeholder={texts.variableName}
            value={name}
            spellCheck={false}
            onChange={(event) => replace(index, { name: event.target.value })}
          />
          <input
            className="control"
            aria-label={`${texts.variableLabel} ${index + 1}`}
            placeholder={texts.variableLabel}
            value={label}
            onChange={(event) => replace(index, { label: event.target.value })}
          />
          <input
            className="control"
            aria-label={`${texts.variableDefault} ${index + 1}`}
            placeholder={texts.variableDefault}
            value={fallback}
            onChange={(event) => replace(index, { fallback: event.target.value })}
          />
          <Check checked={required} onChange={(checked) => replace(index, { required: checked })}>
            {texts.variableRequired}
          </Check>
          <Button
            variant="text"
            shape="square"
            icon={<DeleteIcon aria-hidden />}
            aria-label={remove(name || String(index + 1))}
            title={remove(name || String(index + 1))}
            onClick={() => onChange(variables.filter((_, place) => place !== index))}
          />
        </div>
      ))}
      <div className="row">
        {unnamed(draft).map((name) => (
          <Button
            key={name}
            size="small"
            variant="outline"
            icon={<AddIcon aria-hidden />}
            onClick={() => onChange([...variables, named(name)])}
          >
            {name}
          </Button>
        ))}
        <Button
          size="small"
          variant="outline"
          icon={<AddIcon aria-hidden />}
          onClick={() => onChange([...variables, named('')])}
        >
          {texts.addVariable}
        </Button>
      </div>
    </fieldset>
  )
}
