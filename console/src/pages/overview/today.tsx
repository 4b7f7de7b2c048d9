import { Link } from 'wouter'
import { useMerchantNames } from '../../api/use-merchant-names.ts'
import { useOperation } from '../../api/use-operation.ts'
import { EmptyState } from '../../parts/empty-state.tsx'
import { ErrorNotice } from '../../parts/notice.tsx'
import { Panel } from '../../parts/panel.tsx'
import { TimeText } from '../../parts/time-text.tsx'
import { Waiting } from '../../parts/waiting.tsx'
import { eventTypeKey, eventTypeTexts } from '../../text/events.ts'
import { useTexts } from '../../text/language.ts'
import { overviewTexts } from '../../text/overview.ts'
import { type Tone, toneOf, useStateWords } from '../../text/states.ts'

const SHOWN = 14

interface Happening {
  readonly key: string
  readonly at: string
  readonly words: string
  readonly tone: Tone
  readonly appid?: string | undefined
  readonly href?: string | undefined
  readonly detail?: string | undefined
}

/** What happened since midnight: pushes and releases, newest first. */
export const Today = () => {
  const texts = useTexts(overviewTexts)
  const happenings = useHappenings()
  const { items, problem, reload } = happenings
  const names = useMerchantNames(items?.flatMap(({ appid }) => appid ?? []) ?? [])
  return (
    <Panel title={texts.today} flush>
      <div className="table-notice" hidden={!problem}>
        <ErrorNotice problem={problem} onRetry={reload} />
      </div>
      {!items && !problem && <Waiting lines={5} />}
      {items?.length === 0 && <EmptyState title={texts.nothingToday}>{texts.nothingTodayHint}</EmptyState>}
      {items && items.length > 0 && (
        <ol className="today-list">
          {items.map(({ key, at, words, tone, appid, href, detail }) => (
            <li key={key} className={tone}>
              <TimeText value={at} form="clock" />
              <span>
                {words}
                {detail !== undefined && <span className="soft"> {detail}</span>}
                {appid !== undefined && (
                  <>
                    <br />
                    <Link href={href ?? `/merchants/${appid}`}>{names.get(appid) || appid}</Link>
                  </>
                )}
              </span>
            </li>
          ))}
        </ol>
      )}
    </Panel>
  )
}

const useHappenings = () => {
  const eventWords = useTexts(eventTypeTexts)
  const stateWords = useStateWords()
  const events = useOperation('events.list', { limit: 40 })
  const releases = useOperation('releases.list', { limit: 40 })
  const problem = events.problem ?? releases.problem
  const reload = (): void => {
    events.reload()
    releases.reload()
  }
  if (!events.data || !releases.data) return { items: undefined, problem, reload }
  const all: Happening[] = [
    ...events.data.items
      .filter(({ type }) => !toldOtherwise.includes(eventTypeKey(type)))
      .map(({ id, type, appid, receivedAt }) => {
        const key = eventTypeKey(type)
        return { key: id, at: receivedAt, words: eventWords[key], tone: toneOfEvent(key), appid }
      }),
    ...releases.data.items
      .filter(({ state }) => state !== 'superseded')
      .map(({ releaseId, updatedAt, state, version, appid }) => ({
        key: releaseId,
        at: updatedAt,
        words: `${version} ${stateWords(state)}`,
        tone: toneOf(state),
        appid,
        href: `/releases/${appid}`,
      })),
  ]
  const midnight = new Date().setHours(0, 0, 0, 0)
  const items = all
    .filter(({ at }) => Date.parse(at) >= midnight)
    .toSorted((a, b) => Date.parse(b.at) - Date.parse(a.at))
    .slice(0, SHOWN)
  return { items, problem, reload }
}

/** Tickets come every ten minutes; of reviews the releases tell. */
const toldOtherwise: readonly string[] = [
  'component_verify_ticket',
  'weapp_audit_success',
  'weapp_audit_fail',
  'weapp_audit_delay',
]

const toneOfEvent = (key: string): Tone => {
  if (key === 'authorized') return 'good'
  if (key === 'unauthorized') return 'bad'
  return 'dull'
}
