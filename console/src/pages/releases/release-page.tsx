import { useRef } from 'react'
import type { Authorizer, Release } from '../../../../client/src/client.ts'
import { useList } from '../../api/use-list.ts'
import { useOperation } from '../../api/use-operation.ts'
import { Button } from '../../parts/button.tsx'
import { ErrorNotice } from '../../parts/notice.tsx'
import { PageHeader } from '../../parts/page-header.tsx'
import { Panel } from '../../parts/panel.tsx'
import { useSearchValue } from '../../parts/filters.tsx'
import { Waiting } from '../../parts/waiting.tsx'
import { useTexts } from '../../text/language.ts'
import { releaseTexts } from '../../text/releases.ts'
import { ReleaseTable } from '../merchants/release-table.tsx'
import { CommitPanel } from './commit-panel.tsx'
import { CurrentRelease } from './current-release.tsx'
import { isOnItsWay, isUnderWay } from './release-steps.ts'
import { LiveRelease } from './live-release.tsx'
import './releases.css'

/** How often WeChat may be asked how the review stands; the platform decides whether it asks. */
const STATUS_MS = 15_000

export const ReleasePage = ({ appid }: { readonly appid: string }) => {
  const texts = useTexts(releaseTexts)
  const { data: authorizer, problem, reload } = useOperation('authorizers.get', { appid })
  const list = useList('releases.list', { appid })
  const name = authorizer?.nickName || appid
  return (
    <div className="stack">
      <PageHeader title={texts.title(name)} back={{ href: `/merchants/${appid}`, label: name }} />
      <ErrorNotice problem={problem} onRetry={reload} />
      <ErrorNotice problem={list.problem} onRetry={list.reload} />
      {authorizer && list.items && list.page === 1 && <Versions authorizer={authorizer} releases={list.items} />}
      {!(authorizer && list.items) && !problem && <Waiting lines={5} />}
      {list.items && list.items.length > 0 && (
        <Panel title={texts.history} flush>
          <ReleaseTable appid={appid} list={list} />
        </Panel>
      )}
    </div>
  )
}

interface VersionsProps {
  readonly authorizer: Authorizer
  readonly releases: readonly Release[]
}

const Versions = ({ authorizer: { appid, live, currentRelease }, releases }: VersionsProps) => {
  const texts = useTexts(releaseTexts)
  const [open, setOpen] = useSearchValue('new')
  const newest = releases.find(({ state }) => state !== 'superseded')
  const onItsWay = newest && isUnderWay(newest.state) ? newest : undefined
  // Whoever has just released it sees that it is done, until the page is left.
  const followed = useRef<string>(undefined)
  if (onItsWay) followed.current = onItsWay.releaseId
  const hasArrived = newest?.state === 'released' && newest.releaseId === followed.current
  const current = hasArrived ? newest : onItsWay
  useReviewWatch(appid, current)
  const isCommitting = current === undefined || open === '1'
  return (
    <>
      {current && <CurrentRelease key={current.releaseId} release={current} hasLive={live !== undefined} />}
      {isCommitting ? (
        <CommitPanel
          key={current?.releaseId ?? 'first'}
          appid={appid}
          newest={releases[0]}
          current={current && isOnItsWay(current.state) ? current : undefined}
          onDone={() => setOpen('')}
          {...(current && { onCancel: () => setOpen('') })}
        />
      ) : (
        <div className="row">
          <Button variant="outline" onClick={() => setOpen('1')}>
            {texts.newVersion}
          </Button>
        </div>
      )}
      {live && <LiveRelease appid={appid} live={live} releases={releases} releaseId={currentRelease?.releaseId} />}
    </>
  )
}

/** While somebody looks at it, a review is asked after more often than the timer would. */
const useReviewWatch = (appid: string, current: Release | undefined): void => {
  const isWaiting = current !== undefined && ['submitting', 'auditing', 'delayed'].includes(current.state)
  useOperation('releases.status', isWaiting ? { appid } : undefined, { everyMs: STATUS_MS })
}
