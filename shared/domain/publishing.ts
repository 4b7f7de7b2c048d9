import { errcodeOf, Failure, isFailure } from '../errors.ts'
import { after, type EpochMs } from '../time.ts'
import { code } from '../wechat/endpoints/code.ts'
import { releases as endpoints } from '../wechat/endpoints/releases.ts'
import { announceRelease } from './release-announcements.ts'
import { callForAuthorizer } from './authorizer-calls.ts'
import { ATTEMPT_MS } from './commits.ts'
import { databaseTime, type Platform } from './platform.ts'
import { follow, mustChange } from './release-records.ts'
import { supersededByRelease } from './release-states.ts'
import type { ReleaseRecord } from './stores.ts'

/** WeChat may have published it already. */
const perhapsReleased = new Set([85052, 85019, 85020])

/** Puts an approved version online. Published already is success. */
export async function publish(platform: Platform, release: ReleaseRecord): Promise<ReleaseRecord> {
  const isRepeated = release.attemptAt !== undefined
  if (isRepeated && (await isOnline(platform, release))) return published(platform, release)
  const now = databaseTime(platform)
  const intent = await mustChange(platform, release, { attemptAt: now, dueAt: after(now, ATTEMPT_MS) })
  try {
    await callForAuthorizer(platform, release.appid, endpoints.release, {})
  } catch (error) {
    if (!isFailure(error)) throw error
    if (perhapsReleased.has(errcodeOf(error) ?? 0) && (await isOnline(platform, intent)))
      return published(platform, intent)
    if (!error.outcomeUnknown) await follow(platform, intent, { attemptAt: null, dueAt: null })
    throw error
  }
  return published(platform, intent)
}

async function isOnline(platform: Platform, release: ReleaseRecord): Promise<boolean> {
  const { release_info: online } = await callForAuthorizer(platform, release.appid, code.versions, {})
  return online?.release_version === release.version
}

export async function published(platform: Platform, release: ReleaseRecord): Promise<ReleaseRecord> {
  const now = databaseTime(platform)
  await announceRelease(platform, { ...release, state: 'released', releasedAt: now })
  const done = await follow(platform, release, { state: 'released', releasedAt: now, attemptAt: null, dueAt: null })
  await platform.stores.releases.supersede(release.appid, release.number, supersededByRelease, now)
  await setLive(platform, done, now)
  platform.log.info('version released', { appid: release.appid, version: release.version })
  return done
}

export const setLive = (platform: Platform, release: ReleaseRecord, releasedAt: EpochMs): Promise<void> =>
  platform.stores.authorizers.setCurrentRelease(release.appid, {
    releaseId: release.releaseId,
    templateId: release.templateId,
    version: release.version,
    releasedAt,
  })

export const notApproved = (release: ReleaseRecord | undefined): Failure =>
  new Failure(
    'CONFLICT',
    release
      ? `Version ${release.version} is ${release.state}, not approved`
      : 'There is no approved version to release',
    {
      hint: 'Submit the version and wait for its approval; releases.status shows where it stands.',
    },
  )
