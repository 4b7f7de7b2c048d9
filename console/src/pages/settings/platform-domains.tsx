import ServerIcon from 'tdesign-icons-react/esm/components/server.js'
import { useOperation } from '../../api/use-operation.ts'
import { DataTable, type Column } from '../../parts/data-table.tsx'
import { EmptyState } from '../../parts/empty-state.tsx'
import { ErrorNotice } from '../../parts/error-notice.tsx'
import { Mark } from '../../parts/mark.tsx'
import { Panel } from '../../parts/panel.tsx'
import { Waiting } from '../../parts/waiting.tsx'
import { useTexts } from '../../text/language.ts'
import { platformDomainTexts } from '../../text/platform-domains.ts'
import { entriesOf, readPlatformDomains, type PlatformDomain } from '../../wechat/platform-domains.ts'
import { AddDomains } from './add-domains.tsx'
import { ConfirmFile } from './confirm-file.tsx'
import { DeleteDomain } from './delete-domain.tsx'
import { domainKinds, type DomainKind } from './domain-kinds.ts'
import { EditDomains } from './edit-domains.tsx'

export const PlatformDomains = () => (
  <>
    <DomainPanel kind="server" />
    <DomainPanel kind="webview" />
  </>
)

const DomainPanel = ({ kind }: { readonly kind: DomainKind }) => {
  const texts = useTexts(platformDomainTexts)
  const { data, problem, reload } = useOperation(domainKinds[kind], { action: 'get' })
  const lists = data && readPlatformDomains(data)
  const entries = lists && entriesOf(lists)
  return (
    <Panel
      title={texts[kind]}
      flush
      actions={
        lists && (
          <>
            {entries && entries.length > 0 && <EditDomains kind={kind} lists={lists} />}
            <AddDomains kind={kind} />
          </>
        )
      }
    >
      <p className="soft panel-about">{texts[`${kind}About`]}</p>
      {problem && (
        <div className="table-notice">
          <ErrorNotice problem={problem} onRetry={reload} />
        </div>
      )}
      {!lists && !problem && <Waiting />}
      {entries?.length === 0 && (
        <EmptyState title={texts.none} icon={<ServerIcon />}>
          {texts.noneHint}
        </EmptyState>
      )}
      {entries && entries.length > 0 && <DomainTable kind={kind} entries={entries} />}
      {lists?.confirmFile && <ConfirmFile file={lists.confirmFile} />}
    </Panel>
  )
}

interface DomainTableProps {
  readonly kind: DomainKind
  readonly entries: readonly PlatformDomain[]
}

const DomainTable = ({ kind, entries }: DomainTableProps) => {
  const texts = useTexts(platformDomainTexts)
  const columns: readonly Column<PlatformDomain>[] = [
    { key: 'domain', title: texts.domain, isName: true, cell: ({ domain }) => <span className="mono">{domain}</span> },
    { key: 'state', title: texts.state, cell: (entry) => <Reach entry={entry} /> },
    {
      key: 'actions',
      title: texts.actions,
      bare: true,
      align: 'end',
      cell: ({ domain }) => <DeleteDomain kind={kind} domain={domain} />,
    },
  ]
  return <DataTable label={texts[kind]} columns={columns} items={entries} keyOf={({ domain }) => domain} />
}

const Reach = ({ entry: { published, testing } }: { readonly entry: PlatformDomain }) => {
  const texts = useTexts(platformDomainTexts)
  if (!published) return <Mark tone="warn">{texts.testOnly}</Mark>
  return testing ? <Mark tone="good">{texts.live}</Mark> : <Mark tone="calm">{texts.liveOnly}</Mark>
}
