import { useId, type ReactNode } from 'react'
import type { ActionState } from '../../api/use-action.ts'
import { Button } from '../../parts/button.tsx'
import { Form } from '../../parts/form.tsx'
import { Modal } from '../../parts/modal.tsx'
import { useTexts } from '../../text/language.ts'
import { partTexts } from '../../text/parts.ts'

interface FormModalProps {
  readonly title: string
  /** On the button that sends it. */
  readonly submit: string
  readonly ready: boolean
  /** What it sets off: an earlier refusal is forgotten once something else is filled in. */
  readonly action: ActionState
  readonly danger?: boolean
  readonly wide?: boolean
  readonly onSubmit: () => Promise<void>
  readonly onClose: () => void
  readonly children: ReactNode
}

/** A few fields with a button to send them; Enter does, too. */
export const FormModal = ({
  title,
  submit,
  ready,
  action,
  danger = false,
  wide = false,
  onSubmit,
  onClose,
  children,
}: FormModalProps) => {
  const texts = useTexts(partTexts)
  const id = useId()
  const { busy } = action
  return (
    <Modal
      open
      title={title}
      wide={wide}
      onClose={onClose}
      footer={
        <>
          <Button variant="outline" theme="default" disabled={busy} onClick={onClose}>
            {texts.cancel}
          </Button>
          <Button
            type="submit"
            form={id}
            theme={danger ? 'danger' : 'primary'}
            action={action}
            loading={busy}
            disabled={!ready}
          >
            {submit}
          </Button>
        </>
      }
    >
      <Form id={id} action={action} onSubmit={() => ready && !busy && void onSubmit()}>
        {children}
      </Form>
    </Modal>
  )
}
