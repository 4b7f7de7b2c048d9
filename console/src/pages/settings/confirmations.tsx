import LockOnIcon from 'tdesign-icons-react/esm/components/lock-on.js'
import RobotIcon from 'tdesign-icons-react/esm/components/chat-bubble.js'
import type { DataOf } from '../../api/call.ts'
import { useAction } from '../../api/use-action.ts'
import { useList } from '../../api/use-list.ts'
import { Button } from '../../parts/button.tsx'
import { ListPanel, type Column } from '../../parts/data-table.tsx'
import { EmptyState } from '../../parts/empty-state.tsx'
import { ErrorNotice } from '../../parts/notice.tsx'
import { Panel } from '../../parts/panel.tsx'
import { TimeText } from '../../parts/time-text.tsx'
import { toast } from '../../parts/toast.tsx'
import { confirmationTexts } from '../../text/access.ts'
import { useLanguage, useTexts } from '../../text/language.ts'
import { operationWords } from '../../text/operation-names.ts'

type Plan = DataOf<'confirmations.list'>['items'][number]

/** What agents want to do and a person decides. */
export const Confirmations = () => {
  const texts = useTexts(confirmationTexts)
  const { language } = useLanguage()
  const columns: readonly Column<Plan>[] = [
    {
      key: 'what',
      title: texts.what,
      isName: true,
      cell: ({ operation, input, seen }) => (
        <>
          <span className="setting-name">{operationWords(operation, language)}</span>
          <div className="fine mono">{operation}</div>
          <details>
            <summary>{texts.seen}</summary>
            <pre>{JSON.stringify({ input, seen }, null, 2)}</pre>
          </details>
        </>
      ),
    },
    { key: 'key', title: texts.key, cell: ({ keyName, keyId }) => keyName ?? <span className="mono">{keyId}</span> },
    { key: 'until', title: texts.until, cell: ({ expiresAt }) => <TimeText value={expiresAt} /> },
    { key: 'actions', cell: (plan) => <Decide plan={plan} /> },
  ]
  const list = useList('confirmations.list', {})
  if (list.problem?.reason === 'NOT_A_PERSON')
    return (
      <Panel>
        <EmptyState title={texts.forPeople} icon={<LockOnIcon />}>
          {texts.forPeopleHint}
        </EmptyState>
      </Panel>
    )
  return (
    <>
      <p className="soft">{texts.about}</p>
      <ListPanel
        title={texts.title}
        bare
        list={list}
        columns={columns}
        keyOf={({ confirmationId }) => confirmationId}
        empty={
          <EmptyState title={texts.none} icon={<RobotIcon />}>
            {texts.noneHint}
          </EmptyState>
        }
      />
    </>
  )
}

const Decide = ({ plan: { confirmationId } }: { readonly plan: Plan }) => {
  const texts = useTexts(confirmationTexts)
  const approve = useAction('confirmations.approve')
  const deny = useAction('confirmations.deny')
  const decide = async (action: typeof approve | typeof deny, done: string): Promise<void> => {
    if (await action.run({ confirmationId })) toast(done)
  }
  return (
    <div className="stack">
      <span className="row">
        <Button size="small" variant="outline" loading={deny.busy} onClick={() => void decide(deny, texts.denied)}>
          {texts.deny}
        </Button>
        <Button size="small" loading={approve.busy} onClick={() => void decide(approve, texts.approved)}>
          {texts.approve}
        </Button>
      </span>
      <ErrorNotice problem={approve.problem ?? deny.problem} />
    </div>
  )
}
