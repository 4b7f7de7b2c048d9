import { useEffect, useState } from 'react'
import { Button } from './button.tsx'
import CheckIcon from 'tdesign-icons-react/esm/components/check.js'
import CopyIcon from 'tdesign-icons-react/esm/components/copy.js'
import { partTexts } from '../text/parts.ts'
import { useTexts } from '../text/language.ts'

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
