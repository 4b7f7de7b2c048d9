import { useState } from 'react'
import { useSession } from '../api/session.ts'
import { ConfirmButton } from '../parts/confirm-button.tsx'
import { useTexts } from '../text/language.ts'
import { tourTexts } from '../text/tour.ts'
import { beginAnew } from './demo-api.ts'

/** Puts the whole demo back to where it began. */
export const BeginAnew = () => {
  const texts = useTexts(tourTexts)
  const { apiBaseUrl } = useSession()
  const [busy, setBusy] = useState(false)
  return (
    <ConfirmButton
      size="small"
      danger
      title={texts.resetTitle}
      consequence={texts.resetConsequence}
      action={{ busy, problem: undefined, needs: undefined, clear: () => undefined }}
      onConfirm={async () => {
        setBusy(true)
        await beginAnew(apiBaseUrl)
        // What this page knows is gone, its key too.
        window.location.assign(`${apiBaseUrl}/console/`)
        return true
      }}
    >
      {texts.reset}
    </ConfirmButton>
  )
}
