import { useState } from 'react'
import { useAction } from '../../api/use-action.ts'
import { useOperation } from '../../api/use-operation.ts'
import { Button } from '../../parts/button.tsx'
import { ErrorNotice } from '../../parts/error-notice.tsx'
import { TextAreaField } from '../../parts/fields.tsx'
import { Form } from '../../parts/form.tsx'
import { Modal } from '../../parts/modal.tsx'
import { toast } from '../../parts/toast.tsx'
import { Waiting } from '../../parts/waiting.tsx'
import { useTexts } from '../../text/language.ts'
import { templatesTexts } from '../../text/templates.ts'
import { changesOf, draftOf, settingsOf, type Settings, type SettingsDraft } from './settings-draft.ts'
import { VariableRows } from './variable-rows.tsx'

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
