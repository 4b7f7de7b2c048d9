import type { Column } from '../../parts/data-table.tsx'
import { MerchantLink } from '../../parts/merchant-link.tsx'
import { eventsTexts } from '../../text/events.ts'
import { useTexts } from '../../text/language.ts'
import { useEventWords } from './event-words.ts'

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
