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

/** What WeChat has done with a release. `releases`: the newest that its account had before, none of which anybody but us takes further meanwhile. */
export interface Done {
  readonly release: ReleaseRecord
  readonly releases?: readonly ReleaseRecord[] | undefined
}

/** Ends older releases of these states. One write where nobody interferes and all are known. */
export async function supersedeOlder(
  platform: Platform,
  done: readonly Done[],
  states: readonly ReleaseState[],
): Promise<void> {
  const older = done.flatMap(({ release, releases = [] }) =>
    releases.filter(({ number, state }) => number < release.number && states.includes(state)),
  )
  const ended = older.length === 0 ? [] : await changeReleases(platform, older, { state: 'superseded', dueAt: null })
  const isEnded = new Set(ended.map(({ releaseId }) => releaseId))
  const missed = new Set(older.flatMap(({ appid, releaseId }) => (isEnded.has(releaseId) ? [] : [appid])))
  for (const { release, releases } of done) {
    const { appid, number } = release
    const areAllKnown = releases !== undefined && releases.length < RECENT_RELEASES
    if (!areAllKnown || missed.has(appid))
      await platform.stores.releases.supersede(appid, number, states, databaseTime(platform))
  }
}

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
export const follow = async (
  platform: Platform,
  release: ReleaseRecord,
  change: ReleaseChange,
): Promise<ReleaseRecord> =>
  (await changeRelease(platform, release, change)) ?? followTouched(platform, release, change)

/** The same for many, in one write where nobody touched them. Each as it is then. */
export async function followAll(
  platform: Platform,
  releases: readonly ReleaseRecord[],
  change: ReleaseChange,
): Promise<readonly ReleaseRecord[]> {
  const changed = await changeReleases(platform, releases, change)
  const known = new Map(changed.map((release) => [release.releaseId, release]))
  return Promise.all(
    releases.map(async (release) => known.get(release.releaseId) ?? followTouched(platform, release, change)),
  )
}

async function followTouched(
  platform: Platform,
  release: ReleaseRecord,
  change: ReleaseChange,
): Promise<ReleaseRecord> {
  for (let round = 1; round < 10; round++) {
    const read = await platform.stores.releases.find(release.releaseId)
    if (!read || read.state === change.state) return read ?? release
    if (change.state !== undefined && !mayBecome(read.state, change.state)) return read
    const changed = await changeRelease(platform, read, change)
    if (changed) return changed
  }
  throw new Failure('DATABASE_CONTENTION')
}
