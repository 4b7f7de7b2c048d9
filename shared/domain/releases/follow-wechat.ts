import { after, SECOND, type EpochMs } from '../../time.ts'
import { databaseTime, type Platform } from '../platform.ts'
import { liveVersionOf } from '../authorizers/live-versions.ts'
import type { Authorizer } from '../stores/authorizers.ts'
import { isElsewhere, type ReleaseRecord } from '../stores/releases.ts'
import { insertElsewhere, newAudited, newOnline } from './releases-by-others.ts'
import { grayChange } from './gray-plans.ts'
import { APPROVED } from './latest-audit.ts'
import { published } from './publishing.ts'
import { auditChange, isNews, refreshAudit } from './audit-verdicts.ts'
import { changeRelease, recentReleases } from './release-records.ts'
import {
  submittable,
  supersededByCommit,
  supersededByRelease,
  supersededBySubmission,
  underReview,
} from './release-states.ts'
import { isAuditOnline, isNotBefore, type CodeSays, type LatestAudit, type Version } from './read-versions.ts'

/*
 * What is kept of an account follows what WeChat says of it: versions, submissions, gray releases and rollbacks of other hands become releases
 * of their own, and ours end where another took their place. A look changes nothing that somebody here is at.
 */

/** An instance's idea of the database's clock may be so wrong. */
const CLOCK_MS = 10 * SECOND

/** Busy: somebody here is at it, or was just now, so that what WeChat said may be older. */
export type Followed = 'same' | 'changed' | 'busy'

/** `known`: what the account has that is not superseded. `askedAt`: before WeChat was asked, by the database's clock. */
export async function followWechat(
  platform: Platform,
  {
    authorizer,
    known,
    says,
    askedAt,
  }: { authorizer: Authorizer; known: readonly ReleaseRecord[]; says: CodeSays; askedAt: EpochMs },
): Promise<Followed> {
  if (isTold(platform, authorizer, known, says)) return 'same'
  const { appid } = authorizer
  const isBusy = ({ state, attemptAt, updatedAt }: ReleaseRecord): boolean =>
    attemptAt !== undefined || state === 'committing' || updatedAt >= after(askedAt, -CLOCK_MS)
  if ((await recentReleases(platform, appid)).some(isBusy)) return 'busy'
  const changes = { platform, appid, says }
  await followAudits(changes)
  await followTrial(changes)
  const online = await followOnline(changes)
  await followSubmission(changes)
  await followPlan(changes)
  if (online) await noteLive(platform, authorizer, online, says)
  return 'changed'
}

/** Of what is online alone. Nothing may be under way here. */
export async function followLive(platform: Platform, appid: string, says: CodeSays): Promise<void> {
  const [authorizer, online] = await Promise.all([
    platform.stores.authorizers.find(appid),
    followOnline({ platform, appid, says }),
  ])
  if (authorizer && online) await noteLive(platform, authorizer, online, says)
}

async function noteLive(
  platform: Platform,
  authorizer: Authorizer,
  online: ReleaseRecord,
  says: CodeSays,
): Promise<void> {
  if (!isLiveAs(authorizer, online, says))
    await platform.stores.authorizers.followLive(authorizer, online, timeOf(online, says.online))
}

/** Nothing is to be noted: mostly so, and no read is needed to see it. */
function isTold(platform: Platform, authorizer: Authorizer, known: readonly ReleaseRecord[], says: CodeSays): boolean {
  const { audit } = says
  const record = audit && known.find((one) => isOf(one, audit))
  const isAuditTold =
    !audit ||
    (record
      ? !(underReview.includes(record.state) && isNews(auditChange(record, audit, databaseTime(platform))))
      : !audit.submitted || isAuditOnline(says))
  const others = known.filter((one) => underReview.includes(one.state) && one !== record)
  if (!isAuditTold || (audit && others.length > 0)) return false
  if (known.some((one) => isReplaced(one, says)) || waitingChange(record, says, databaseTime(platform))) return false
  if (!says.online) return true
  const online = onlineOf(known, says)
  const released = known.filter(({ state }) => state === 'released')
  return online?.state === 'released' && released.length === 1 && isLiveAs(authorizer, online, says)
}

interface Changes {
  readonly platform: Platform
  readonly appid: string
  readonly says: CodeSays
  /** This one is not what is online, whatever it is called. */
  readonly left?: ReleaseRecord
}

/** Submissions that are known end as WeChat says. */
async function followAudits({ platform, appid, says: { audit } }: Changes): Promise<void> {
  if (!audit) return
  for (const release of await recentReleases(platform, appid))
    if (!underReview.includes(release.state)) continue
    else if (release.auditId !== audit.auditId) await refreshAudit(platform, release)
    else if (isOf(release, audit)) await refreshAudit(platform, release, audit)
    else await changeRelease(platform, release, { state: 'withdrawn', dueAt: null })
}

/** What was submitted as ours may be what another hand had committed just before. */
const isOf = ({ auditId, version }: ReleaseRecord, { auditId: id, submitted }: LatestAudit): boolean =>
  auditId === id && (submitted === undefined || submitted.version === version)

const wasOnlineSince = ({ version, releasedAt }: ReleaseRecord, submitted: Version): boolean =>
  version === submitted.version &&
  releasedAt !== undefined &&
  isNotBefore({ ...submitted, at: releasedAt }, submitted.at)

/** The newest submission, where it is nobody's here. */
async function followSubmission({ platform, appid, says }: Changes): Promise<void> {
  const { audit } = says
  if (!audit?.submitted || isAuditOnline(says)) return
  const releases = await recentReleases(platform, appid)
  if (releases.some((one) => isOf(one, audit))) return
  const { submitted, auditId } = audit
  const isSeen = (one: ReleaseRecord): boolean =>
    isElsewhere(one) && one.auditId === undefined && wasOnlineSince(one, submitted)
  const seen = audit.status === APPROVED ? releases.find(isSeen) : undefined
  if (seen) return void (await changeRelease(platform, seen, { auditId }))
  const found = newAudited(platform, appid, { ...audit, submitted: audit.submitted }, releases)
  if (await insertElsewhere(platform, found)) await endOlder(platform, found)
}

/** Another commit took the place of the code that waits to be submitted. */
async function followTrial({ platform, appid, says }: Changes): Promise<void> {
  for (const release of await recentReleases(platform, appid))
    if (isReplaced(release, says)) await changeRelease(platform, release, { state: 'superseded', dueAt: null })
}

/** The record of what is online; those that are not any more end. */
export async function followOnline({ platform, appid, says, left }: Changes): Promise<ReleaseRecord | undefined> {
  if (!says.online) return undefined
  const releases = (await recentReleases(platform, appid)).filter(({ releaseId }) => releaseId !== left?.releaseId)
  const found = onlineOf(releases, says)
  const online = found
    ? await bringOnline(platform, found)
    : await insertOnline(platform, newOnline(platform, appid, { ...says, online: says.online }, releases))
  for (const release of releases) {
    if (release.releaseId === online.releaseId) continue
    // The newest submission is approved still where it is not what is online.
    const isWaiting = release.auditId !== undefined && release.auditId === says.audit?.auditId
    const isOver = release.state === 'released' || (!isWaiting && supersededByRelease.includes(release.state))
    if (release.state === 'released' && release.number > online.number)
      await changeRelease(platform, release, { state: 'rolledBack', dueAt: null })
    else if (isOver && release.number < online.number)
      await changeRelease(platform, release, { state: 'superseded', dueAt: null })
  }
  return online
}

async function insertOnline(platform: Platform, online: ReleaseRecord): Promise<ReleaseRecord> {
  const isSubmitted = online.submittedAt !== undefined
  if ((await insertElsewhere(platform, online)) && isSubmitted) await endOlder(platform, online)
  return online
}

async function bringOnline(platform: Platform, release: ReleaseRecord): Promise<ReleaseRecord> {
  if (release.state === 'released') return release
  if (release.state === 'approved' || release.state === 'gray') return published(platform, release)
  return (await changeRelease(platform, release, { state: 'released', dueAt: null })) ?? release
}

async function followPlan({ platform, appid, says }: Changes): Promise<void> {
  const { audit } = says
  const record = audit && (await recentReleases(platform, appid)).find((one) => isOf(one, audit))
  const change = waitingChange(record, says, databaseTime(platform))
  if (record && change) await changeRelease(platform, record, change)
}

/** It was submitted: what was in trial before, or approved, is not any more. */
const endOlder = (platform: Platform, { appid, number }: ReleaseRecord): Promise<void> =>
  platform.stores.releases.supersede(appid, number, endedBySubmission, databaseTime(platform))

const endedBySubmission = [...supersededByCommit, ...supersededBySubmission]

const waitingChange = (record: ReleaseRecord | undefined, { plan }: CodeSays, now: EpochMs) =>
  record && plan && (record.state === 'approved' || record.state === 'gray') ? grayChange(record, plan, now) : undefined

const waitsToBeSubmitted = ({ state }: ReleaseRecord): boolean => submittable.includes(state) || state === 'submitting'

/** Of what was committed here the trial version tells whether it is there still. */
export const isReplaced = (release: ReleaseRecord, { trial }: CodeSays): boolean =>
  trial !== undefined &&
  !isElsewhere(release) &&
  waitsToBeSubmitted(release) &&
  release.attemptAt === undefined &&
  trial.version !== release.version &&
  isNotBefore(trial, release.createdAt)

/** An older release of the same name does not count: this one cannot have gone online before it was submitted. */
function onlineOf(releases: readonly ReleaseRecord[], says: CodeSays): ReleaseRecord | undefined {
  const { online, audit } = says
  if (!online) return undefined
  // A submission of this very version that is nobody's here.
  if (audit && isAuditOnline(says))
    return (
      releases.find(({ auditId, version }) => auditId === audit.auditId && version === online.version) ??
      releases.find((release) => isSeenOnline(release, online))
    )
  const fitting = releases.filter((release) => release.version === online.version && mayBeOnline(release, online))
  return fitting.find(({ state }) => state === 'released') ?? fitting[0]
}

const mayBeOnline = (release: ReleaseRecord, online: Version): boolean =>
  (release.releasedAt !== undefined || release.state === 'approved' || release.state === 'gray') &&
  isNotBefore(online, release.submittedAt ?? release.createdAt)

/** It was found online before anybody asked about its submission. */
const isSeenOnline = (release: ReleaseRecord, { version, at }: Version): boolean =>
  isElsewhere(release) && release.auditId === undefined && release.version === version && release.releasedAt === at

const timeOf = (release: ReleaseRecord, online: Version | undefined): EpochMs | undefined =>
  (isElsewhere(release) ? online?.at : undefined) ?? release.releasedAt ?? online?.at

/** The account says so already. */
function isLiveAs(authorizer: Authorizer, release: ReleaseRecord, { online }: CodeSays): boolean {
  const live = liveVersionOf(authorizer)
  if (!isElsewhere(release)) return authorizer.currentRelease?.releaseId === release.releaseId
  return live?.origin === 'elsewhere' && live.version === release.version && live.releasedAt === timeOf(release, online)
}
