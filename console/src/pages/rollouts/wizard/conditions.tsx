import { ChoiceField } from '../../../parts/fields.tsx'
import { useTexts } from '../../../text/language.ts'
import { wizardTexts } from '../../../text/rollout-wizard.ts'
import { countValues } from './audience.ts'
import type { Draft } from './draft.ts'
import { PairRows } from './pair-rows.tsx'
import type { Change } from './use-draft.ts'
import type { Directory } from './use-directory.ts'

interface ConditionsProps {
  readonly draft: Draft
  readonly change: Change
  readonly directory: Directory
  readonly error: string | undefined
}

/** Which live version and which variables a merchant has to have; known ones are offered. */
export const Conditions = ({ draft, change, directory: { merchants }, error }: ConditionsProps) => {
  const texts = useTexts(wizardTexts)
  const versions = countValues(merchants.flatMap(({ version }) => version ?? []))
  const isKnown = draft.liveVersion === '' || versions.some(([version]) => version === draft.liveVersion)
  const names = countValues(merchants.flatMap(({ attributes }) => Object.keys(attributes))).map(([name]) => name)
  const valuesOf = (name: string): string[] =>
    countValues(merchants.flatMap(({ attributes }) => attributes[name] ?? [])).map(([value]) => value)
  return (
    <>
      <div className="wizard-pair">
        <ChoiceField
          label={texts.liveVersion}
          value={draft.liveVersion}
          onChange={(liveVersion) => change({ liveVersion })}
          choices={[
            { value: '', label: texts.anyVersion },
            ...versions.map(([version, count]) => ({ value: version, label: texts.versionCount(version, count) })),
            ...(isKnown ? [] : [{ value: draft.liveVersion, label: draft.liveVersion }]),
          ]}
        />
      </div>
      <PairRows
        legend={texts.attributes}
        hint={texts.attributesHint}
        nameLabel={texts.attributeName}
        valueLabel={texts.attributeValue}
        addLabel={texts.addCondition}
        pairs={draft.attributes}
        onChange={(attributes) => change({ attributes: [...attributes] })}
        error={error}
        names={names}
        valuesOf={valuesOf}
      />
    </>
  )
}
