import type { Release } from '../../../../client/src/client.ts'
import { reasonKey } from '../../../../shared/domain/releases/reviewer-words.ts'
import { groupBy } from '../../../../shared/grouping.ts'
import { NO_REASON } from '../../../../shared/words/rejections.ts'
import { useMerchantNames } from '../../api/use-merchant-names.ts'
import { useOperation } from '../../api/use-operation.ts'
import { EmptyState } from '../../parts/empty-state.tsx'
import { ErrorNotice } from '../../parts/error-notice.tsx'
import { LinkButton } from '../../parts/link-button.tsx'
import { Mark } from '../../parts/mark.tsx'
import { MerchantLink } from '../../parts/merchant-link.tsx'
import { Panel } from '../../parts/panel.tsx'
import { Waiting } from '../../parts/waiting.tsx'
import { useTexts } from '../../text/language.ts'
import { reviewTexts } from '../../text/reviews.ts'
import '../rollouts/rollout.css'

/** As many as one call tells. */
const MOST = 100

/** What reviewers said, with those they said it to; the most frequent first. */
export const RejectedGroups = () => {
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
