import { TemplateName } from '../../../parts/mark.tsx'
import { useTexts } from '../../../text/language.ts'
import { wizardTexts } from '../../../text/rollout-wizard.ts'
import type { Comparison } from './use-preflight.ts'

/** Version, template and source that are online, what would be in their place, and the keys that differ. */
export const ChangeWords = ({ comparison: { live, next, extJson } }: { readonly comparison: Comparison }) => {
  const texts = useTexts(wizardTexts)
  const { added = [], removed = [], changed = [] } = extJson ?? {}
  const keys = [
    ...added.map((key) => texts.keyAdded(key)),
    ...removed.map((key) => texts.keyRemoved(key)),
    ...changed.map((key) => texts.keyChanged(key)),
  ]
  return (
    <div className="stack tight">
      <span>
        {live ? (
          <>
            {live.version} <TemplateName templateId={live.templateId} />
          </>
        ) : (
          texts.noLive
        )}
        {' → '}
        {next.version} <TemplateName templateId={next.templateId} />
      </span>
      {live?.source !== undefined && live.source !== next.source && (
        <span className="fine mono">
          {live.source} → {next.source}
        </span>
      )}
      {keys.length > 0 && <span className="fine">{keys.join(texts.listComma)}</span>}
    </div>
  )
}
