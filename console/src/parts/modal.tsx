import { useEffect, useId, useRef, type ReactNode } from 'react'
import { Button } from './button.tsx'
import CloseIcon from 'tdesign-icons-react/esm/components/close.js'
import { partTexts } from '../text/parts.ts'
import { useTexts } from '../text/language.ts'
import './modal.css'

interface ModalProps {
  readonly open: boolean
  readonly title: string
  readonly onClose: () => void
  readonly children: ReactNode
  /** Buttons at the end. */
  readonly footer?: ReactNode
  /** `side` is a drawer. Default `middle`. */
  readonly place?: 'middle' | 'side'
  readonly wide?: boolean
  /** Goes only with a button of its own, because what it shows cannot be shown again. */
  readonly firm?: boolean
}

/** The browser's own dialog: it keeps the focus inside and closes with Escape; then the focus is where it was. */
export const Modal = ({
  open,
  title,
  onClose,
  children,
  footer,
  place = 'middle',
  wide = false,
  firm = false,
}: ModalProps) => {
  const texts = useTexts(partTexts)
  const dialog = useRef<HTMLDialogElement>(null)
  const titleId = useId()
  useEffect(() => {
    const element = dialog.current
    if (!open || !element) return undefined
    const opener = document.activeElement
    element.showModal()
    element.querySelector<HTMLElement>('.modal-body :is(input, select, textarea)')?.focus()
    return () => {
      element.close()
      if (opener instanceof HTMLElement) opener.focus({ preventScroll: true })
    }
  }, [open])
  if (!open) return null
  return (
    <dialog
      ref={dialog}
      className={`modal at-${place}${wide ? ' wide' : ''}`}
      aria-labelledby={titleId}
      onCancel={(event) => {
        event.preventDefault()
        if (!firm) onClose()
      }}
      onPointerDown={(event) => {
        if (event.target === event.currentTarget && !firm) onClose()
      }}
    >
      <div className="modal-sheet">
        <div className="modal-head">
          <h2 id={titleId}>{title}</h2>
          {!firm && (
            <Button
              variant="text"
              shape="square"
              icon={<CloseIcon aria-hidden />}
              aria-label={texts.close}
              title={texts.close}
              onClick={onClose}
            />
          )}
        </div>
        <div className="modal-body">{children}</div>
        {footer !== undefined && <div className="modal-foot">{footer}</div>}
      </div>
    </dialog>
  )
}
