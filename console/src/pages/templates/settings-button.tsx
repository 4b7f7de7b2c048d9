import { useState } from 'react'
import AddIcon from 'tdesign-icons-react/esm/components/add.js'
import DeleteIcon from 'tdesign-icons-react/esm/components/delete.js'
import { useOperation } from '../../api/use-operation.ts'
import { Button } from '../../parts/button.tsx'
import { Form } from '../../parts/form.tsx'
import { Modal } from '../../parts/modal.tsx'
import { toast } from '../../parts/toast.tsx'
import { useTexts } from '../../text/language.ts'
import { templatesTexts } from '../../text/templates.ts'
import { useForm } from '../../api/use-form.ts'
import { Check, TextAreaField, useErrorWords } from '../../parts/fields.tsx'
import { extTexts, partTexts } from '../../text/parts.ts'
import { Pending } from '../../parts/waiting.tsx'
import { parseObject } from '../../wechat/ext.ts'
import { changesOf, draftOf, unnamed, type Settings, type SettingsDraft, type VariableDraft } from './settings-draft.ts'
import './variable-rows.css'

interface SettingsButtonProps {
  readonly templateId: number
}

/** What every merchant starts from with this template, and with all others of its source. */
export const SettingsButton = ({ templateId }: SettingsButtonProps) => {
  const texts = useTexts(templatesTexts)
  const [open, setOpen] = useState(false)
  return (
    <>
      <Button size="small" variant="text" onClick={() => setOpen(true)}>
        {texts.settings}
      </Button>
      <Modal open={open} title={texts.settingsOf(templateId)} onClose={() => setOpen(false)} wide>
        <LoadedSettings templateId={templateId} onDone={() => setOpen(false)} />
      </Modal>
    </>
  )
}

interface FormProps extends SettingsButtonProps {
  readonly onDone: () => void
}

const LoadedSettings = (props: FormProps) => {
  const loaded = useOperation('templates.getSettings', { templateId: props.templateId })
  return loaded.data ? <SettingsForm settings={loaded.data} {...props} /> : <Pending of={loaded} />
}

const SettingsForm = ({ settings, templateId, onDone }: FormProps & { readonly settings: Settings }) => {
  const texts = useTexts(templatesTexts)
  const { notObject } = useTexts(extTexts)
  const [former] = useState(() => draftOf(settings))
  const form = useForm('templates.setSettings', {
    begin: former,
    input: (draft) => ({ templateId, ...changesOf(draft, former) }),
    wrong: ({ ext, extJson }) => ({
      ext: parseObject(ext) ? undefined : notObject,
      extJson: parseObject(extJson) ? undefined : notObject,
    }),
    onDone: () => {
      toast(texts.settingsSaved)
      onDone()
    },
  })
  const { values, change, field } = form
  const wrongVariables = useErrorWords(field('variables').error, texts.variables)
  return (
    <Form form={form} submit={texts.save}>
      <p className="fine">{texts.settingsAbout}</p>
      <TextAreaField label={texts.ext} hint={texts.extHint} {...field('ext')} rows={6} mono />
      <VariableRows draft={values} onChange={(variables) => change({ variables })} error={wrongVariables} />
      <details open={values.extJson !== '' || undefined}>
        <summary>{texts.extJson}</summary>
        <TextAreaField label={texts.extJson} hint={texts.extJsonHint} {...field('extJson')} rows={4} mono />
      </details>
    </Form>
  )
}

interface VariableRowsProps {
  readonly draft: SettingsDraft
  readonly onChange: (variables: readonly VariableDraft[]) => void
  readonly error: string | undefined
}

const named = (name: string): VariableDraft => ({ name, label: '', required: false, fallback: '' })

/** Variables row by row; those that the texts use are one press away. */
const VariableRows = ({ draft, onChange, error }: VariableRowsProps) => {
  const texts = useTexts(templatesTexts)
  const { remove } = useTexts(partTexts)
  const { variables } = draft
  const replace = (index: number, change: Partial<VariableDraft>): void =>
    onChange(variables.map((one, place) => (place === index ? { ...one, ...change } : one)))
  return (
    <fieldset className="variable-rows">
      <legend>{texts.variables}</legend>
      <p className="fine">{texts.variablesAbout}</p>
      {error !== undefined && <p className="fine field-error">{error}</p>}
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
          <Check value={required} onChange={(checked) => replace(index, { required: checked })}>
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
