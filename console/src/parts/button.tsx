import { Button as TdesignButton, type ButtonProps } from 'tdesign-react/es/button'
import { type ReactElement, type ReactNode, useEffect, useState } from 'react'
import { useLocation } from 'wouter'
import CheckIcon from 'tdesign-icons-react/esm/components/check.js'
import CopyIcon from 'tdesign-icons-react/esm/components/copy.js'
import type { ActionState } from '../api/use-action.ts'
import { useTexts } from '../text/language.ts'
import { roleTexts } from '../text/roles.ts'
import { basePath } from '../api/place.ts'
import { partTexts } from '../text/parts.ts'

interface Props extends Omit<ButtonProps, 'action'> {
  /** What it sets off: off where that takes another role, with the reason as its title. */
  readonly action?: Pick<ActionState, 'needs'> | undefined
}

/** TDesign's button; disabled it stays a button, which TDesign's would not. */
export const Button = ({ action, ...props }: Props) => {
  const texts = useTexts(roleTexts)
  const needs = action?.needs
  return <TdesignButton tag="button" {...props} {...(needs && { disabled: true, title: texts.needs(texts[needs]) })} />
}

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
    <TdesignButton
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
    </TdesignButton>
  )
}

interface CopyButtonProps {
  readonly value: string
  /** What is copied; without `shown` only read out. */
  readonly label: string
  readonly shown?: boolean
}

const SHOWN_MS = 2000

export const CopyButton = ({ value, label, shown = false }: CopyButtonProps) => {
  const texts = useTexts(partTexts)
  const [copied, setCopied] = useState(false)
  useEffect(() => {
    if (!copied) return undefined
    const timer = setTimeout(() => setCopied(false), SHOWN_MS)
    return () => clearTimeout(timer)
  }, [copied])
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(value)
      setCopied(true)
    } catch {
      // Without https there is no clipboard; the text beside can be marked by hand.
    }
  }
  const name = copied ? texts.copied : label
  return (
    <Button
      size="small"
      variant={shown ? 'outline' : 'text'}
      shape={shown ? 'rectangle' : 'square'}
      icon={copied ? <CheckIcon aria-hidden /> : <CopyIcon aria-hidden />}
      title={name}
      aria-label={name}
      onClick={() => void copy()}
    >
      {shown ? name : undefined}
    </Button>
  )
}
