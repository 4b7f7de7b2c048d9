import type { ReactElement, ReactNode } from 'react'
import { useAction } from '../../api/use-action.ts'
import { ConfirmButton } from '../../parts/confirm-button.tsx'
import { toast } from '../../parts/toast.tsx'

interface SteerButtonProps {
  readonly operation:
    'rollouts.pause' | 'rollouts.resume' | 'rollouts.cancel' | 'rollouts.release' | 'rollouts.rollback'
  readonly rolloutId: string
  readonly children: string
  readonly title: string
  readonly consequence: ReactNode
  readonly done: string
  readonly primary?: boolean
  readonly danger?: boolean
  readonly icon?: ReactElement
}

/** A button that steers the whole rollout, after it said what will happen. */
export const SteerButton = ({
  operation,
  rolloutId,
  children,
  title,
  consequence,
  done,
  primary = false,
  danger = false,
  icon,
}: SteerButtonProps) => {
  const action = useAction(operation)
  return (
    <ConfirmButton
      title={title}
      consequence={consequence}
      danger={danger}
      variant={primary ? 'base' : 'outline'}
      action={action}
      onConfirm={async () => {
        const answer = await action.run({ rolloutId })
        if (answer) toast(done)
        return answer !== undefined
      }}
      {...(icon && { icon })}
    >
      {children}
    </ConfirmButton>
  )
}
