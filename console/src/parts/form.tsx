import type { ReactNode } from 'react'

interface FormProps {
  readonly onSubmit: () => unknown
  readonly children: ReactNode
  readonly tight?: boolean
}

/** Fields that are sent by Enter or by a button of type `submit`; they check themselves. */
export const Form = ({ onSubmit, children, tight = false }: FormProps) => (
  <form
    className={tight ? 'stack tight' : 'stack'}
    onSubmit={(event) => {
      event.preventDefault()
      onSubmit()
    }}
  >
    {children}
  </form>
)
