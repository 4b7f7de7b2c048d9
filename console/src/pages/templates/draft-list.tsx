import UploadIcon from 'tdesign-icons-react/esm/components/upload.js'
import { useList } from '../../api/use-list.ts'
import { useOperation } from '../../api/use-operation.ts'
import { type Column, PagedTable } from '../../parts/data-table.tsx'
import { EmptyState } from '../../parts/empty-state.tsx'
import { Mark } from '../../parts/mark.tsx'
import { Panel } from '../../parts/panel.tsx'
import { TimeText } from '../../parts/time-text.tsx'
import { useTexts } from '../../text/language.ts'
import { templatesTexts } from '../../text/templates.ts'
import { type Draft, readDrafts, readTemplates } from '../../wechat/templates.ts'
import { OperationButton } from '../../parts/confirm-button.tsx'

/** WeChat is asked each time. */
const DRAFTS_MS = 30_000

export const DraftList = () => {
  const texts = useTexts(templatesTexts)
  const { items, ...list } = useList('templates.listDrafts', {}, { everyMs: DRAFTS_MS })
  const { data: library } = useOperation('templates.list', { limit: 100 })
  const templateOf = new Map(
    readTemplates(library?.items ?? []).map(({ draftId, templateId }) => [draftId, templateId]),
  )
  const columns: readonly Column<Draft>[] = [
    { key: 'version', title: texts.version, isName: true, cell: (draft) => <VersionCell {...draft} /> },
    { key: 'source', title: texts.source, cell: ({ source }) => source || null },
    { key: 'developer', title: texts.developer, cell: ({ developer }) => developer || null },
    {
      key: 'at',
      title: texts.uploadedAt,
      cell: ({ createdAt }) => (createdAt === undefined ? '—' : <TimeText value={createdAt} />),
    },
    {
      key: 'do',
      cell: (draft) => {
        const templateId = templateOf.get(draft.draftId)
        return templateId === undefined ? (
          <Promote draft={draft} />
        ) : (
          <Mark tone="good">{texts.isTemplate(templateId)}</Mark>
        )
      },
    },
  ]
  return (
    <Panel title={texts.drafts} flush>
      <p className="soft panel-words">{texts.draftsAbout}</p>
      <PagedTable
        label={texts.drafts}
        list={{ ...list, items: items && readDrafts(items) }}
        columns={columns}
        keyOf={({ draftId }) => String(draftId)}
        empty={
          <EmptyState title={texts.noDrafts} icon={<UploadIcon />}>
            {texts.noDraftsHint}
          </EmptyState>
        }
      />
    </Panel>
  )
}

const Promote = ({ draft: { draftId, version } }: { readonly draft: Draft }) => {
  const texts = useTexts(templatesTexts)
  return (
    <OperationButton
      operation="templates.promote"
      input={{ draftId }}
      size="small"
      title={texts.promoteTitle}
      consequence={texts.promoteConsequence(version)}
      done={({ templateId }) => texts.promoted(templateId)}
    >
      {texts.promote}
    </OperationButton>
  )
}

interface VersionCellProps {
  readonly version: string
  readonly description: string
}

export const VersionCell = ({ version, description }: VersionCellProps) => (
  <>
    <strong>{version}</strong>
    {description !== '' && <div className="fine">{description}</div>}
  </>
)
