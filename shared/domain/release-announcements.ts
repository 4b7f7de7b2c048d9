import { announce } from './announcements.ts'
import type { Platform } from './platform.ts'
import { presentRelease } from './release-states.ts'
import type { ReleaseRecord } from './stores/releases.ts'

/** Tells what WeChat has decided or done, before the record follows: told twice under one key rather than not at all. */
export async function announceRelease(platform: Platform, release: ReleaseRecord): Promise<void> {
  const { state, appid, releaseId, auditId = 0 } = release
  if (state !== 'approved' && state !== 'rejected' && state !== 'released') return
  await announce(platform, {
    type: `release.${state}`,
    appid,
    data: presentRelease(release),
    key: `${releaseId}/${auditId}`,
  })
}
