import { useEffect, useState } from 'react'
import { useTexts } from '../../../text/language.ts'
import { wizardTexts } from '../../../text/rollout-wizard.ts'
import { ExtEditor } from './ext-editor.tsx'
import { SetupFields } from './setup-fields.tsx'
import type { StepProps } from './step.ts'
import { useOperation } from '../../../api/use-operation.ts'
import { ErrorNotice } from '../../../parts/notice.tsx'
import { ChoiceField } from '../../../parts/fields.tsx'
import type { Audience } from './directory.ts'
import type { Draft } from './draft.ts'
import { type Ext, extOf } from './ext.ts'

export const VariablesStep = (step: StepProps) => {
  const texts = useTexts(wizardTexts)
  const { draft, audience, wrongs } = step
  const setupIsWrong = Object.keys(wrongs).some((field) => field !== 'ext' && field !== 'extJson')
  const hasSetup = draft.privacy || Object.values(draft.domains).some((text) => text !== '')
  return (
    <>
      <div className="wizard-pair wide">
        <ExtEditor {...step} />
        <RenderPreview draft={draft} audience={audience} />
      </div>
      <details className="wizard-details" open={hasSetup || setupIsWrong || undefined}>
        <summary>{texts.setup}</summary>
        <SetupFields {...step} />
      </details>
    </>
  )
}

/** So many can be looked at; a select with more helps nobody. */
const OFFERED = 50

/** Nothing is asked while somebody types. */
const QUIET_MS = 400

const useQuiet = (value: Ext | undefined): Ext | undefined => {
  const [quiet, setQuiet] = useState(value)
  const key = JSON.stringify(value)
  useEffect(() => {
    const timer = setTimeout(() => setQuiet(value), QUIET_MS)
    return () => clearTimeout(timer)
    // The same content in another object is no change.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [key])
  return quiet
}

const pretty = (json: string): string => {
  try {
    return JSON.stringify(JSON.parse(json), undefined, 2)
  } catch {
    return json
  }
}

/** What one merchant would really get. */
const RenderPreview = ({ draft, audience }: { readonly draft: Draft; readonly audience: Audience }) => {
  const texts = useTexts(wizardTexts)
  const [wished, setWished] = useState('')
  const { merchants } = audience
  const appid = merchants.find((one) => one.appid === wished)?.appid ?? merchants[0]?.appid
  const ext = useQuiet(extOf(draft))
  const { templateId } = draft
  const { data, problem } = useOperation(
    'releases.render',
    appid === undefined || templateId === undefined || ext === undefined
      ? undefined
      : { appid, templateId, ...(Object.keys(ext).length > 0 && { ext }) },
  )
  if (appid === undefined)
    return (
      <div className="stack tight">
        <strong>{texts.preview}</strong>
        <p className="soft">{texts.previewNone}</p>
      </div>
    )
  return (
    <div className="stack tight wizard-preview">
      <strong>{texts.preview}</strong>
      <ChoiceField
        label={texts.previewOf}
        value={appid}
        onChange={setWished}
        choices={merchants
          .slice(0, OFFERED)
          .map((one) => ({ value: one.appid, label: one.nickName === '' ? one.appid : one.nickName }))}
        hint={texts.previewHint}
      />
      <div aria-live="polite">
        {problem ? <ErrorNotice problem={problem} /> : data && <pre>{pretty(data.extJson)}</pre>}
      </div>
    </div>
  )
}
