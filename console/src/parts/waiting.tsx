import { partTexts } from '../text/parts.ts'
import { useTexts } from '../text/language.ts'
import type { Loaded } from '../api/use-operation.ts'
import { ErrorNotice } from './notice.tsx'
import './waiting.css'

interface PendingProps {
  readonly of: Pick<Loaded<unknown>, 'problem' | 'loading' | 'reload'>
  readonly lines?: number
}

/** In place of what could not be read, or is not there yet. */
export const Pending = ({ of: { problem, loading, reload }, lines }: PendingProps) => (
  <>
    <ErrorNotice problem={problem} onRetry={reload} />
    {loading && <Waiting {...(lines !== undefined && { lines })} />}
  </>
)

/** Grey lines where words will be. */
export const Waiting = ({ lines = 3 }: { readonly lines?: number }) => {
  const texts = useTexts(partTexts)
  return (
    <div className="waiting" role="status">
      <span className="unseen">{texts.loading}</span>
      {Array.from({ length: lines }, (_, line) => (
        <div key={line} className="waiting-line" aria-hidden />
      ))}
    </div>
  )
}
