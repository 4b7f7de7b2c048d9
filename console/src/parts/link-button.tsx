import type { ReactElement, ReactNode } from 'react'
import { Button } from 'tdesign-react/es/button'
import { useLocation } from 'wouter'
import { basePath } from '../api/place.ts'

interface LinkButtonProps {
  readonly href: string
  readonly children: ReactNode
  readonly icon?: ReactElement
  readonly primary?: boolean
  readonly size?: 'small' | 'medium'
  readonly variant?: 'outline' | 'text' | 'base'
}

/** A link that looks like a button, because going there is what one does next. */
export const LinkButton = ({ href, children, icon, primary = false, size = 'medium', variant }: LinkButtonProps) => {
  const [, navigate] = useLocation()
  return (
    <Button
      tag="a"
      href={`${basePath}${href}`}
      size={size}
      theme={primary ? 'primary' : 'default'}
      variant={variant ?? (primary ? 'base' : 'outline')}
      {...(icon === undefined ? {} : { icon })}
      onClick={(event) => {
        if (event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0) return
        event.preventDefault()
        navigate(href)
      }}
    >
      {children}
    </Button>
  )
}
