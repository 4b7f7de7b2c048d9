import { ChoiceField } from '../../parts/fields.tsx'
import type { Filter } from '../../parts/filters.tsx'
import { eventsTexts, eventTypeTexts, ownEventTexts } from '../../text/events.ts'
import { useTexts } from '../../text/language.ts'

interface TypeChoiceProps extends Filter<string> {
  /** Our own events too, before WeChat's. */
  readonly own: boolean
}

export const TypeChoice = ({ value: type, onChange, own }: TypeChoiceProps) => {
  const texts = useTexts(eventsTexts)
  const ours = Object.entries(useTexts(ownEventTexts)).map(([value, label]) => ({ value, label }))
  const wechats = Object.entries(useTexts(eventTypeTexts))
    .filter(([key]) => key !== 'other')
    .map(([key, label]) => ({ value: `wechat.${key}`, label }))
  const known = own ? [...ours, ...wechats] : wechats
  const isKnown = type === '' || known.some(({ value }) => value === type)
  return (
    <ChoiceField
      label={texts.type}
      value={type}
      onChange={onChange}
      choices={[{ value: '', label: texts.allTypes }, ...known, ...(isKnown ? [] : [{ value: type, label: type }])]}
    />
  )
}
