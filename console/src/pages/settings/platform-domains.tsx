import ServerIcon from 'tdesign-icons-react/esm/components/server.js'
import { useOperation } from '../../api/use-operation.ts'
import { type Column, DataTable } from '../../parts/data-table.tsx'
import { EmptyState } from '../../parts/empty-state.tsx'
import { ErrorNotice } from '../../parts/notice.tsx'
import { Mark } from '../../parts/mark.tsx'
import { Panel } from '../../parts/panel.tsx'
import { Waiting } from '../../parts/waiting.tsx'
import { useTexts } from '../../text/language.ts'
import { platformDomainTexts } from '../../text/platform-domains.ts'
import { entriesOf, type PlatformDomain, readPlatformDomains } from '../../wechat/domains.ts'
import { ChangeDomains, DeleteDomain, domainKinds, type DomainKind } from './change-domains.tsx'
import { CopyButton } from '../../parts/button.tsx'

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
            {entries && entries.length > 0 && <ChangeDomains kind={kind} lists={lists} />}
            <ChangeDomains kind={kind} />
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

interface ConfirmFileProps {
  readonly file: { readonly file_name: string; readonly file_content: string }
}

/** The file with which a domain proves that it belongs to the platform. */
const ConfirmFile = ({ file: { file_name: name, file_content: content } }: ConfirmFileProps) => {
  const texts = useTexts(platformDomainTexts)
  return (
    <div className="confirm-file">
      <div>
        <h3>{texts.file}</h3>
        <p className="soft">{texts.fileAbout(name)}</p>
      </div>
      <div className="columns">
        <div>
          <p className="fine">{texts.fileName}</p>
          <div className="copy-line">
            <code>{name}</code>
            <CopyButton value={name} label={texts.copyName} />
          </div>
        </div>
        <div>
          <p className="fine">{texts.fileContent}</p>
          <div className="copy-line">
            <code>{content}</code>
            <CopyButton value={content} label={texts.copyContent} />
          </div>
        </div>
      </div>
      <p>
        <a href={`data:text/plain;charset=utf-8,${encodeURIComponent(content)}`} download={name}>
          {texts.download}
        </a>
      </p>
    </div>
  )
}
