import { Check } from '../../../parts/check.tsx'
import { Notice } from '../../../parts/notice.tsx'
import { useTexts } from '../../../text/language.ts'
import { wizardTexts } from '../../../text/rollout-wizard.ts'
import { ProblemWords } from '../problem-words.tsx'
import { warningCodes, type WarningCode } from './draft.ts'
import type { CheckedItem } from './use-preflight.ts'

interface WarningListProps {
  readonly items: readonly CheckedItem[]
  readonly allow: readonly WarningCode[]
  readonly onChange: (allow: WarningCode[]) => void
}

/** Each kind of warning once, with how many have it and one of them told: whoever is not allowed is passed over. */
export const WarningList = ({ items, allow, onChange }: WarningListProps) => {
  const texts = useTexts(wizardTexts)
  const all = items.filter(({ ready }) => ready).flatMap(({ warnings }) => warnings)
  const kinds = [...new Map(all.map((warning) => [warning.code, warning])).values()]
  if (kinds.length === 0) return null
  return (
    <Notice tone="warn">
      <div className="stack tight">
        <strong>{texts.warnings}</strong>
        <p className="fine">{texts.warningsAbout}</p>
        {kinds.map((warning) => (
          <Check
            key={warning.code}
            checked={allow.some((one) => one === warning.code)}
            onChange={(checked) =>
              onChange(
                checked
                  ? [...allow, ...warningCodes.filter((one) => one === warning.code)]
                  : allow.filter((one) => one !== warning.code),
              )
            }
          >
            <span className="stack tight">
              <span>{texts.allow(all.filter(({ code }) => code === warning.code).length)}</span>
              <ProblemWords problem={warning} />
            </span>
          </Check>
        ))}
      </div>
    </Notice>
  )
}
