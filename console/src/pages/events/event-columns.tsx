import type { Column } from '../../parts/data-table.tsx'
import { MerchantLink } from '../../parts/merchant.tsx'
import { eventsTexts, eventTypeKey, eventTypeTexts, isOwnEvent, ownEventTexts } from '../../text/events.ts'
import { useTexts } from '../../text/language.ts'

interface SomeEvent {
  readonly type: string
  readonly appid?: string | undefined
}

/** What happened, and to whom: the first columns of pushes and of deliveries. `names`: of merchants, by appid. */
export const useEventColumns = (names: ReadonlyMap<string, string>): readonly Column<SomeEvent>[] => {
  const texts = useTexts(eventsTexts)
  const wordsOf = useEventWords()
  return [
    {
      key: 'type',
      title: texts.type,
      isName: true,
      cell: ({ type }) => (
        <>
          <span className="event-words">{wordsOf(type)}</span>
          <div className="fine mono">{type}</div>
        </>
      ),
    },
    {
      key: 'merchant',
      title: texts.merchant,
      cell: ({ appid }) =>
        appid === undefined ? (
          <span className="soft">{texts.platformItself}</span>
        ) : (
          <MerchantLink appid={appid} name={names.get(appid)} />
        ),
    },
  ]
}

/** What an event is about, in words; the type itself where there are none. */
export const useEventWords = (): ((type: string) => string) => {
  const words = useTexts(eventTypeTexts)
  const own = useTexts(ownEventTexts)
  return (type) => {
    if (isOwnEvent(type)) return own[type]
    const key = eventTypeKey(type)
    return key === 'other' ? type : words[key]
  }
}
