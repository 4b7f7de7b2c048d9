import { partTexts } from '../text/parts.ts'
import { useTexts } from '../text/language.ts'
import './waiting.css'

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
