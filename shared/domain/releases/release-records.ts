import { Failure } from '../../errors.ts'
import { groupBy } from '../../grouping.ts'
import type { Asked } from '../callers/activity.ts'
import { databaseTime, type Platform } from '../platform.ts'
import { closeProblem } from '../problems/problems.ts'
import { happeningOf } from './release-happenings.ts'
import { mayBecome } from './release-states.ts'
import { RECENT_RELEASES, type ReleaseChange, type ReleaseRecord, type ReleaseState } from '../stores/releases.ts'

/** What a change notes of whoever asked for it. */
export const askedFor = (
  { runs = [] }: Pick<ReleaseRecord, 'runs'>,
  { who, runId }: Asked,
): Pick<ReleaseChange, 'runs' | 'who'> => ({
  who,
  ...(runId !== undefined && { runs: [...new Set([...runs, runId])] }),
})

/** Whether this very run, or a former attempt at it, did something with the release. */
export const wasAsked = ({ runs }: ReleaseRecord, { runId }: Asked): boolean =>
  runId !== undefined && runs?.includes(runId) === true

export const recentReleases = (platform: Platform, appid: string): Promise<readonly ReleaseRecord[]> =>
  platform.stores.releases.ofAuthorizer(appid)

/** The same for use cases that cannot go on without: an unknown account is told apart from one without releases. */
export async function knownReleases(platform: Platform, appid: string): Promise<readonly ReleaseRecord[]> {
  const releases = await recentReleases(platform, appid)
  if (releases.length > 0 || (await platform.stores.authorizers.find(appid))) return releases
  throw new Failure('ACCOUNT_UNKNOWN', { field: 'appid' })
}

/** Changes a release by one allowed step; what that is to be told of rides on it. Undefined: somebody else changed it first, so read again. */
export async function changeRelease(
  platform: Platform,
  release: ReleaseRecord,
  change: ReleaseChange,
): Promise<ReleaseRecord | undefined> {
  if (change.state !== undefined && change.state !== release.state && !mayBecome(release.state, change.state))
    throw new Failure('STEP_NOT_ALLOWED', { params: { from: release.state, to: change.state } })
  const now = databaseTime(platform)
  const changed = await platform.stores.releases.change(release, change, now, ...happeningOf(release, change, now))
  if (changed) await tellRelief(platform, release, changed)
  return changed
}

/** What held it up is over. */
async function tellRelief(
  platform: Platform,
  { appid, problem }: ReleaseRecord,
  changed: ReleaseRecord,
): Promise<void> {
  if (problem && !changed.problem) await closeProblem(platform, 'RELEASE_HELD_UP', appid)
}

/** The same change to many, each only if nobody changed it in between. Those that this very call changed. */
export async function changeReleases(
  platform: Platform,
  releases: readonly ReleaseRecord[],
  change: ReleaseChange,
): Promise<readonly ReleaseRecord[]> {
  const { stores, ids } = platform
  const now = databaseTime(platform)
  const changed: ReleaseRecord[] = []
  const groups = groupBy(releases, (release) => JSON.stringify(happeningOf(release, change, now)))
  for (const group of groups.values()) {
    const happenings = group[0] ? happeningOf(group[0], change, now) : []
    changed.push(...(await stores.releases.changeAll(group, change, now, ids.random(), ...happenings)))
  }
  const former = new Map(releases.map((release) => [release.releaseId, release]))
  for (const release of changed) await tellRelief(platform, former.get(release.releaseId) ?? release, release)
  return changed
}

/** Older releases that end with what was done just now: `releases` is what their accounts had before. One write where nobody interferes. */
export async function supersedeOlder(
  platform: Platform,
  done: readonly { readonly release: ReleaseRecord; readonly releases: readonly ReleaseRecord[] }[],
  states: readonly ReleaseState[],
): Promise<void> {
  const older = done.flatMap(({ release, releases }) =>
    releases.filter(({ number, state }) => number < release.number && states.includes(state)),
  )
  if (older.length === 0) return
  const ended = await changeReleases(platform, older, { state: 'superseded', dueAt: null })
  const isEnded = new Set(ended.map(({ releaseId }) => releaseId))
  for (const { appid, releaseId } of older) {
    const newest = isEnded.has(releaseId) ? undefined : done.find(({ release }) => release.appid === appid)
    if (newest) await platform.stores.releases.supersede(appid, newest.release.number, states, databaseTime(platform))
  }
}

/**
 * The same for one release. `known`: the newest of its account as they were read, none of which anybody but us takes to one of these states
 * meanwhile; without it, or where there may be older ones, all are looked at.
 */
export const supersedeOlderThan = (
  platform: Platform,
  release: ReleaseRecord,
  states: readonly ReleaseState[],
  known?: readonly ReleaseRecord[],
): Promise<void> =>
  known !== undefined && known.length < RECENT_RELEASES
    ? supersedeOlder(platform, [{ release, releases: known }], states)
    : platform.stores.releases.supersede(release.appid, release.number, states, databaseTime(platform))

/** The same where a lost race means that another caller works on this very release now. */
export async function mustChange(
  platform: Platform,
  release: ReleaseRecord,
  change: ReleaseChange,
): Promise<ReleaseRecord> {
  const changed = await changeRelease(platform, release, change)
  if (changed) return changed
  throw new Failure('CHANGED_MEANWHILE')
}

/** After WeChat acted: the record must follow, whoever touched it in between. */
export async function follow(
  platform: Platform,
  release: ReleaseRecord,
  change: ReleaseChange,
): Promise<ReleaseRecord> {
  let present = release
  for (let round = 0; round < 10; round++) {
    const changed = await changeRelease(platform, present, change)
    if (changed) return changed
    const read = await platform.stores.releases.find(release.releaseId)
    if (!read || read.state === change.state) return read ?? present
    if (change.state !== undefined && !mayBecome(read.state, change.state)) return read
    present = read
  }
  throw new Failure('DATABASE_CONTENTION')
}
