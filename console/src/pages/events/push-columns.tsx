import type { DataOf } from '../../api/call.ts'
import { useMerchantNames } from '../../api/use-merchant-names.ts'
import { Button } from '../../parts/button.tsx'
import type { Column } from '../../parts/data-table.tsx'
import { StateTag } from '../../parts/state-tag.tsx'
import { TimeText } from '../../parts/time-text.tsx'
import { eventsTexts } from '../../text/events.ts'
import { useTexts } from '../../text/language.ts'
import { useEventColumns } from './event-columns.tsx'
import { useEventWords } from './event-words.ts'

export type Push = DataOf<'events.list'>['items'][number]

export const usePushColumns = (items: readonly Push[], onOpen: (id: string) => void): readonly Column<Push>[] => {
  const texts = useTexts(eventsTexts)
  const wordsOf = useEventWords()
  const names = useMerchantNames(items.flatMap(({ appid }) => appid ?? []))
  const eventColumns = useEventColumns(names)
  return [
    ...eventColumns,
    {
      key: 'state',
      title: texts.state,
      cell: ({ state, attempts }) => (
        <span className="row">
          <StateTag state={state} />
          {attempts > 1 && <span className="fine">{texts.attempts(attempts)}</span>}
        </span>
      ),
    },
    {
      key: 'received',
      title: texts.received,
      cell: ({ receivedAt }) => (
        <span>
          <TimeText value={receivedAt} form="ago" />{' '}
          <span className="fine">
            <TimeText value={receivedAt} />
          </span>
        </span>
      ),
    },
    {
      key: 'do',
      title: texts.actions,
      bare: true,
      align: 'end',
      cell: ({ id, type }) => (
        <Button size="small" variant="outline" aria-label={texts.detailsOf(wordsOf(type))} onClick={() => onOpen(id)}>
          {texts.details}
        </Button>
      ),
    },
  ]
}
