import * as v from 'valibot'
import { errcodeOf, Failure, isFailure } from '../../errors.ts'
import { problemOf } from '../../notice.ts'
import { after, HOUR, MINUTE, SECOND } from '../../time.ts'
import { audits } from '../../wechat/endpoints/audits.ts'
import type { RequestOf } from '../../wechat/endpoints/endpoint.ts'
import { errcodes } from '../../wechat/errcodes.ts'
import { assertCallable, callForAuthorizer } from '../authorizers/authorizer-calls.ts'
import type { Asked } from '../callers/activity.ts'
import { firstItem } from './submission-items.ts'
import { ATTEMPT_MS, settleCommit } from './commits.ts'
import { databaseTime, type Platform } from '../platform.ts'
import { quietUntil } from './quiet-hours.ts'
import { auditIfTold, knownAudit, latestAudit } from './latest-audit.ts'
import { nextPoll } from './audit-schedule.ts'
import { refreshAudit } from './audit-verdicts.ts'
import {
  askedFor,
  changeRelease,
  follow,
  mustChange,
  recentReleases,
  supersedeOlder,
  wasAsked,
} from './release-records.ts'
import { submittable, supersededBySubmission, underReview } from './release-states.ts'
import type { ReleaseRecord } from '../stores/releases.ts'
import { readVersions } from './read-versions.ts'
import { isReplaced } from './follow-wechat.ts'
import { loadToCall } from '../tokens/token-pages.ts'

export type Submission = NonNullable<RequestOf<typeof audits.submit>['body']>

/** What is kept with a release: the body to send (again), the state it was submitted from, and in which run. */
const keptSubmission = () =>
  v.object({
    body: audits.submit.body(),
    from: v.picklist(['committed', 'rejected', 'withdrawn']),
    runId: v.optional(v.string()),
  })

/** Kept from the start where the submission follows the commit by itself. */
export const submissionToCome = (items: Submission['item_list']): unknown => ({
  body: { item_list: items },
  from: 'committed',
})

/** What `submissionToCome` kept; undefined where the release is to be submitted in another way. */
export function keptBody({ state, submission }: ReleaseRecord): Submission | undefined {
  const kept = v.safeParse(keptSubmission(), submission)
  return kept.success && state === 'committed' && kept.output.runId === undefined ? kept.output.body : undefined
}

/** Without items: the first page with the first category. */
export type GivenSubmission = Omit<Submission, 'item_list'> & {
  readonly item_list?: Submission['item_list'] | undefined
}

export interface SubmitInput {
  readonly appid: string
  readonly submission: GivenSubmission
  readonly autoRelease?: boolean | undefined
  /** A repeated run finds what its former attempt submitted. */
  readonly asked: Asked
}

/** WeChat scans committed code for about a minute; until then it refuses with 61039. */
const SCAN_RETRY_MS = 50 * SECOND
const DAY_USED_UP = 45009

/** Submits the code that is in trial now. */
export async function submit(platform: Platform, input: SubmitInput): Promise<ReleaseRecord> {
  await assertCallable(platform, input.appid, audits.submit)
  const { release, isDone, releases } = await findWork(platform, input)
  if (isDone) return release
  const [items, auditBaseline] = await Promise.all([
    input.submission.item_list ?? firstItem(platform, release),
    auditBaselineOf(platform, input.appid, releases),
    assertInTrial(platform, release),
  ])
  const now = databaseTime(platform)
  const intent = await mustChange(platform, release, {
    state: 'submitting',
    submission: { body: { ...input.submission, item_list: items }, from: release.state, runId: input.asked.runId },
    auditBaseline,
    autoRelease: input.autoRelease ?? false,
    ...askedFor(release, input.asked),
    attemptAt: now,
    dueAt: after(now, ATTEMPT_MS),
  })
  // One that was under review may have been approved by now.
  const isKnown = releases.every(({ state }) => !underReview.includes(state))
  return attempt(platform, intent, isKnown ? { known: releases } : {})
}

async function assertInTrial(platform: Platform, release: ReleaseRecord): Promise<void> {
  const version = await replacedBy(platform, release)
  if (version !== undefined) throw new Failure('TRIAL_REPLACED', { params: { version } })
}

/** What another hand committed since, which would go out under the name of ours: ours ends with it. */
export async function replacedBy(platform: Platform, release: ReleaseRecord): Promise<string | undefined> {
  const { trial } = await readVersions(platform, release.appid)
  if (!isReplaced(release, { ...(trial && { trial }) })) return undefined
  await changeRelease(platform, release, { state: 'superseded', dueAt: null })
  return trial?.version ?? ''
}

interface Work {
  readonly release: ReleaseRecord
  /** This very call has been carried out already. */
  readonly isDone: boolean
  readonly releases: readonly ReleaseRecord[]
}

async function findWork(platform: Platform, input: SubmitInput): Promise<Work> {
  for (;;) {
    const releases = await recentReleases(platform, input.appid)
    const ours = releases.find((release) => wasAsked(release, input.asked))
    if (ours && !isUnknown(ours)) return { release: ours, isDone: true, releases }
    const head = releases.find((release) => release.state !== 'failed')
    if (head?.state === 'committing') await settleCommit(platform, head)
    else if (head && isUnknown(head)) {
      const present = await resolve(platform, head)
      if (!isUnknown(present) && !submittable.includes(present.state))
        return { release: present, isDone: true, releases }
    } else return { release: await assertSubmittable(platform, head, releases), isDone: false, releases }
  }
}

/** Sent, and WeChat has not said how it ended. */
const isUnknown = (release: ReleaseRecord): boolean => release.state === 'submitting' && release.attemptAt !== undefined

/** Waits until nobody can be at it any more, then finds out and goes on with it. */
async function resolve(platform: Platform, release: ReleaseRecord): Promise<ReleaseRecord> {
  let present = release
  while (isUnknown(present)) {
    const age = databaseTime(platform) - (present.attemptAt ?? 0)
    if (age >= ATTEMPT_MS) return settleSubmission(platform, present)
    await platform.sleep(Math.min(500, ATTEMPT_MS - Math.max(age, 0)))
    present = (await platform.stores.releases.find(release.releaseId)) ?? present
  }
  if (present.state === 'submitting' || !submittable.includes(present.state)) throw submittedAlready(present)
  return present
}

async function assertSubmittable(
  platform: Platform,
  head: ReleaseRecord | undefined,
  releases: readonly ReleaseRecord[],
): Promise<ReleaseRecord> {
  if (!head) throw new Failure('NOTHING_TO_SUBMIT')
  const reviewed = releases.find((release) => underReview.includes(release.state))
  const present = reviewed && (await refreshAudit(platform, reviewed))
  if (present && underReview.includes(present.state))
    throw new Failure('VERSION_UNDER_REVIEW', { params: { version: present.version } })
  const current = present?.releaseId === head.releaseId ? present : head
  if (current.state === 'submitting') throw submittedAlready(current)
  if (submittable.includes(current.state)) return current
  const { version, state } = current
  throw state === 'approved'
    ? new Failure('APPROVED_ALREADY', { params: { version } })
    : new Failure('NOT_SUBMITTABLE', { params: { version, state } })
}

const submittedAlready = ({ version, state }: ReleaseRecord): Failure =>
  new Failure('SUBMITTED_ALREADY', { params: { version, state } })

/** The newest audit id before ours: what we know, else what WeChat says. */
const auditBaselineOf = async (
  platform: Platform,
  appid: string,
  releases: readonly ReleaseRecord[],
): Promise<number> => knownAudit(releases) ?? (await latestAudit(platform, appid))?.auditid ?? 0

/** Sends a submission whose intent is written. */
async function attempt(
  platform: Platform,
  release: ReleaseRecord,
  { isWaiting = false, known }: { readonly isWaiting?: boolean; readonly known?: readonly ReleaseRecord[] },
): Promise<ReleaseRecord> {
  const { body } = v.parse(keptSubmission(), release.submission)
  const sent = await sendSubmission(platform, release, body, isWaiting)
  if (typeof sent !== 'number') return sent
  const other = await otherCode(platform, release, sent)
  if (other === undefined) return submitted(platform, release, sent, known)
  await follow(platform, release, { state: 'superseded', attemptAt: null, dueAt: null })
  throw new Failure('TRIAL_REPLACED', { params: { version: other } })
}

/** WeChat takes what is in trial: another hand may have committed just before. */
async function otherCode(
  platform: Platform,
  { appid, version }: ReleaseRecord,
  auditId: number,
): Promise<string | undefined> {
  const latest = await auditIfTold(platform, appid)
  const taken = latest?.auditid === auditId ? latest.user_version : undefined
  return taken && taken !== version ? taken : undefined
}

/**
 * The audit's id, or the release as it is then where WeChat still scans or had the submission already. A refusal is noted on the
 * release.
 */
export async function sendSubmission(
  platform: Platform,
  release: ReleaseRecord,
  body: Submission,
  isWaiting = false,
): Promise<number | ReleaseRecord> {
  try {
    return (await callForAuthorizer(platform, release.appid, audits.submit, { body })).auditid
  } catch (error) {
    if (!isFailure(error)) throw error
    const errcode = errcodeOf(error)
    if (errcode === errcodes.scanRunning) return waitFor(platform, release, SCAN_RETRY_MS)
    if (errcode === errcodes.underReview || error.outcomeUnknown) {
      const adopted = await adoptAudit(platform, release).catch(() => 'unread' as const)
      if (adopted === 'unread') throw error
      if (adopted) return adopted
    }
    if (error.outcomeUnknown && error.retryable) throw error
    // Whoever submitted has been told that it waits; trouble that passes does not take it back.
    if (isWaiting && error.retryable && errcode !== errcodes.reviewQuotaUsedUp)
      await waitFor(platform, release, errcode === DAY_USED_UP ? HOUR : MINUTE)
    else await takeBack(platform, release, error, isWaiting)
    throw error
  }
}

const waitFor = (platform: Platform, release: ReleaseRecord, ms: number): Promise<ReleaseRecord> =>
  follow(platform, release, { attemptAt: null, dueAt: after(databaseTime(platform), ms) })

async function submitted(
  platform: Platform,
  release: ReleaseRecord,
  auditId: number,
  releases?: readonly ReleaseRecord[],
): Promise<ReleaseRecord> {
  const done = await recordAudit(platform, release, auditId)
  await supersedeOlder(platform, [{ release, releases }], supersededBySubmission)
  return done
}

export function recordAudit(platform: Platform, release: ReleaseRecord, auditId: number): Promise<ReleaseRecord> {
  const now = databaseTime(platform)
  return follow(platform, release, {
    state: 'auditing',
    auditId,
    submittedAt: now,
    checkedAt: now,
    attemptAt: null,
    dueAt: nextPoll(now, now),
    problem: null,
    reason: null,
    screenshots: null,
  })
}

/** WeChat said no: the release is again what it was, with the reason on it, and the run may try once more. */
function takeBack(
  platform: Platform,
  release: ReleaseRecord,
  error: Failure,
  isWaiting: boolean,
): Promise<ReleaseRecord> {
  const { from, runId } = v.parse(keptSubmission(), release.submission)
  return follow(platform, release, {
    state: from,
    attemptAt: null,
    dueAt: null,
    runs: (release.runs ?? []).filter((id) => id !== runId),
    problem: problemOf(error),
    ...(isWaiting && { heldUp: true }),
  })
}

/** The audit that WeChat began although its answer was lost; undefined when there is none. */
async function adoptAudit(platform: Platform, release: ReleaseRecord): Promise<ReleaseRecord | undefined> {
  const latest = await latestAudit(platform, release.appid)
  if (!latest || latest.auditid <= (release.auditBaseline ?? 0)) return undefined
  if (latest.user_version && latest.user_version !== release.version) return undefined
  platform.log.info('an audit was adopted', { appid: release.appid, auditId: latest.auditid })
  return refreshAudit(platform, await submitted(platform, release, latest.auditid), latest)
}

/** Goes on with a submission: adopts the audit if there is one, else sends it (again). */
export async function settleSubmission(platform: Platform, release: ReleaseRecord): Promise<ReleaseRecord> {
  const now = databaseTime(platform)
  if (release.attemptAt !== undefined) {
    if (now - release.attemptAt < ATTEMPT_MS) return release
    const adopted = await adoptAudit(platform, release)
    if (adopted) return adopted
  }
  const quiet = await quietUntil(platform, release)
  if (quiet !== undefined) return follow(platform, release, { attemptAt: null, dueAt: quiet })
  const claimed = await changeRelease(platform, release, { attemptAt: now, dueAt: after(now, ATTEMPT_MS) })
  return claimed
    ? attempt(platform, claimed, { isWaiting: true })
    : ((await platform.stores.releases.find(release.releaseId)) ?? release)
}

/** A submission that still waits for the scan never reached WeChat: it is simply not sent any more. */
export const cancelWaiting = (
  platform: Platform,
  release: ReleaseRecord,
  asked: Asked,
): Promise<ReleaseRecord | undefined> =>
  changeRelease(platform, release, { state: 'withdrawn', dueAt: null, ...askedFor(release, asked) })

/** WeChat pushed that something happened to an audit of this account: look. */
export async function hintOfAudit(platform: Platform, appid: string): Promise<void> {
  const { releases } = await loadToCall(platform, { appid }, 'releases')
  for (const release of releases) {
    if (underReview.includes(release.state)) await refreshAudit(platform, release)
    else if (isUnknown(release)) await settleSubmission(platform, release)
  }
}
