import { useState } from 'react'
import { useTexts } from '../../../text/language.ts'
import { wizardTexts } from '../../../text/rollout-wizard.ts'
import { ExtEditor, ExtJson } from '../../../parts/ext-editor.tsx'
import { useSettled } from '../../../parts/use-settled.ts'
import { SetupFields } from './setup-fields.tsx'
import type { StepProps } from './step.ts'
import { useOperation } from '../../../api/use-operation.ts'
import { ErrorNotice } from '../../../parts/notice.tsx'
import { ChoiceField } from '../../../parts/fields.tsx'
import { countValues, type Audience } from './directory.ts'
import type { Draft } from './draft.ts'
import { extOf } from '../../../wechat/ext.ts'

/** Attributes that are offered; few merchants have more. */
const MOST_KNOWN = 8

export const VariablesStep = (step: StepProps) => {
  const texts = useTexts(wizardTexts)
  const { draft, change, audience, directory, wrongs } = step
  const setupIsWrong = Object.keys(wrongs).some((field) => field !== 'ext')
  const hasSetup = draft.privacy || Object.values(draft.domains).some((text) => text !== '')
  const known = countValues(directory.merchants.flatMap(({ attributes }) => Object.keys(attributes)))
  return (
    <>
      <div className="wizard-pair wide">
        <ExtEditor
          draft={draft}
          onChange={change}
          error={wrongs['ext']}
          known={known.slice(0, MOST_KNOWN).map(([name]) => name)}
        />
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

/** What one merchant would really get. */
const RenderPreview = ({ draft, audience }: { readonly draft: Draft; readonly audience: Audience }) => {
  const texts = useTexts(wizardTexts)
  const [wished, setWished] = useState('')
  const { merchants } = audience
  const appid = merchants.find((one) => one.appid === wished)?.appid ?? merchants[0]?.appid
  const ext = useSettled(extOf(draft), QUIET_MS)
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
        {problem ? <ErrorNotice problem={problem} /> : data && <ExtJson text={data.extJson} />}
      </div>
    </div>
  )
}
