import type { Delivery } from '../../../../client/src/client.ts'
import type { Column } from '../../parts/data-table.tsx'
import { StateTag } from '../../parts/state-tag.tsx'
import { TimeText } from '../../parts/time-text.tsx'
import { eventsTexts } from '../../text/events.ts'
import { useLanguage, useTexts } from '../../text/language.ts'
import { tellInConsole } from '../../text/told.ts'
import { useEventColumns } from './event-columns.tsx'
import { useEventWords } from './event-words.ts'
import { RedeliverButton } from './redeliver-button.tsx'

/** `targets`: URLs by subscription; `names`: of merchants, by appid. */
export const useDeliveryColumns = (
  targets: ReadonlyMap<string, string>,
  names: ReadonlyMap<string, string>,
): readonly Column<Delivery>[] => {
  const texts = useTexts(eventsTexts)
  const wordsOf = useEventWords()
  const eventColumns = useEventColumns(names)
  return [
    ...eventColumns,
    {
      key: 'target',
      title: texts.subscription,
      cell: ({ subscriptionId }) => (
        <span className="fine mono">{targets.get(subscriptionId ?? '') ?? subscriptionId}</span>
      ),
    },
    { key: 'result', title: texts.result, cell: (delivery) => <Outcome delivery={delivery} /> },
    { key: 'created', title: texts.created, cell: ({ createdAt }) => <TimeText value={createdAt} /> },
    {
      key: 'do',
      title: texts.actions,
      bare: true,
      align: 'end',
      cell: ({ deliveryId, type }) => <RedeliverButton deliveryId={deliveryId} what={wordsOf(type)} />,
    },
  ]
}

const Outcome = ({ delivery: { state, attempts, dueAt, endedAt, lastError } }: { readonly delivery: Delivery }) => {
  const texts = useTexts(eventsTexts)
  const { language } = useLanguage()
  return (
    <span className="delivery-outcome">
      <span className="row">
        <StateTag state={state} />
        {attempts > 0 && <span className="fine">{texts.tried(attempts)}</span>}
      </span>
      {state !== 'delivered' && lastError !== undefined && (
        <span className="fine">{tellInConsole(lastError, language).message}</span>
      )}
      {state === 'waiting' && attempts > 0 && (
        <span className="fine">
          {texts.nextTry} <TimeText value={dueAt} />
        </span>
      )}
      {state === 'dead' && (
        <span className="fine">
          {texts.ended} <TimeText value={endedAt} />
        </span>
      )}
    </span>
  )
}
