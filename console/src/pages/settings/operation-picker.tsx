import { CheckField } from '../../parts/fields.tsx'
import { keyTexts } from '../../text/keys.ts'
import { useLanguage, useTexts } from '../../text/language.ts'
import { nounWords, operationNames, operationWords } from '../../text/operation-names.ts'

interface OperationPickerProps {
  readonly chosen: readonly string[]
  readonly onChange: (chosen: readonly string[]) => void
}

const nounOf = (name: string): string => name.split('.')[0] ?? name
const nouns = [...new Set(operationNames.map(nounOf))]

/** Some of everything that can be asked for, by what it is about. */
export const OperationPicker = ({ chosen, onChange }: OperationPickerProps) => {
  const texts = useTexts(keyTexts)
  const { language } = useLanguage()
  const toggle = (name: string, isChosen: boolean): void =>
    onChange(operationNames.filter((one) => (one === name ? isChosen : chosen.includes(one))))
  return (
    <div className="operation-picker">
      <p className="fine" role="status">
        {texts.chosen(chosen.length)} · {texts.operationsHint}
      </p>
      {nouns.map((noun) => {
        const members = operationNames.filter((name) => nounOf(name) === noun)
        const count = members.filter((name) => chosen.includes(name)).length
        return (
          <details key={noun}>
            <summary>
              {nounWords(noun, language)}
              <span className="fine numbers">
                {' '}
                {count} / {members.length}
              </span>
            </summary>
            <div className="picker-members">
              {members.map((name) => (
                <CheckField
                  key={name}
                  label={
                    <>
                      {operationWords(name, language)} <span className="fine mono">{name}</span>
                    </>
                  }
                  checked={chosen.includes(name)}
                  onChange={(isChosen) => toggle(name, isChosen)}
                />
              ))}
            </div>
          </details>
        )
      })}
    </div>
  )
}
