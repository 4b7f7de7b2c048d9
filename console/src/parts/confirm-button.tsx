import { useState, type ReactElement, type ReactNode } from 'react'
import type { OperationName } from '../../../client/src/client.ts'
import type { DataOf, InputOf } from '../api/call.ts'
import { useAction, type ActionState } from '../api/use-action.ts'
import { useTexts } from '../text/language.ts'
import { partTexts } from '../text/parts.ts'
import { Button } from './button.tsx'
import { Modal } from './modal.tsx'
import { ErrorNotice } from './notice.tsx'
import { toast } from './toast.tsx'

interface QuestionProps {
  /** On the button that opens the question. */
  readonly children: string
  readonly title: string
  /** What will happen, and whether it can be taken back. */
  readonly consequence: ReactNode
  /** On the button that does it; default: the same words as on the first. */
  readonly confirm?: string
  readonly danger?: boolean
  readonly disabled?: boolean
  /** Whether it can be answered with yes. */
  readonly ready?: boolean
  readonly size?: 'small' | 'medium'
  readonly variant?: 'outline' | 'text' | 'base'
  readonly icon?: ReactElement
}

interface ConfirmButtonProps extends QuestionProps {
  /** @returns whether it was done; then the question closes */
  readonly onConfirm: () => Promise<boolean>
  /** What `onConfirm` sets off. Its earlier refusal is forgotten when the question opens. */
  readonly action?: ActionState
  readonly onOpen?: () => void
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
  variant = 'outline',
  ready = true,
  ...button
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
        {...button}
        variant={variant}
        theme={danger ? 'danger' : variant === 'base' ? 'primary' : 'default'}
        action={action}
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
            <Button
              theme={danger ? 'danger' : 'primary'}
              loading={action?.busy === true}
              disabled={!ready}
              onClick={() => void act()}
            >
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

interface OperationButtonProps<N extends OperationName> extends QuestionProps {
  readonly operation: N
  readonly input: InputOf<N>
  /** Said when it is done. */
  readonly done?: string | ((data: DataOf<N>) => string)
  readonly onDone?: (data: DataOf<N>) => void
}

/** Carries out an operation, after it said what will happen. */
export function OperationButton<N extends OperationName>({
  operation,
  input,
  done,
  onDone,
  ...question
}: OperationButtonProps<N>) {
  const action = useAction(operation)
  const act = async (): Promise<boolean> => {
    const data = await action.run(input)
    if (data === undefined) return false
    if (done !== undefined) toast(typeof done === 'string' ? done : done(data))
    onDone?.(data)
    return true
  }
  return <ConfirmButton {...question} action={action} onConfirm={act} />
}
