import { forEachConcurrently } from '../../concurrency.ts'
import { groupBy } from '../../grouping.ts'
import { audits } from '../../wechat/endpoints/audits.ts'
import { callForAuthorizer } from '../authorizers/authorizer-calls.ts'
import { databaseTime, type Platform } from '../platform.ts'
import { auditChange, isNews, refreshAudit, releaseByItself } from './audit-verdicts.ts'
import { changeReleases } from './release-records.ts'
import { underReview } from './release-states.ts'
import type { ReleaseChange, ReleaseRecord } from '../stores/releases.ts'
import { readTokens } from '../tokens/token-pages.ts'

const WIDTH = 50

const isReviewed = ({ state, auditId }: ReleaseRecord): boolean => underReview.includes(state) && auditId !== undefined

/**
 * Asks WeChat about all audits of a page; what it says is written together where it is the same. Answers the releases that are not
 * under review: something else is due with them.
 */
export async function pollAudits(
  platform: Platform,
  due: readonly ReleaseRecord[],
  noteFailure: (release: ReleaseRecord, error: unknown) => Promise<void>,
): Promise<readonly ReleaseRecord[]> {
  const reviewed = due.filter(isReviewed)
  if (reviewed.length > 0) {
    await readTokens(
      platform,
      reviewed.map(({ appid }) => appid),
    )
    const now = databaseTime(platform)
    const answers: { readonly release: ReleaseRecord; readonly change: ReleaseChange }[] = []
    await forEachConcurrently(reviewed, WIDTH, async (release) => {
      try {
        const body = { auditid: release.auditId ?? 0 }
        const says = await callForAuthorizer(platform, release.appid, audits.status, { body })
        answers.push({ release, change: auditChange(release, says, now) })
      } catch (error) {
        await noteFailure(release, error)
      }
    })
    await note(platform, answers)
  }
  return due.filter((release) => !isReviewed(release))
}

async function note(
  platform: Platform,
  answers: readonly { readonly release: ReleaseRecord; readonly change: ReleaseChange }[],
): Promise<void> {
  const { stores, log } = platform
  for (const group of groupBy(answers, ({ change }) => JSON.stringify(change)).values()) {
    const [first] = group
    if (!first) continue
    const releases = group.map(({ release }) => release)
    const changed = await changeReleases(platform, releases, first.change)
    if (isNews(first.change)) log.info('audits changed', { state: first.change.state, count: changed.length })
    const wanted = changed.filter(({ state, autoRelease }) => state === 'approved' && autoRelease)
    await forEachConcurrently(wanted, WIDTH, async (release) => {
      await releaseByItself(platform, release)
    })
    // Somebody else changed it in between, by a push for one: once more, by itself.
    const isChanged = new Set(changed.map(({ releaseId }) => releaseId))
    for (const { releaseId } of releases) {
      const present = isChanged.has(releaseId) ? undefined : await stores.releases.find(releaseId)
      if (present && isNews(first.change)) await refreshAudit(platform, present)
    }
  }
}
