import { useState } from 'react'
import HistoryIcon from 'tdesign-icons-react/esm/components/history.js'
import { useList } from '../../api/use-list.ts'
import { useMerchantNames } from '../../api/use-merchant-names.ts'
import { Button } from '../../parts/button.tsx'
import { ListPanel, type Column } from '../../parts/data-table.tsx'
import { EmptyState, NoMatch } from '../../parts/empty-state.tsx'
import { MerchantLink } from '../../parts/merchant.tsx'
import { Facts } from '../../parts/panel.tsx'
import { Quoted } from '../../parts/quoted.tsx'
import { TimeText } from '../../parts/time-text.tsx'
import { activityTexts } from '../../text/activity.ts'
import { useLanguage, useTexts } from '../../text/language.ts'
import { ActivityFilters, useActivityFilters } from './activity-filters.tsx'
import { useWho, type Who } from '../../api/use-who.ts'
import { Modal } from '../../parts/modal.tsx'
import type { DataOf } from '../../api/call.ts'
import { Mark } from '../../parts/mark.tsx'
import { codeWords } from '../../../../shared/words/codes.ts'
import { operationWords } from '../../text/operation-names.ts'

/** Who did what when, newest first. */
export const Activity = () => {
  const texts = useTexts(activityTexts)
  const { who, known } = useWho()
  const filters = useActivityFilters()
  const list = useList('activity.list', filters.input)
  const names = useMerchantNames(list.items?.flatMap(({ appid }) => appid ?? []) ?? [])
  const [shown, setShown] = useState<Entry>()
  const columns = useColumns(who, names, setShown)
  return (
    <>
      <p className="soft">{texts.about}</p>
      <ActivityFilters filters={filters} known={known} />
      <ListPanel
        title={texts.title}
        bare
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

interface ActivityDetailsProps {
  readonly entry: Entry
  readonly who: string
  readonly onClose: () => void
}

const mono = (words: string) => <span className="mono">{words}</span>

/** Everything that is kept of one entry. */
const ActivityDetails = ({ entry, who, onClose }: ActivityDetailsProps) => {
  const texts = useTexts(activityTexts)
  const wordsOf = useEntryWords()
  const { id, identity, operation, appid, input, startedAt, endedAt } = entry
  const contents = JSON.stringify(input, undefined, 2)
  return (
    <Modal open place="side" title={wordsOf(entry)} onClose={onClose}>
      <Facts
        facts={[
          [texts.outcome, <Outcome key="outcome" entry={entry} />],
          [texts.who, who],
          [texts.identity, mono(identity)],
          [texts.operation, mono(operation)],
          [texts.merchant, appid && mono(appid)],
          [texts.when, <TimeText key="when" value={startedAt} />],
          [texts.ended, endedAt && <TimeText value={endedAt} />],
          [texts.id, mono(id)],
        ]}
      />
      <Quoted title={texts.input} text={contents} copyLabel={texts.copyInput} />
    </Modal>
  )
}

type Entry = DataOf<'activity.list'>['items'][number]

/** The operation in words; those that change domains also read them. */
const useEntryWords = (): ((entry: Entry) => string) => {
  const texts = useTexts(activityTexts)
  const { language } = useLanguage()
  return ({ operation, input }) => {
    const words = operationWords(operation, language)
    return 'action' in input && input.action === 'get' ? texts.looked(words) : words
  }
}

const Outcome = ({ entry: { state, outcome } }: { readonly entry: Entry }) => {
  const texts = useTexts(activityTexts)
  const { language } = useLanguage()
  if (state === 'running') return <Mark tone="calm">{texts.running}</Mark>
  if (outcome === undefined || outcome === 'ok') return <Mark tone="good">{texts.ok}</Mark>
  const words = Object.entries(codeWords).find(([code]) => code === outcome)?.[1]
  return <Mark tone="bad">{words?.[language] ?? outcome}</Mark>
}
