import type { ReactNode } from 'react'
import type { ActionState } from '../api/use-action.ts'

interface FormProps {
  readonly onSubmit: () => unknown
  /** What it sets off: an earlier refusal is forgotten once something else is filled in. */
  readonly action?: ActionState
  readonly children: ReactNode
  readonly tight?: boolean
}

/** Fields that are sent by Enter or by a button of type `submit`; they check themselves. */
export const Form = ({ onSubmit, action, children, tight = false }: FormProps) => (
  <form
    className={tight ? 'stack tight' : 'stack'}
    onChange={action?.clear}
    onSubmit={(event) => {
      event.preventDefault()
      onSubmit()
    }}
  >
    {children}
  </form>
)
