import DesktopIcon from 'tdesign-icons-react/esm/components/desktop.js'
import type { DataOf } from '../../api/call.ts'
import { useSession } from '../../api/session.ts'
import { useList } from '../../api/use-list.ts'
import { OperationButton } from '../../parts/confirm-button.tsx'
import { ListPanel, type Column } from '../../parts/data-table.tsx'
import { EmptyState } from '../../parts/empty-state.tsx'
import { Mark } from '../../parts/mark.tsx'
import { TimeText } from '../../parts/time-text.tsx'
import { sessionTexts } from '../../text/access.ts'
import { useTexts } from '../../text/language.ts'

type Session = DataOf<'sessions.list'>['items'][number]

/** One's own; for owners everybody's. */
export const Sessions = () => {
  const texts = useTexts(sessionTexts)
  const columns: readonly Column<Session>[] = [
    {
      key: 'browser',
      title: texts.browser,
      isName: true,
      cell: ({ browser, current }) => (
        <span className="row">
          <span className="setting-name">{browser || texts.unknown}</span>
          {current === true && <Mark tone="calm">{texts.current}</Mark>}
        </span>
      ),
    },
    { key: 'person', title: texts.person, cell: ({ person, name }) => name ?? <span className="mono">{person}</span> },
    { key: 'since', title: texts.since, cell: ({ createdAt }) => <TimeText value={createdAt} /> },
    { key: 'until', title: texts.until, cell: ({ expiresAt }) => <TimeText value={expiresAt} /> },
    {
      key: 'state',
      title: texts.state,
      cell: ({ state }) => <Mark tone={state === 'active' ? 'good' : 'dull'}>{texts[state]}</Mark>,
    },
    { key: 'actions', cell: (session) => session.state === 'active' && <EndSession session={session} /> },
  ]
  return (
    <>
      <p className="soft">{texts.about}</p>
      <ListPanel
        title={texts.title}
        bare
        list={useList('sessions.list', {})}
        columns={columns}
        keyOf={({ sessionId }) => sessionId}
        empty={
          <EmptyState title={texts.none} icon={<DesktopIcon />}>
            {texts.noneHint}
          </EmptyState>
        }
      />
    </>
  )
}

const EndSession = ({ session: { sessionId, browser, current } }: { readonly session: Session }) => {
  const texts = useTexts(sessionTexts)
  const { signOut } = useSession()
  return (
    <OperationButton
      operation="sessions.revoke"
      input={{ sessionId }}
      size="small"
      variant="text"
      danger
      title={texts.endTitle(browser || texts.unknown)}
      consequence={texts.endConsequence}
      {...(current === true ? { onDone: () => signOut('expired') } : { done: texts.done })}
    >
      {texts.end}
    </OperationButton>
  )
}
