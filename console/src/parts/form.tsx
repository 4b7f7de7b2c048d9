import type { ReactNode } from 'react'
import type { ActionState } from '../api/use-action.ts'
import { useTexts } from '../text/language.ts'
import { roleTexts } from '../text/roles.ts'
import { Notice } from './notice.tsx'
import './form.css'

interface FormProps {
  readonly onSubmit: () => unknown
  /** What it sets off: an earlier refusal is forgotten once something else is filled in. */
  readonly action?: ActionState
  /** For a button outside of it. */
  readonly id?: string
  readonly children: ReactNode
  readonly tight?: boolean
}

/** Fields that are sent by Enter or by a button of type `submit`; they check themselves. All are off where the visitor may not send them. */
export const Form = ({ onSubmit, action, id, children, tight = false }: FormProps) => {
  const texts = useTexts(roleTexts)
  const needs = action?.needs
  return (
    <form
      id={id}
      noValidate
      className={tight ? 'stack tight' : 'stack'}
      onChange={action?.clear}
      onSubmit={(event) => {
        event.preventDefault()
        if (needs === undefined) onSubmit()
      }}
    >
      {needs && <Notice>{texts.needs(texts[needs])}</Notice>}
      <fieldset className="whole" disabled={needs !== undefined}>
        {children}
      </fieldset>
    </form>
  )
}
