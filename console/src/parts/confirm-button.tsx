import { type ReactElement, type ReactNode, useState } from 'react'
import { Button } from './button.tsx'
import type { ActionState } from '../api/use-action.ts'
import { partTexts } from '../text/parts.ts'
import { useTexts } from '../text/language.ts'
import { ErrorNotice } from './notice.tsx'
import { Modal } from './modal.tsx'

interface ConfirmButtonProps {
  /** On the button that opens the question. */
  readonly children: string
  readonly title: string
  /** What will happen, and whether it can be taken back. */
  readonly consequence: ReactNode
  /** On the button that does it; default: the same words as on the first. */
  readonly confirm?: string
  /** @returns whether it was done; then the question closes */
  readonly onConfirm: () => Promise<boolean>
  /** What `onConfirm` sets off. Its earlier refusal is forgotten when the question opens. */
  readonly action?: ActionState
  readonly onOpen?: () => void
  readonly danger?: boolean
  readonly disabled?: boolean
  readonly size?: 'small' | 'medium'
  readonly variant?: 'outline' | 'text' | 'base'
  readonly icon?: ReactElement
}

/** A button that says what will happen, and asks. */
export const ConfirmButton = ({
  children,
  title,
  consequence,
  confirm = children,
  onConfirm,
  action,
  onOpen,
  danger = false,
  disabled = false,
  size = 'medium',
  variant = 'outline',
  icon,
}: ConfirmButtonProps) => {
  const texts = useTexts(partTexts)
  const [open, setOpen] = useState(false)
  const close = (): void => setOpen(false)
  const act = async (): Promise<void> => {
    if (await onConfirm()) close()
  }
  return (
    <>
      <Button
        size={size}
        variant={variant}
        theme={danger ? 'danger' : variant === 'base' ? 'primary' : 'default'}
        disabled={disabled}
        action={action}
        {...(icon === undefined ? {} : { icon })}
        onClick={() => {
          action?.clear()
          onOpen?.()
          setOpen(true)
        }}
      >
        {children}
      </Button>
      <Modal
        open={open}
        title={title}
        onClose={close}
        footer={
          <>
            <Button variant="outline" theme="default" disabled={action?.busy === true} onClick={close}>
              {texts.cancel}
            </Button>
            <Button theme={danger ? 'danger' : 'primary'} loading={action?.busy === true} onClick={() => void act()}>
              {confirm}
            </Button>
          </>
        }
      >
        <div>{consequence}</div>
        <ErrorNotice problem={action?.problem} />
      </Modal>
    </>
  )
}
