import { useState } from 'react'
import HistoryIcon from 'tdesign-icons-react/esm/components/history.js'
import { useList } from '../../api/use-list.ts'
import { useMerchantNames } from '../../api/use-merchant-names.ts'
import { Button } from '../../parts/button.tsx'
import { PagedTable, type Column } from '../../parts/data-table.tsx'
import { EmptyState } from '../../parts/empty-state.tsx'
import { MerchantLink } from '../../parts/merchant-link.tsx'
import { Panel } from '../../parts/panel.tsx'
import { TimeText } from '../../parts/time-text.tsx'
import { activityTexts } from '../../text/activity.ts'
import { useTexts } from '../../text/language.ts'
import { NoMatch } from '../../parts/no-match.tsx'
import { ActivityDetails } from './activity-details.tsx'
import { ActivityFilters, useActivityFilters } from './activity-filters.tsx'
import { Outcome, useEntryWords, type Entry } from './activity-words.tsx'
import { useWho, type Who } from './use-who.ts'

/** Who did what when, newest first. */
export const Activity = () => {
  const texts = useTexts(activityTexts)
  const { who, known } = useWho()
  const filters = useActivityFilters()
  const list = useList('activity.list', filters.wish)
  const names = useMerchantNames(list.items?.flatMap(({ appid }) => appid ?? []) ?? [])
  const [shown, setShown] = useState<Entry>()
  const columns = useColumns(who, names, setShown)
  return (
    <>
      <p className="soft">{texts.about}</p>
      <ActivityFilters filters={filters} known={known} />
      <Panel flush>
        <PagedTable
          label={texts.title}
          list={list}
          columns={columns}
          keyOf={({ id }) => id}
          empty={
            filters.isSet ? (
              <NoMatch onClear={filters.clear} />
            ) : (
              <EmptyState title={texts.none} icon={<HistoryIcon />}>
                {texts.noneHint}
              </EmptyState>
            )
          }
        />
      </Panel>
      {shown && (
        <ActivityDetails entry={shown} who={shown.name ?? who(shown.identity)} onClose={() => setShown(undefined)} />
      )}
    </>
  )
}

const useColumns = (
  who: Who,
  names: ReadonlyMap<string, string>,
  onShow: (entry: Entry) => void,
): readonly Column<Entry>[] => {
  const texts = useTexts(activityTexts)
  const wordsOf = useEntryWords()
  return [
    {
      key: 'what',
      title: texts.what,
      isName: true,
      cell: (entry) => (
        <>
          <span className="setting-name">{wordsOf(entry)}</span>
          <div className="fine mono">{entry.operation}</div>
        </>
      ),
    },
    { key: 'who', title: texts.who, cell: ({ identity, name }) => name ?? who(identity) },
    {
      key: 'merchant',
      title: texts.merchant,
      cell: ({ appid }) =>
        appid === undefined ? (
          <span className="soft">{texts.noMerchant}</span>
        ) : (
          <MerchantLink appid={appid} name={names.get(appid)} />
        ),
    },
    { key: 'when', title: texts.when, cell: ({ startedAt }) => <TimeText value={startedAt} /> },
    { key: 'outcome', title: texts.outcome, cell: (entry) => <Outcome entry={entry} /> },
    {
      key: 'details',
      title: texts.actions,
      bare: true,
      align: 'end',
      cell: (entry) => (
        <Button
          size="small"
          variant="text"
          aria-label={`${texts.details} ${wordsOf(entry)}`}
          onClick={() => onShow(entry)}
        >
          {texts.details}
        </Button>
      ),
    },
  ]
}
