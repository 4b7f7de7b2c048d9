import { useEffect, useState } from 'react'
import { useOperation } from '../../../api/use-operation.ts'
import { ErrorNotice } from '../../../parts/error-notice.tsx'
import { ChoiceField } from '../../../parts/fields.tsx'
import { useTexts } from '../../../text/language.ts'
import { wizardTexts } from '../../../text/rollout-wizard.ts'
import type { Audience } from './audience.ts'
import type { Draft } from './draft.ts'
import { extOf, type Ext } from './ext.ts'

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
export const RenderPreview = ({ draft, audience }: { readonly draft: Draft; readonly audience: Audience }) => {
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
