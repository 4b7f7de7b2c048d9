import { ErrorNotice } from '../../../parts/error-notice.tsx'
import { useTexts } from '../../../text/language.ts'
import { wizardTexts } from '../../../text/rollout-wizard.ts'
import type { Audience } from './audience.ts'
import { ChoiceCards } from './choice-cards.tsx'
import { Conditions } from './conditions.tsx'
import { MerchantPicker } from './merchant-picker.tsx'
import type { StepProps } from './step.ts'

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
        <MerchantPicker
          picked={draft.picked}
          onPick={(picked) => change({ picked: [...picked] })}
          error={wrongs['picked']}
        />
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
