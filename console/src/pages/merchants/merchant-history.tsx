import type { DataOf } from '../../api/call.ts'
import { useList } from '../../api/use-list.ts'
import { ListPanel, type Column } from '../../parts/data-table.tsx'
import { EmptyState } from '../../parts/empty-state.tsx'
import { OriginMark, StateTag } from '../../parts/mark.tsx'
import { TimeText } from '../../parts/time-text.tsx'
import { useTexts } from '../../text/language.ts'
import { merchantEventTexts, timelineTexts } from '../../text/merchant.ts'
import { useWho } from '../../api/use-who.ts'
import { eventTypeKey, eventTypeTexts } from '../../text/events.ts'

type Entry = DataOf<'authorizers.timeline'>['items'][number]

/** What happened to one merchant, newest first. */
export const MerchantTimeline = ({ appid }: { readonly appid: string }) => {
  const texts = useTexts(timelineTexts)
  const { who: nameOf } = useWho()
  const list = useList('authorizers.timeline', { appid })
  const columns: readonly Column<Entry>[] = [
    { key: 'what', title: texts.what, isName: true, cell: (entry) => <What entry={entry} /> },
    { key: 'about', title: texts.about, cell: (entry) => <About entry={entry} /> },
    {
      key: 'who',
      title: texts.who,
      cell: ({ who }) => who && nameOf(who),
    },
    { key: 'at', title: texts.at, cell: ({ at }) => <TimeText value={at} /> },
  ]
  return (
    <ListPanel
      title={texts.title}
      list={list}
      columns={columns}
      keyOf={(entry) => JSON.stringify(entry)}
      empty={<EmptyState title={texts.none}>{texts.noneHint}</EmptyState>}
    />
  )
}

const What = ({ entry: { kind, params } }: { readonly entry: Entry }) => {
  const texts = useTexts(timelineTexts)
  return (
    <>
      <strong>
        {texts[kind]} {params['version']}
      </strong>{' '}
      <OriginMark origin={params['origin'] === 'elsewhere' ? 'elsewhere' : 'here'} />
    </>
  )
}

const accountStates = ['normal', 'warned', 'banned', 'frozen', 'closed'] as const

/** A template, a share, a reviewer's words, a business id, or a state of the account. */
const About = ({ entry: { params } }: { readonly entry: Entry }) => {
  const texts = useTexts(timelineTexts)
  const { templateId, percentage, text, screenshots, businessId, name, code } = params
  const state = accountStates.find((one) => one === name)
  const parts = [
    ...(isOne(templateId) ? [texts.template(templateId)] : []),
    ...(isOne(percentage) ? [texts.share(percentage)] : []),
    ...(isOne(businessId) ? [businessId] : []),
    ...(isOne(code) ? [state ? texts[state] : texts.unknown(code)] : []),
    ...(Array.isArray(screenshots) ? [texts.screenshots(screenshots.length)] : []),
  ]
  return (
    <>
      {parts.join(' · ')}
      {isOne(text) && <div className="fine">{text}</div>}
    </>
  )
}

const isOne = (value: Entry['params'][string] | undefined): value is string | number =>
  typeof value === 'string' || typeof value === 'number'

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
    <ListPanel
      title={texts.title}
      list={list}
      columns={columns}
      keyOf={({ id }) => id}
      empty={<EmptyState title={texts.none}>{texts.noneHint}</EmptyState>}
    />
  )
}
