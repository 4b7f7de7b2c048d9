import type { ReactNode } from 'react'
import './check.css'

interface CheckProps {
  readonly checked: boolean
  readonly onChange: (checked: boolean) => void
  readonly disabled?: boolean
  readonly children: ReactNode
}

/** The browser's own checkbox: the focus is on it, and it says what it is and how it stands. */
export const Check = ({ checked, onChange, disabled = false, children }: CheckProps) => (
  <label className={disabled ? 'check disabled' : 'check'}>
    <input type="checkbox" checked={checked} disabled={disabled} onChange={(event) => onChange(event.target.checked)} />
    <span>{children}</span>
  </label>
)
