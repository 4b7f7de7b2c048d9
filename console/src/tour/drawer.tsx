import { useEffect, useId, useRef, useState } from 'react'
import { Button } from 'tdesign-react/es/button'
import CloseIcon from 'tdesign-icons-react/esm/components/close.js'
import { partTexts } from '../text/parts.ts'
import { useTexts } from '../text/language.ts'
import { tourTexts } from '../text/tour.ts'
import { beginAnew, type DemoState } from './demo-api.ts'
import { Groups } from './groups.tsx'
import { Standing } from './standing.tsx'
import { DrawerContext } from './use-demo.ts'
import { useSession } from '../api/session.ts'
import { ConfirmButton } from '../parts/confirm-button.tsx'

interface DrawerProps {
  readonly state: DemoState | undefined
  readonly silent: boolean
  readonly reload: () => Promise<void>
  readonly onClose: () => void
}

/** From this width on the page stays usable beside the drawer. */
const beside = '(min-width: 768px)'

/** The browser's own dialog: beside the page where there is room, over it on a phone. */
export const Drawer = ({ state, silent, reload, onClose }: DrawerProps) => {
  const texts = useTexts(tourTexts)
  const { close: closeWords } = useTexts(partTexts)
  const dialog = useRef<HTMLDialogElement>(null)
  const titleId = useId()
  useEffect(() => {
    const element = dialog.current
    if (!element) return undefined
    if (window.matchMedia(beside).matches) element.show()
    else element.showModal()
    return () => element.close()
  }, [])
  const leave = (): void => {
    if (!window.matchMedia(beside).matches) onClose()
  }
  return (
    <dialog
      ref={dialog}
      className="tour-drawer"
      aria-labelledby={titleId}
      onCancel={(event) => {
        event.preventDefault()
        onClose()
      }}
      onKeyDown={(event) => {
        if (event.key === 'Escape' && !event.defaultPrevented) onClose()
      }}
    >
      <div className="tour-head">
        <h2 id={titleId}>{texts.title}</h2>
        <Button
          variant="text"
          shape="square"
          icon={<CloseIcon aria-hidden />}
          aria-label={closeWords}
          title={closeWords}
          onClick={onClose}
        />
      </div>
      <div className="tour-body">
        <p className="soft">
          {texts.intro} {texts.firstSteps}
        </p>
        {silent && <p className="tour-result bad">{texts.unreachable}</p>}
        {state && (
          <DrawerContext value={{ state, reload, leave }}>
            <Standing />
            <Groups />
            <div className="row">
              <BeginAnew />
            </div>
            <p className="fine row">
              <a href={state.pages.wechat} target="_blank" rel="noopener noreferrer">
                {texts.pageWechat}
              </a>
              <a href={state.pages.auditor} target="_blank" rel="noopener noreferrer">
                {texts.pageAuditor}
              </a>
            </p>
          </DrawerContext>
        )}
      </div>
    </dialog>
  )
}

/** Puts the whole demo back to where it began. */
const BeginAnew = () => {
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
