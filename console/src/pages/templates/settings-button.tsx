import { useState } from 'react'
import AddIcon from 'tdesign-icons-react/esm/components/add.js'
import DeleteIcon from 'tdesign-icons-react/esm/components/delete.js'
import { useAction } from '../../api/use-action.ts'
import { useOperation } from '../../api/use-operation.ts'
import { Button } from '../../parts/button.tsx'
import { ErrorNotice } from '../../parts/notice.tsx'
import { Check, TextAreaField } from '../../parts/fields.tsx'
import { Form } from '../../parts/form.tsx'
import { Modal } from '../../parts/modal.tsx'
import { toast } from '../../parts/toast.tsx'
import { Waiting } from '../../parts/waiting.tsx'
import { useTexts } from '../../text/language.ts'
import { templatesTexts } from '../../text/templates.ts'
import {
  changesOf,
  draftOf,
  type Settings,
  type SettingsDraft,
  settingsOf,
  unnamed,
  type VariableDraft,
} from './settings-draft.ts'
import { partTexts } from '../../text/parts.ts'
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
  const { data, problem, reload } = useOperation('templates.getSettings', { templateId: props.templateId })
  if (problem) return <ErrorNotice problem={problem} onRetry={reload} />
  return data ? <SettingsForm settings={data} {...props} /> : <Waiting />
}

const SettingsForm = ({ settings, templateId, onDone }: FormProps & { readonly settings: Settings }) => {
  const texts = useTexts(templatesTexts)
  const save = useAction('templates.setSettings')
  const [former] = useState(() => draftOf(settings))
  const [draft, setDraft] = useState(former)
  const change = (part: Partial<SettingsDraft>): void => setDraft((before) => ({ ...before, ...part }))
  const wish = changesOf(draft, former)
  const wrong = (text: string): string | undefined =>
    settingsOf({ ...draft, ext: text, extJson: '' }) ? undefined : texts.notJson
  const send = async (): Promise<void> => {
    if (!wish) return
    if (Object.keys(wish).length > 0 && !(await save.run({ templateId, ...wish }))) return
    toast(texts.settingsSaved)
    onDone()
  }
  return (
    <Form onSubmit={send} action={save}>
      <p className="fine">{texts.settingsAbout}</p>
      <TextAreaField
        label={texts.ext}
        value={draft.ext}
        onChange={(ext) => change({ ext })}
        error={wrong(draft.ext)}
        hint={texts.extHint}
        rows={6}
        mono
      />
      <VariableRows draft={draft} onChange={(variables) => change({ variables })} />
      <details open={draft.extJson !== '' || undefined}>
        <summary>{texts.extJson}</summary>
        <TextAreaField
          label={texts.extJson}
          value={draft.extJson}
          onChange={(extJson) => change({ extJson })}
          error={wrong(draft.extJson)}
          hint={texts.extJsonHint}
          rows={4}
          mono
        />
      </details>
      <ErrorNotice problem={save.problem} />
      <div className="row">
        <Button type="submit" loading={save.busy} disabled={!wish}>
          {texts.save}
        </Button>
      </div>
    </Form>
  )
}

interface VariableRowsProps {
  readonly draft: SettingsDraft
  readonly onChange: (variables: readonly VariableDraft[]) => void
}

const named = (name: string): VariableDraft => ({ name, label: '', required: false, fallback: '' })

/** Variables row by row; those that the texts use are one press away. */
const VariableRows = ({ draft, onChange }: VariableRowsProps) => {
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
