import LayersIcon from 'tdesign-icons-react/esm/components/layers.js'
import { useState } from 'react'
import { Link } from 'wouter'
import { PageHeader } from '../../parts/page-header.tsx'
import { useTexts } from '../../text/language.ts'
import { templatesTexts } from '../../text/templates.ts'
import { DraftList, VersionCell } from './draft-list.tsx'
import { useList } from '../../api/use-list.ts'
import { type LiveVersions, useLiveVersions } from '../../api/use-live-versions.ts'
import { type Column, PagedTable } from '../../parts/data-table.tsx'
import { EmptyState } from '../../parts/empty-state.tsx'
import { Button, LinkButton } from '../../parts/button.tsx'
import { Mark } from '../../parts/mark.tsx'
import { Panel } from '../../parts/panel.tsx'
import { TimeText } from '../../parts/time-text.tsx'
import { readTemplates, type Template } from '../../wechat/templates.ts'
import { SettingsButton } from './settings-button.tsx'
import { Modal } from '../../parts/modal.tsx'
import { Notice } from '../../parts/notice.tsx'
import { OperationButton } from '../../parts/confirm-button.tsx'
import './templates.css'

export const TemplatesPage = () => {
  const texts = useTexts(templatesTexts)
  return (
    <div className="stack">
      <PageHeader title={texts.title} />
      <TemplateList />
      <DraftList />
    </div>
  )
}

const TemplateList = () => {
  const texts = useTexts(templatesTexts)
  const live = useLiveVersions()
  const { items, ...list } = useList('templates.list', {})
  const columns: readonly Column<Template>[] = [
    {
      key: 'version',
      title: texts.template,
      isName: true,
      cell: (template) => (
        <div className="template-name">
          <span className="template-number numbers">#{template.templateId}</span>
          <div>
            <VersionCell {...template} />
            {template.isStandard && <Mark>{texts.standard}</Mark>}
          </div>
        </div>
      ),
    },
    {
      key: 'source',
      title: texts.source,
      cell: ({ source, developer }) =>
        source === '' ? null : (
          <span>
            {source} {developer !== '' && <span className="fine">{developer}</span>}
          </span>
        ),
    },
    {
      key: 'at',
      title: texts.addedAt,
      cell: ({ createdAt }) => (createdAt === undefined ? '—' : <TimeText value={createdAt} />),
    },
    {
      key: 'users',
      title: texts.users,
      cell: ({ templateId }) => <TemplateUsers templateId={templateId} live={live} />,
    },
    {
      key: 'do',
      cell: ({ templateId }) => (
        <div className="row">
          <LinkButton href={`/rollouts/new?template=${templateId}`} size="small">
            {texts.rollout}
          </LinkButton>
          <SettingsButton templateId={templateId} />
          <Remove templateId={templateId} live={live} />
        </div>
      ),
    },
  ]
  return (
    <Panel title={texts.templates} flush>
      <PagedTable
        label={texts.templates}
        list={{ ...list, items: items && readTemplates(items) }}
        columns={columns}
        keyOf={({ templateId }) => String(templateId)}
        empty={
          <EmptyState title={texts.noTemplates} icon={<LayersIcon />}>
            {texts.noTemplatesHint}
          </EmptyState>
        }
      />
    </Panel>
  )
}

interface RemoveProps {
  readonly templateId: number
  readonly live: LiveVersions | undefined
}

const Remove = ({ templateId, live }: RemoveProps) => {
  const texts = useTexts(templatesTexts)
  return (
    <OperationButton
      operation="templates.delete"
      input={{ templateId }}
      size="small"
      variant="text"
      danger
      title={texts.removeTitle}
      consequence={texts.removeConsequence(templateId, live?.byTemplate.get(templateId)?.length ?? 0)}
      done={texts.removed}
    >
      {texts.remove}
    </OperationButton>
  )
}

interface TemplateUsersProps {
  readonly templateId: number
  readonly live: LiveVersions | undefined
}

/** How many merchants are live on a template, and who. */
const TemplateUsers = ({ templateId, live }: TemplateUsersProps) => {
  const texts = useTexts(templatesTexts)
  const [open, setOpen] = useState(false)
  if (!live) return <span className="fine">{texts.counting}</span>
  const users = live.byTemplate.get(templateId) ?? []
  if (users.length === 0) return <span className="soft numbers">0</span>
  return (
    <>
      <Button className="template-users" variant="text" size="small" onClick={() => setOpen(true)}>
        {texts.usersCount(users.length)}
        {live.isAll ? '' : '+'}
      </Button>
      <Modal open={open} title={texts.usersOf(templateId)} onClose={() => setOpen(false)} place="side">
        {!live.isAll && <Notice>{texts.partial(live.looked)}</Notice>}
        <ul className="user-list">
          {users.map(({ appid, nickName, live: online }) => (
            <li key={appid} className="row apart">
              <Link href={`/merchants/${appid}`}>{nickName || appid}</Link>
              <span className="fine">{online?.version}</span>
            </li>
          ))}
        </ul>
      </Modal>
    </>
  )
}
