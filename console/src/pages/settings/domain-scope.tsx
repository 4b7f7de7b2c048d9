import { ChoiceField } from '../../parts/fields.tsx'
import { useTexts } from '../../text/language.ts'
import { platformDomainTexts } from '../../text/platform-domains.ts'

export type Scope = 'both' | 'test'

interface DomainScopeProps {
  readonly value: Scope
  readonly onChange: (scope: Scope) => void
}

/** Whether merchants get a change at once. */
export const DomainScope = ({ value, onChange }: DomainScopeProps) => {
  const texts = useTexts(platformDomainTexts)
  return (
    <ChoiceField<Scope>
      label={texts.scope}
      hint={texts[`${value}Hint`]}
      value={value}
      onChange={onChange}
      choices={[
        { value: 'both', label: texts.both },
        { value: 'test', label: texts.test },
      ]}
    />
  )
}
