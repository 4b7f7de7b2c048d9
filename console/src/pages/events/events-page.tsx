import NotificationIcon from 'tdesign-icons-react/esm/components/notification.js'
import { PageHeader } from '../../parts/page-header.tsx'
import { SectionNav } from '../../parts/section-nav.tsx'
import { useTexts } from '../../text/language.ts'
import { eventsTexts } from '../../text/events.ts'
import { Deliveries } from './deliveries.tsx'
import { useList } from '../../api/use-list.ts'
import { type Column, ListPanel } from '../../parts/data-table.tsx'
import { EmptyState, NoMatch } from '../../parts/empty-state.tsx'
import { Button, LinkButton } from '../../parts/button.tsx'
import { Facts } from '../../parts/panel.tsx'
import { Quoted } from '../../parts/quoted.tsx'
import { useFilters } from '../../parts/filters.tsx'
import { MerchantFilter } from '../../parts/merchant.tsx'
import type { DataOf } from '../../api/call.ts'
import { useMerchantNames } from '../../api/use-merchant-names.ts'
import { StateTag } from '../../parts/mark.tsx'
import { TimeText } from '../../parts/time-text.tsx'
import { useEventColumns, useEventWords } from './event-columns.tsx'
import { TypeChoice } from './type-choice.tsx'
import { Modal } from '../../parts/modal.tsx'
import './events.css'

export const EventsPage = ({ section }: { readonly section?: string | undefined }) => {
  const texts = useTexts(eventsTexts)
  return (
    <div className="stack">
      <PageHeader title={texts.title}>{texts.about}</PageHeader>
      <SectionNav
        label={texts.views}
        links={[
          { href: '/events', label: texts.pushes },
          { href: '/events/deliveries', label: texts.deliveries },
        ]}
      />
      {section === 'deliveries' ? <Deliveries /> : <Pushes />}
    </div>
  )
}

/** Pushes as they were received, newest first. */
const Pushes = () => {
  const texts = useTexts(eventsTexts)
  const { text, write } = useFilters()
  const [type, appid, open] = [text('type'), text('appid'), text('push')]
  const list = useList('events.list', {
    ...(type.value !== '' && { type: type.value }),
    ...(appid.value !== '' && { appid: appid.value }),
  })
  const columns = usePushColumns(list.items ?? [], open.onChange)
  return (
    <>
      <div className="row filters">
        <TypeChoice {...type} own={false} />
        <MerchantFilter {...appid} />
      </div>
      <ListPanel
        title={texts.pushes}
        bare
        list={list}
        columns={columns}
        keyOf={({ id }) => id}
        empty={
          type.value === '' && appid.value === '' ? (
            <NoPushes />
          ) : (
            <NoMatch onClear={() => write({ type: '', appid: '' })} />
          )
        }
      />
      <PushDetails push={list.items?.find(({ id }) => id === open.value)} onClose={() => open.onChange('')} />
    </>
  )
}

const NoPushes = () => {
  const texts = useTexts(eventsTexts)
  return (
    <EmptyState
      title={texts.noPushes}
      icon={<NotificationIcon />}
      action={<LinkButton href="/settings">{texts.toDoctor}</LinkButton>}
    >
      {texts.noPushesHint}
    </EmptyState>
  )
}

type Push = DataOf<'events.list'>['items'][number]

const usePushColumns = (items: readonly Push[], onOpen: (id: string) => void): readonly Column<Push>[] => {
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
      cell: ({ id, type }) => (
        <Button size="small" variant="outline" aria-label={texts.detailsOf(wordsOf(type))} onClick={() => onOpen(id)}>
          {texts.details}
        </Button>
      ),
    },
  ]
}

/** Everything that is kept of one push. */
const PushDetails = ({ push, onClose }: { readonly push: Push | undefined; readonly onClose: () => void }) => {
  const texts = useTexts(eventsTexts)
  const wordsOf = useEventWords()
  if (!push) return null
  const { id, type, appid, state, attempts, createdAt, receivedAt, fields } = push
  const contents = JSON.stringify(fields, undefined, 2)
  return (
    <Modal open place="side" title={wordsOf(type)} onClose={onClose}>
      <Facts
        facts={[
          [
            texts.type,
            <span key="type" className="mono">
              {type}
            </span>,
          ],
          [texts.state, <StateTag key="state" state={state} />],
          [texts.merchant, appid === undefined ? texts.platformItself : <span className="mono">{appid}</span>],
          [texts.sent, <TimeText key="sent" value={createdAt} />],
          [texts.received, <TimeText key="received" value={receivedAt} />],
          [
            texts.pushId,
            <span key="id" className="mono">
              {id}
            </span>,
          ],
          [texts.result, attempts > 0 ? texts.attempts(attempts) : undefined],
        ]}
      />
      <Quoted title={texts.contents} text={contents} copyLabel={texts.copy} />
    </Modal>
  )
}
