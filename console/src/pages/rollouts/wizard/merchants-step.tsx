import { ErrorNotice } from '../../../parts/notice.tsx'
import { useTexts } from '../../../text/language.ts'
import { wizardTexts } from '../../../text/rollout-wizard.ts'
import { type Audience, countValues, type Directory } from './directory.ts'
import { ChoiceCards } from './choice-cards.tsx'
import { MerchantPicker } from './merchant-picker.tsx'
import type { StepProps } from './step.ts'
import { ChoiceField } from '../../../parts/fields.tsx'
import type { Draft } from './draft.ts'
import { PairRows } from '../../../parts/pair-rows.tsx'
import type { Change } from './use-draft.ts'

const ways = ['all', 'filter', 'pick'] as const

export const MerchantsStep = ({ draft, change, wrongs, directory, audience }: StepProps) => {
  const texts = useTexts(wizardTexts)
  const hints = { all: texts.allHint, filter: texts.filterHint, pick: texts.pickHint }
  return (
    <>
      <ChoiceCards
        legend={texts.audience}
        value={draft.audience}
        onChange={(chosen) => change({ audience: chosen })}
        choices={ways.map((way) => ({ value: way, title: texts[way], words: hints[way] }))}
        beside
      />
      {draft.audience === 'filter' && (
        <Conditions draft={draft} change={change} directory={directory} error={wrongs['attributes']} />
      )}
      {draft.audience === 'pick' && (
        <MerchantPicker picked={draft.picked} onPick={(picked) => change({ picked })} error={wrongs['picked']} />
      )}
      {draft.audience !== 'pick' && <Found audience={audience} />}
      <ErrorNotice problem={directory.problem} />
    </>
  )
}

const EXAMPLES = 3

/** How many that would be, and some of them by name. */
const Found = ({ audience: { merchants, reading, more } }: { readonly audience: Audience }) => {
  const texts = useTexts(wizardTexts)
  const count = merchants.length
  const words = (): string => {
    if (reading) return texts.counting(count)
    if (more) return texts.foundAtLeast(count)
    return count === 0 ? texts.foundNone : texts.found(count)
  }
  const names = merchants.slice(0, EXAMPLES).map(({ nickName, appid }) => (nickName === '' ? appid : nickName))
  return (
    <p className={`wizard-found${count === 0 && !reading ? ' none' : ''}`} role="status">
      <strong>{words()}</strong>
      {names.length > 0 && <span className="soft">{texts.such(names)}</span>}
    </p>
  )
}

interface ConditionsProps {
  readonly draft: Draft
  readonly change: Change
  readonly directory: Directory
  readonly error: string | undefined
}

/** Which live version and which variables a merchant has to have; known ones are offered. */
const Conditions = ({ draft, change, directory: { merchants }, error }: ConditionsProps) => {
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
        onChange={(attributes) => change({ attributes })}
        error={error}
        names={names}
        valuesOf={valuesOf}
      />
    </>
  )
}
