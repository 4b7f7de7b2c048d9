import DesktopIcon from 'tdesign-icons-react/esm/components/desktop.js'
import type { DataOf } from '../../api/call.ts'
import { useSession } from '../../api/session.ts'
import { useAction } from '../../api/use-action.ts'
import { useList } from '../../api/use-list.ts'
import { ConfirmButton } from '../../parts/confirm-button.tsx'
import { type Column, PagedTable } from '../../parts/data-table.tsx'
import { EmptyState } from '../../parts/empty-state.tsx'
import { Mark } from '../../parts/mark.tsx'
import { Panel } from '../../parts/panel.tsx'
import { TimeText } from '../../parts/time-text.tsx'
import { toast } from '../../parts/toast.tsx'
import { useTexts } from '../../text/language.ts'
import { sessionTexts } from '../../text/access.ts'

type Session = DataOf<'sessions.list'>['items'][number]

/** One's own; for owners everybody's. */
export const Sessions = () => {
  const texts = useTexts(sessionTexts)
  const list = useList('sessions.list', {})
  const columns = useColumns()
  return (
    <>
      <p className="soft">{texts.about}</p>
      <Panel flush>
        <PagedTable
          label={texts.title}
          list={list}
          columns={columns}
          keyOf={({ sessionId }) => sessionId}
          empty={
            <EmptyState title={texts.none} icon={<DesktopIcon />}>
              {texts.noneHint}
            </EmptyState>
          }
        />
      </Panel>
    </>
  )
}

const useColumns = (): readonly Column<Session>[] => {
  const texts = useTexts(sessionTexts)
  return [
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
    {
      key: 'actions',
      title: texts.actions,
      bare: true,
      align: 'end',
      cell: (session) => (session.state === 'active' ? <EndSession session={session} /> : null),
    },
  ]
}

const EndSession = ({ session: { sessionId, browser, current } }: { readonly session: Session }) => {
  const texts = useTexts(sessionTexts)
  const { signOut } = useSession()
  const end = useAction('sessions.revoke')
  return (
    <ConfirmButton
      size="small"
      variant="text"
      danger
      title={texts.endTitle(browser || texts.unknown)}
      consequence={texts.endConsequence}
      action={end}
      onConfirm={async () => {
        const answer = await end.run({ sessionId })
        if (answer && current === true) signOut('expired')
        else if (answer) toast(texts.done)
        return answer !== undefined
      }}
    >
      {texts.end}
    </ConfirmButton>
  )
}
