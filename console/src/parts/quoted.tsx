import { CopyButton } from './button.tsx'

interface QuotedProps {
  readonly title: string
  readonly text: string
  /** Of the button that copies the text. */
  readonly copyLabel: string
}

/** A longer text as it is, to be read or copied. */
export const Quoted = ({ title, text, copyLabel }: QuotedProps) => (
  <>
    <div className="row apart">
      <strong>{title}</strong>
      <CopyButton value={text} label={copyLabel} />
    </div>
    <pre>{text}</pre>
  </>
)
