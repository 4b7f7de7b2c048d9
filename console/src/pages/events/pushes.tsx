import NotificationIcon from 'tdesign-icons-react/esm/components/notification.js'
import { useList } from '../../api/use-list.ts'
import { PagedTable } from '../../parts/data-table.tsx'
import { EmptyState } from '../../parts/empty-state.tsx'
import { ChoiceField } from '../../parts/fields.tsx'
import { LinkButton } from '../../parts/link-button.tsx'
import { Panel } from '../../parts/panel.tsx'
import { useSearchValue } from '../../parts/use-search-value.ts'
import { eventTypeTexts } from '../../text/event-types.ts'
import { eventsTexts } from '../../text/events.ts'
import { useTexts } from '../../text/language.ts'
import { MerchantFilter } from '../../parts/merchant-filter.tsx'
import { NoMatch } from '../../parts/no-match.tsx'
import { usePushColumns } from './push-columns.tsx'
import { PushDetails } from './push-details.tsx'

/** Pushes as they were received, newest first. */
export const Pushes = () => {
  const texts = useTexts(eventsTexts)
  const [type, setType] = useSearchValue('type')
  const [appid, setAppid] = useSearchValue('appid')
  const [open, setOpen] = useSearchValue('push')
  const list = useList('events.list', { ...(type && { type }), ...(appid && { appid }) })
  const columns = usePushColumns(list.items ?? [], setOpen)
  const shown = list.items?.find(({ id }) => id === open)
  const clear = (): void => {
    setType('')
    setAppid('')
  }
  return (
    <>
      <div className="row filters">
        <TypeChoice type={type} onChoose={setType} />
        <MerchantFilter appid={appid} onChoose={setAppid} />
      </div>
      <Panel flush>
        <PagedTable
          label={texts.pushes}
          list={list}
          columns={columns}
          keyOf={({ id }) => id}
          empty={type === '' && appid === '' ? <NoPushes /> : <NoMatch onClear={clear} />}
        />
      </Panel>
      <PushDetails push={shown} onClose={() => setOpen('')} />
    </>
  )
}

const TypeChoice = ({ type, onChoose }: { readonly type: string; readonly onChoose: (type: string) => void }) => {
  const texts = useTexts(eventsTexts)
  const known = Object.entries(useTexts(eventTypeTexts))
    .filter(([key]) => key !== 'other')
    .map(([key, words]) => [`wechat.${key}`, words] as const)
  const isKnown = type === '' || known.some(([key]) => key === type)
  return (
    <ChoiceField
      label={texts.type}
      value={type}
      onChange={onChoose}
      choices={[
        { value: '', label: texts.allTypes },
        ...known.map(([value, label]) => ({ value, label })),
        ...(isKnown ? [] : [{ value: type, label: type }]),
      ]}
    />
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
