import type { ReactNode } from 'react'
import { Button, CopyButton } from '../../parts/button.tsx'
import { Modal } from '../../parts/modal.tsx'
import { Notice } from '../../parts/notice.tsx'

interface SecretDialogProps {
  readonly title: string
  /** What it is for, and that it is shown this once. */
  readonly about: string
  readonly secret: string
  readonly copy: string
  /** What to do when it is lost. */
  readonly lost: string
  /** On the button with which the reader says that it is kept. */
  readonly kept: string
  readonly onClose: () => void
  readonly children?: ReactNode
}

/** Something that is shown once. It goes when somebody says that it is kept. */
export const SecretDialog = ({ title, about, secret, copy, lost, kept, onClose, children }: SecretDialogProps) => (
  <Modal open firm title={title} onClose={onClose} footer={<Button onClick={onClose}>{kept}</Button>}>
    <p>{about}</p>
    <div className="secret">
      <code>{secret}</code>
      <CopyButton value={secret} label={copy} shown />
    </div>
    {children}
    <Notice tone="warn">{lost}</Notice>
  </Modal>
)
