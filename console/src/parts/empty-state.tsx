import type { ReactNode } from 'react'
import { Button } from './button.tsx'
import { partTexts } from '../text/parts.ts'
import { useTexts } from '../text/language.ts'
import './empty-state.css'

interface EmptyStateProps {
  readonly title: string
  /** What to do next. */
  readonly children?: ReactNode
  readonly icon?: ReactNode
  readonly action?: ReactNode
}

export const EmptyState = ({ title, children, icon, action }: EmptyStateProps) => (
  <div className="empty-state">
    {icon !== undefined && (
      <div className="empty-icon" aria-hidden>
        {icon}
      </div>
    )}
    <p className="empty-title">{title}</p>
    {children !== undefined && <div className="soft empty-words">{children}</div>}
    {action !== undefined && <div className="row">{action}</div>}
  </div>
)

export const NoMatch = ({ onClear }: { readonly onClear: () => void }) => {
  const texts = useTexts(partTexts)
  return (
    <EmptyState
      title={texts.noMatch}
      action={
        <Button variant="outline" onClick={onClear}>
          {texts.clear}
        </Button>
      }
    />
  )
}
