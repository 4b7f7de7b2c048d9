import { useState } from 'react'
import { useOperation } from '../../api/use-operation.ts'
import { ErrorNotice } from '../../parts/error-notice.tsx'
import { ChoiceField } from '../../parts/fields.tsx'
import { useTexts } from '../../text/language.ts'
import { releaseTexts } from '../../text/releases.ts'

/** WeChat's QR code of the trial version, of any of its pages. */
export const TrialCode = ({ appid }: { readonly appid: string }) => {
  const texts = useTexts(releaseTexts)
  const [path, setPath] = useState('')
  const { data: code, problem, reload } = useOperation('releases.preview', { appid, ...(path !== '' && { path }) })
  const { data: pages } = useOperation('releases.pages', { appid })
  return (
    <div className="trial-code">
      {code ? (
        <img src={`data:${code.contentType};base64,${code.base64}`} alt={texts.trialCode} />
      ) : (
        <div className="trial-empty" aria-hidden />
      )}
      <p className="fine">{texts.trialHint}</p>
      <ErrorNotice problem={problem} onRetry={reload} />
      {pages && pages.pages.length > 1 && (
        <ChoiceField
          label={texts.trialPage}
          value={path}
          onChange={setPath}
          choices={[
            { value: '', label: texts.trialHome },
            ...pages.pages.map((page) => ({ value: page, label: page })),
          ]}
        />
      )}
    </div>
  )
}
