import { Link } from 'wouter'
import type { Release } from '../../../../client/src/client.ts'
import { useList } from '../../api/use-list.ts'
import { useMerchantNames } from '../../api/use-merchant-names.ts'
import { useOperation } from '../../api/use-operation.ts'
import { type Column, PagedTable } from '../../parts/data-table.tsx'
import { EmptyState } from '../../parts/empty-state.tsx'
import { FilterBar, useSearchValue } from '../../parts/filters.tsx'
import { LinkButton } from '../../parts/button.tsx'
import { MerchantLink } from '../../parts/merchant.tsx'
import { PageHeader } from '../../parts/page-header.tsx'
import { Panel } from '../../parts/panel.tsx'
import { Mark, StateTag } from '../../parts/mark.tsx'
import { TimeText } from '../../parts/time-text.tsx'
import { useTexts } from '../../text/language.ts'
import { reviewTexts } from '../../text/reviews.ts'
import { NO_REASON, reasonKey } from '../../../../shared/domain/releases/rejection-reasons.ts'
import { groupBy } from '../../../../shared/grouping.ts'
import { ErrorNotice } from '../../parts/notice.tsx'
import { Waiting } from '../../parts/waiting.tsx'
import '../rollouts/rollout.css'

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

/** As many as one call tells. */
const MOST = 100

/** What reviewers said, with those they said it to; the most frequent first. */
const RejectedGroups = () => {
  const texts = useTexts(reviewTexts)
  const { data, problem, reload } = useOperation('releases.list', { state: 'rejected', limit: MOST })
  const groups = [...groupBy(data?.items ?? [], ({ reason = '' }) => reasonKey(reason))]
  if (!data) return problem ? <ErrorNotice problem={problem} onRetry={reload} /> : <Waiting lines={4} />
  return (
    <Panel flush {...(data.nextCursor !== undefined && { title: texts.rejected, note: texts.more(MOST) })}>
      {problem && (
        <div className="table-notice">
          <ErrorNotice problem={problem} onRetry={reload} />
        </div>
      )}
      {groups.length === 0 ? (
        <EmptyState title={texts.noneRejected} />
      ) : (
        <ul className="rejection-list">
          {groups
            .toSorted(([, a], [, b]) => b.length - a.length)
            .map(([reason, releases]) => (
              <Group key={reason} reason={reason} releases={releases} />
            ))}
        </ul>
      )}
    </Panel>
  )
}

const Group = ({ reason, releases }: { readonly reason: string; readonly releases: readonly Release[] }) => {
  const texts = useTexts(reviewTexts)
  const names = useMerchantNames(releases.map(({ appid }) => appid))
  const rollouts = [...new Set(releases.flatMap(({ rolloutId }) => rolloutId ?? []))]
  return (
    <li>
      <p className="rejection-reason">
        <Mark tone="bad">{texts.rejectedCount(releases.length)}</Mark>
        <span>{reason === NO_REASON ? texts.noReason : reason}</span>
      </p>
      <p className="row fine">
        {releases.map(({ appid, releaseId }) => (
          <MerchantLink key={releaseId} appid={appid} name={names.get(appid)} />
        ))}
      </p>
      {rollouts.length > 0 && (
        <div className="row">
          {rollouts.map((rolloutId) => (
            <LinkButton
              key={rolloutId}
              href={`/rollouts/${rolloutId}?state=rejected&reason=${encodeURIComponent(reason)}`}
              size="small"
            >
              {texts.rollout}
            </LinkButton>
          ))}
        </div>
      )}
    </li>
  )
}
