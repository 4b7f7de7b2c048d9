import { Failure, isFailure, refusedWith } from '../../errors.ts'
import { groupBy } from '../../grouping.ts'
import { after, fromUnixSeconds, HOUR, MINUTE, type EpochMs } from '../../time.ts'
import { code } from '../../wechat/endpoints/code.ts'
import { releases as endpoints } from '../../wechat/endpoints/releases.ts'
import { saying } from '../../wechat/errcodes.ts'
import { callForAuthorizer } from '../authorizers/authorizer-calls.ts'
import type { Asked } from '../callers/activity.ts'
import { ATTEMPT_MS } from './commits.ts'
import { CLOCK_TOLERANCE_MS, databaseTime, type Platform } from '../platform.ts'
import { otherReleased, otherShown } from './latest-audit.ts'
import { askedFor, changeRelease, follow, followAll, supersedeOlder, type Done } from './release-records.ts'
import { supersededByRelease } from './release-states.ts'
import type { ReleaseRecord } from '../stores/releases.ts'

/** How often a version that waits for its users is compared with WeChat, where nobody asks for it. */
export const LOOK_AGAIN_MS = 6 * HOUR

/** Puts an approved version online. Published already is success; of several callers one asks WeChat and the others wait. */
export async function publish(
  platform: Platform,
  release: ReleaseRecord,
  { asked, known }: { readonly asked?: Asked; readonly known?: readonly ReleaseRecord[] } = {},
): Promise<ReleaseRecord> {
  let present = release
  for (;;) {
    if (present.state === 'released') return present
    if (present.state !== 'approved' && present.state !== 'gray') throw notApproved(present)
    const now = databaseTime(platform)
    const age = present.attemptAt === undefined ? undefined : now - present.attemptAt
    if (age === undefined || age >= ATTEMPT_MS) {
      if (age !== undefined && (await isOnline(platform, present))) return published(platform, present)
      const intent = await changeRelease(platform, present, {
        attemptAt: now,
        dueAt: after(now, ATTEMPT_MS),
        ...(asked && askedFor(present, asked)),
      })
      if (intent) return send(platform, intent, known)
    } else await platform.sleep(Math.min(300, ATTEMPT_MS - Math.max(age, 0)))
    present = (await platform.stores.releases.find(release.releaseId)) ?? present
  }
}

async function send(
  platform: Platform,
  intent: ReleaseRecord,
  known?: readonly ReleaseRecord[],
): Promise<ReleaseRecord> {
  await sendRelease(platform, intent)
  const other = await otherShown(platform, intent)
  if (other !== undefined && (await isNotOnline(platform, intent))) throw await forget(platform, intent, other)
  return published(platform, intent, known)
}

const isNotOnline = async (platform: Platform, release: ReleaseRecord): Promise<boolean> =>
  (await isOnline(platform, release).catch(() => undefined)) === false

async function forget(platform: Platform, release: ReleaseRecord, other: string): Promise<Failure> {
  await follow(platform, release, { state: 'superseded', attemptAt: null, dueAt: null })
  return otherReleased(release, other)
}

/** Returns the intent, which has been written, once the version is online; a refusal ends the attempt. */
export async function sendRelease(platform: Platform, intent: ReleaseRecord): Promise<ReleaseRecord> {
  try {
    await callForAuthorizer(platform, intent.appid, endpoints.release, {})
    return intent
  } catch (error) {
    if (!isFailure(error)) throw error
    const readBack = error.outcomeUnknown || refusedWith(error, saying.otherState)
    const online = readBack && (await isOnline(platform, intent).catch(() => undefined))
    if (online) return intent
    // What WeChat did not answer may still be under way, and what could not be read may have been done.
    const isOver = online === false && !(error.outcomeUnknown && error.retryable)
    // One that is to go online by itself is tried again, whoever dies here.
    const dueAt = after(databaseTime(platform), intent.autoRelease ? MINUTE : LOOK_AGAIN_MS)
    if (isOver) await follow(platform, intent, { attemptAt: null, dueAt })
    throw error
  }
}

/** An older release of the same name does not count: this one cannot have gone online before it was submitted. */
export async function isOnline(platform: Platform, release: ReleaseRecord): Promise<boolean> {
  const { release_info: online } = await callForAuthorizer(platform, release.appid, code.versions, {})
  if (online?.release_version !== release.version) return false
  const since = release.submittedAt ?? release.createdAt
  return !online.release_time || fromUnixSeconds(online.release_time) >= since - CLOCK_TOLERANCE_MS
}

export async function published(
  platform: Platform,
  release: ReleaseRecord,
  releases?: readonly ReleaseRecord[],
): Promise<ReleaseRecord> {
  const [done = release] = await publishedAll(platform, [{ release, releases }])
  return done
}

export async function publishedAll(platform: Platform, done: readonly Done[]): Promise<readonly ReleaseRecord[]> {
  const releasedAt = databaseTime(platform)
  const releases = done.map(({ release }) => release)
  // The records come last: once these say `released`, nobody comes back to them.
  await setLive(platform, releases, releasedAt)
  await supersedeOlder(platform, done, supersededByRelease)
  const change = { state: 'released', releasedAt, problem: null, attemptAt: null, dueAt: null } as const
  const noted = await followAll(platform, releases, change)
  for (const { appid, version } of releases) platform.log.info('version released', { appid, version })
  return noted
}

/** In one write where the releases have the same number. */
export async function setLive(
  platform: Platform,
  releases: readonly ReleaseRecord[],
  releasedAt: EpochMs,
): Promise<void> {
  const alike = groupBy(releases, ({ number, templateId, source, version }) =>
    JSON.stringify([number, templateId, source, version]),
  )
  for (const group of alike.values()) {
    const [first] = group
    if (!first) continue
    const appids = group.map(({ appid }) => appid)
    await platform.stores.authorizers.setLive(appids, first, releasedAt)
  }
}

export const notApproved = (release: ReleaseRecord | undefined): Failure =>
  release
    ? new Failure('NOT_APPROVED', { params: { version: release.version, state: release.state } })
    : new Failure('NOTHING_APPROVED')
