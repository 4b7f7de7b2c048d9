import { announceAll, type Announcement } from '../subscriptions/announcements.ts'
import type { Platform } from '../platform.ts'
import { presentRelease } from './release-states.ts'
import type { ReleaseRecord } from '../stores/releases.ts'

/** Tells what WeChat has decided or done, before the record follows: told twice under one key rather than not at all. */
export const announceRelease = (platform: Platform, release: ReleaseRecord): Promise<void> =>
  announceReleases(platform, [release])

export async function announceReleases(platform: Platform, releases: readonly ReleaseRecord[]): Promise<void> {
  const announcements = releases.flatMap((release): Announcement[] => {
    const { state, appid, releaseId, auditId = 0 } = release
    if (state !== 'approved' && state !== 'rejected' && state !== 'released') return []
    return [{ type: `release.${state}`, appid, data: presentRelease(release), key: `${releaseId}/${auditId}` }]
  })
  if (announcements.length > 0) await announceAll(platform, announcements)
}
