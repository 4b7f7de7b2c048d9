import { useId, useRef, type FormEvent, type ReactNode } from 'react'
import type { FormState } from '../api/use-form.ts'
import { useTexts } from '../text/language.ts'
import { partTexts } from '../text/parts.ts'
import { roleTexts } from '../text/roles.ts'
import { Button } from './button.tsx'
import { Modal } from './modal.tsx'
import { ErrorNotice, Notice } from './notice.tsx'

interface FormProps {
  readonly form: FormState
  /** On the button that sends it; without, the button is elsewhere. */
  readonly submit?: string
  /** What must be there before it can be sent, beside what the fields say. */
  readonly ready?: boolean
  /** Beside the button. */
  readonly beside?: ReactNode
  /** For a button outside of it. */
  readonly id?: string
  readonly children: ReactNode
  readonly tight?: boolean
}

/** Fields that are sent by Enter or by the button. All are off where the visitor may not send them. */
export const Form = ({ form, submit, ready = true, beside, id, children, tight = false }: FormProps) => {
  const texts = useTexts(roleTexts)
  const element = useRef<HTMLFormElement>(null)
  const { action, send } = form
  const { needs, busy, problem } = action
  const onSubmit = async (event: FormEvent): Promise<void> => {
    event.preventDefault()
    if (needs !== undefined || busy || !ready) return
    // The fields know what is wrong after the next drawing.
    if (!(await send())) setTimeout(() => element.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus())
  }
  return (
    <form
      ref={element}
      id={id}
      noValidate
      className={tight ? 'stack tight' : 'stack'}
      onSubmit={(event) => void onSubmit(event)}
    >
      {needs && <Notice>{texts.needs(texts[needs])}</Notice>}
      <fieldset className="whole" disabled={needs !== undefined}>
        {children}
      </fieldset>
      <ErrorNotice problem={problem} />
      {submit !== undefined && (
        <div className="row">
          <Button type="submit" action={action} loading={busy} disabled={!ready}>
            {submit}
          </Button>
          {beside}
        </div>
      )}
    </form>
  )
}

interface FormModalProps extends Pick<FormProps, 'form' | 'ready' | 'children'> {
  readonly title: string
  /** On the button that sends it. */
  readonly submit: string
  readonly danger?: boolean
  readonly onClose: () => void
}

/** A few fields in a window of their own. It closes when they are sent. */
export const FormModal = ({ form, title, submit, ready = true, danger = false, onClose, children }: FormModalProps) => {
  const texts = useTexts(partTexts)
  const id = useId()
  const { busy } = form.action
  return (
    <Modal
      open
      title={title}
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
            action={form.action}
            loading={busy}
            disabled={!ready}
          >
            {submit}
          </Button>
        </>
      }
    >
      <Form id={id} form={form} ready={ready}>
        {children}
      </Form>
    </Modal>
  )
}
