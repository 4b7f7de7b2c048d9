import LayersIcon from 'tdesign-icons-react/esm/components/layers.js'
import { useAction } from '../../api/use-action.ts'
import { useList } from '../../api/use-list.ts'
import { useLiveVersions, type LiveVersions } from '../../api/use-live-versions.ts'
import { ConfirmButton } from '../../parts/confirm-button.tsx'
import { PagedTable, type Column } from '../../parts/data-table.tsx'
import { EmptyState } from '../../parts/empty-state.tsx'
import { LinkButton } from '../../parts/link-button.tsx'
import { Mark } from '../../parts/mark.tsx'
import { Panel } from '../../parts/panel.tsx'
import { TimeText } from '../../parts/time-text.tsx'
import { toast } from '../../parts/toast.tsx'
import { useTexts } from '../../text/language.ts'
import { templatesTexts } from '../../text/templates.ts'
import { readTemplates, type Template } from '../../wechat/templates.ts'
import { SettingsButton } from './settings-button.tsx'
import { TemplateUsers } from './template-users.tsx'
import { VersionCell } from './version-cell.tsx'
import './templates.css'

export const TemplateList = () => {
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
      title: texts.actions,
      bare: true,
      align: 'end',
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
  const remove = useAction('templates.delete')
  return (
    <ConfirmButton
      size="small"
      variant="text"
      danger
      title={texts.removeTitle}
      consequence={texts.removeConsequence(templateId, live?.byTemplate.get(templateId)?.length ?? 0)}
      action={remove}
      onConfirm={async () => {
        const done = await remove.run({ templateId })
        if (done) toast(texts.removed)
        return done !== undefined
      }}
    >
      {texts.remove}
    </ConfirmButton>
  )
}
