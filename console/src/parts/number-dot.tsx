import CheckIcon from 'tdesign-icons-react/esm/components/check.js'
import './number-dot.css'

interface NumberDotProps {
  readonly number: number
  /** What is done has a tick instead of its number; only `done` and `now` have colours. */
  readonly progress: string | undefined
}

/** The place of something in a row, for the eye only. */
export const NumberDot = ({ number, progress }: NumberDotProps) => (
  <span className={`number-dot ${progress ?? ''}`} aria-hidden>
    {progress === 'done' ? <CheckIcon /> : number}
  </span>
)
