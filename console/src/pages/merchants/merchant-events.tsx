import type { DataOf } from '../../api/call.ts'
import { useList } from '../../api/use-list.ts'
import { PagedTable, type Column } from '../../parts/data-table.tsx'
import { EmptyState } from '../../parts/empty-state.tsx'
import { Panel } from '../../parts/panel.tsx'
import { StateTag } from '../../parts/state-tag.tsx'
import { TimeText } from '../../parts/time-text.tsx'
import { eventTypeKey, eventTypeTexts } from '../../text/event-types.ts'
import { useTexts } from '../../text/language.ts'
import { merchantEventTexts } from '../../text/merchant.ts'

type Push = DataOf<'events.list'>['items'][number]

/** Pushes that WeChat sent about this merchant. */
export const MerchantEvents = ({ appid }: { readonly appid: string }) => {
  const texts = useTexts(merchantEventTexts)
  const types = useTexts(eventTypeTexts)
  const list = useList('events.list', { appid })
  const columns: readonly Column<Push>[] = [
    {
      key: 'type',
      title: texts.type,
      isName: true,
      cell: ({ type }) => (
        <>
          {types[eventTypeKey(type)]}
          <div className="fine mono">{type}</div>
        </>
      ),
    },
    { key: 'state', title: texts.state, cell: ({ state }) => <StateTag state={state} /> },
    { key: 'at', title: texts.at, cell: ({ receivedAt }) => <TimeText value={receivedAt} /> },
    {
      key: 'fields',
      title: texts.fields,
      cell: ({ fields }) => (
        <details>
          <summary className="fine">{texts.fields}</summary>
          <pre>{JSON.stringify(fields, undefined, 2)}</pre>
        </details>
      ),
    },
  ]
  return (
    <Panel title={texts.title} flush>
      <PagedTable
        label={texts.title}
        list={list}
        columns={columns}
        keyOf={({ id }) => id}
        empty={<EmptyState title={texts.none}>{texts.noneHint}</EmptyState>}
      />
    </Panel>
  )
}
