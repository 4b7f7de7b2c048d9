import { Link } from 'wouter'
import type { Release } from '../../../../client/src/client.ts'
import { useList } from '../../api/use-list.ts'
import { useMerchantNames } from '../../api/use-merchant-names.ts'
import { useOperation } from '../../api/use-operation.ts'
import { PagedTable, type Column } from '../../parts/data-table.tsx'
import { EmptyState } from '../../parts/empty-state.tsx'
import { FilterBar } from '../../parts/filter-bar.tsx'
import { LinkButton } from '../../parts/link-button.tsx'
import { MerchantLink } from '../../parts/merchant-link.tsx'
import { PageHeader } from '../../parts/page-header.tsx'
import { Panel } from '../../parts/panel.tsx'
import { StateTag } from '../../parts/state-tag.tsx'
import { TimeText } from '../../parts/time-text.tsx'
import { useSearchValue } from '../../parts/use-search-value.ts'
import { useTexts } from '../../text/language.ts'
import { reviewTexts } from '../../text/reviews.ts'
import { RejectedGroups } from './rejected-groups.tsx'

const stages = {
  underReview: ['submitting', 'auditing', 'delayed'],
  approved: ['approved', 'gray'],
} as const

type Stage = keyof typeof stages | 'rejected'
const stageNames: readonly Stage[] = ['underReview', 'rejected', 'approved']

/** The reviews of all merchants: running, rejected by reason, approved and not yet online. */
export const ReviewsPage = () => {
  const texts = useTexts(reviewTexts)
  const [given, setStage] = useSearchValue('stage')
  const stage = stageNames.find((one) => one === given) ?? 'underReview'
  const { data } = useOperation('platform.status', {})
  const counts = { underReview: data?.audits.auditing, rejected: data?.audits.rejected, approved: undefined }
  const labelOf = (one: Stage): string => {
    const count = counts[one]
    return count === undefined ? texts[one] : texts.counted(texts[one], count)
  }
  return (
    <div className="stack">
      <PageHeader title={texts.title} back={{ href: '/rollouts', label: texts.back }}>
        {texts.about}
      </PageHeader>
      <div className="row">
        <FilterBar<Stage>
          label={texts.filter}
          value={stage}
          choices={stageNames.map((value) => ({ value, label: labelOf(value) }))}
          onChange={setStage}
        />
      </div>
      {stage === 'rejected' ? <RejectedGroups /> : <Reviews key={stage} stage={stage} />}
    </div>
  )
}

const Reviews = ({ stage }: { readonly stage: keyof typeof stages }) => {
  const texts = useTexts(reviewTexts)
  const list = useList('releases.list', { states: [...stages[stage]] })
  const names = useMerchantNames(list.items?.map(({ appid }) => appid) ?? [])
  const columns: readonly Column<Release>[] = [
    {
      key: 'merchant',
      title: texts.merchant,
      isName: true,
      cell: ({ appid }) => <MerchantLink appid={appid} name={names.get(appid)} />,
    },
    { key: 'version', title: texts.version, cell: ({ version }) => version },
    { key: 'state', title: texts.state, cell: ({ state }) => <StateTag state={state} /> },
    {
      key: 'since',
      title: texts.since,
      cell: ({ submittedAt, auditedAt, updatedAt }) => (
        <TimeText value={(stage === 'approved' ? auditedAt : submittedAt) ?? updatedAt} form="ago" />
      ),
    },
    {
      key: 'rollout',
      title: texts.rollout,
      cell: ({ rolloutId }) => rolloutId !== undefined && <Link href={`/rollouts/${rolloutId}`}>{texts.open}</Link>,
    },
    {
      key: 'do',
      title: texts.actions,
      bare: true,
      align: 'end',
      cell: ({ appid }) => (
        <LinkButton href={`/releases/${appid}`} size="small">
          {texts.open}
        </LinkButton>
      ),
    },
  ]
  return (
    <Panel flush>
      <PagedTable
        label={texts[stage]}
        list={list}
        columns={columns}
        keyOf={({ releaseId }) => releaseId}
        empty={<EmptyState title={stage === 'approved' ? texts.noneApproved : texts.noneUnderReview} />}
      />
    </Panel>
  )
}
