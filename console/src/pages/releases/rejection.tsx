import { useState } from 'react'
import type { Release } from '../../../../client/src/client.ts'
import { useOperation } from '../../api/use-operation.ts'
import { Modal } from '../../parts/modal.tsx'
import { useTexts } from '../../text/language.ts'
import { releaseTexts } from '../../text/releases.ts'

/** Why the reviewer refused it, with the pictures. */
export const Rejection = ({ release: { appid, state, reason, screenshots = [] } }: { readonly release: Release }) => {
  const texts = useTexts(releaseTexts)
  const [shown, setShown] = useState<Picture>()
  if (reason === undefined || (state !== 'rejected' && state !== 'delayed')) return null
  return (
    <section className="rejection" aria-label={texts.reason}>
      <h3>{texts.reason}</h3>
      <p>{reason}</p>
      {screenshots.length > 0 && (
        <ul className="rejection-pictures" aria-label={texts.screenshots}>
          {screenshots.map((mediaId, index) => (
            <li key={mediaId}>
              <Screenshot appid={appid} mediaId={mediaId} name={texts.screenshot(index + 1)} onShow={setShown} />
            </li>
          ))}
        </ul>
      )}
      <Modal open={shown !== undefined} title={shown?.name ?? ''} onClose={() => setShown(undefined)} wide>
        {shown && <img className="rejection-large" src={shown.source} alt={shown.name} />}
      </Modal>
    </section>
  )
}

interface Picture {
  readonly source: string
  readonly name: string
}

interface ScreenshotProps {
  readonly appid: string
  readonly mediaId: string
  readonly name: string
  readonly onShow: (picture: Picture) => void
}

const Screenshot = ({ appid, mediaId, name, onShow }: ScreenshotProps) => {
  const { data, problem } = useOperation('releases.screenshot', { appid, mediaId })
  if (problem) return <span className="fine">{problem.message}</span>
  if (!data) return <span className="trial-empty" />
  const source = `data:${data.contentType};base64,${data.base64}`
  return (
    <button type="button" onClick={() => onShow({ source, name })}>
      <img src={source} alt={name} />
    </button>
  )
}
