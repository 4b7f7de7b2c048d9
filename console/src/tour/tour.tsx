import { useEffect, useRef, useState } from 'react'
import ToolsIcon from 'tdesign-icons-react/esm/components/tools.js'
import { useTexts } from '../text/language.ts'
import { tourTexts } from '../text/tour.ts'
import { Drawer } from './drawer.tsx'
import { useDemoState } from './use-demo.ts'
import './tour.css'

/** The simulator's side door: a button on every page of the demo, and the drawer behind it. */
export const Tour = () => {
  const texts = useTexts(tourTexts)
  const [open, setOpen] = useState(false)
  const button = useRef<HTMLButtonElement>(null)
  const { state, silent, reload } = useDemoState(open)
  const seeding = state?.seeding.state === 'running' ? state.seeding : undefined
  const wasOpen = useRef(false)
  useEffect(() => {
    // Not before: it is hidden while the drawer is open.
    if (wasOpen.current && !open) button.current?.focus()
    wasOpen.current = open
  }, [open])
  return (
    <>
      <button
        ref={button}
        type="button"
        className="tour-button"
        aria-haspopup="dialog"
        aria-expanded={open}
        onClick={() => setOpen(true)}
        hidden={open}
      >
        <ToolsIcon size="18px" aria-hidden />
        {texts.open}
        {seeding && (
          <span className="tour-share numbers" aria-label={texts.seeding}>
            {Math.floor((100 * seeding.done) / Math.max(seeding.total, 1))}%
          </span>
        )}
      </button>
      {open && <Drawer state={state} silent={silent} reload={reload} onClose={() => setOpen(false)} />}
    </>
  )
}
