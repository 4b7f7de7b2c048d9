import { Failure, isFailure, refusedWith } from '../../errors.ts'
import { after, type EpochMs } from '../../time.ts'
import { releases as endpoints } from '../../wechat/endpoints/releases.ts'
import { callForAuthorizer } from '../authorizers/authorizer-calls.ts'
import type { Asked } from '../callers/activity.ts'
import { databaseTime, type Platform } from '../platform.ts'
import { ATTEMPT_MS } from './commits.ts'
import { isFinished, isOfRelease, isUnderWay, readGrayPlan } from './gray-plans.ts'
import { isOnline, LOOK_AGAIN_MS, published, publish, setLive } from './publishing.ts'
import { otherShown, otherSubmission } from './latest-audit.ts'
import { quietUntil } from './quiet-hours.ts'
import { refreshAudit } from './audit-verdicts.ts'
import { askedFor, changeRelease, follow, knownReleases, mustChange, recentReleases } from './release-records.ts'
import { readVersions } from './read-versions.ts'
import { followOnline } from './follow-wechat.ts'
import type { ReleaseIntent, ReleaseRecord } from '../stores/releases.ts'

/*
 * What is begun at WeChat with a release that has been judged: gray releases and rollbacks. The intent is written first, with the time at
 * which it is looked at; whoever comes by then finds out what became of it.
 */

/** Notes on the release what is about to be sent. */
export async function begin(
  platform: Platform,
  release: ReleaseRecord,
  intent: ReleaseIntent,
  asked: Asked,
): Promise<ReleaseRecord> {
  const now = databaseTime(platform)
  return mustChange(platform, release, {
    attemptAt: now,
    dueAt: after(now, ATTEMPT_MS),
    intent,
    ...askedFor(release, asked),
  })
}

/** Sends what has begun and notes what became of it. After one of these refusals, or no answer, WeChat is looked at. */
export async function carryOut(
  platform: Platform,
  begun: ReleaseRecord,
  send: () => Promise<unknown>,
  perhapsDone: readonly number[] = [],
): Promise<ReleaseRecord> {
  try {
    await send()
  } catch (error) {
    if (!isFailure(error)) throw error
    const mayBeDone = error.outcomeUnknown || refusedWith(error, perhapsDone)
    const done = mayBeDone && (await isDone(platform, begun).catch(() => undefined))
    // What got no answer may still be under way, and what could not be read may have been done.
    if (done === false && !(error.outcomeUnknown && error.retryable)) await giveUp(platform, begun)
    if (!done) throw error
  }
  return noteDone(platform, begun)
}

/** The releases of an account with nothing left open: what is done is noted, what may still be under way is waited for. */
export async function settledReleases(platform: Platform, appid: string): Promise<readonly ReleaseRecord[]> {
  for (let round = 1; ; round++) {
    const releases = await knownReleases(platform, appid)
    const open = releases.find(isOpen)
    if (!open) return releases
    const age = databaseTime(platform) - (open.attemptAt ?? 0)
    if (age >= ATTEMPT_MS) await settleAttempt(platform, open)
    else if (round === 1 && open.intent && (await isDone(platform, open))) await noteDone(platform, open)
    else await platform.sleep(Math.min(300, ATTEMPT_MS - Math.max(age, 0)))
  }
}

const isOpen = ({ attemptAt, state, intent }: ReleaseRecord): boolean =>
  attemptAt !== undefined && (intent !== undefined || state === 'approved' || state === 'gray')

/** Finds out what became of an attempt that never said how it ended. */
export async function settleAttempt(platform: Platform, release: ReleaseRecord): Promise<ReleaseRecord> {
  if (!release.intent) return republish(platform, release)
  if (release.intent.kind === 'withdraw') return refreshAudit(platform, release)
  if (databaseTime(platform) - (release.attemptAt ?? 0) < ATTEMPT_MS) return release
  return (await isDone(platform, release)) ? noteDone(platform, release) : giveUp(platform, release)
}

async function republish(platform: Platform, release: ReleaseRecord): Promise<ReleaseRecord> {
  const quiet = await quietUntil(platform, release)
  if (quiet === undefined) return publish(platform, release)
  if (await isOnline(platform, release)) return published(platform, release)
  // Its rollout takes it up then.
  return follow(platform, release, { attemptAt: null, dueAt: quiet })
}

/** Nothing was done: only if nobody has begun anew in between. */
async function giveUp(platform: Platform, release: ReleaseRecord): Promise<ReleaseRecord> {
  const changed = await changeRelease(platform, release, { attemptAt: null, dueAt: nextStep(platform, release) })
  return changed ?? (await platform.stores.releases.find(release.releaseId)) ?? release
}

/** When something is to be done with a release at which nobody is any more. */
function nextStep(platform: Platform, { state, autoRelease }: ReleaseRecord): EpochMs | null {
  const now = databaseTime(platform)
  if (state === 'approved' && autoRelease) return now
  return state === 'approved' || state === 'gray' ? after(now, LOOK_AGAIN_MS) : null
}

/** Whether WeChat shows that it was done. */
async function isDone(platform: Platform, release: ReleaseRecord): Promise<boolean> {
  const { appid, intent } = release
  switch (intent?.kind) {
    case 'gray':
      return isGray(platform, release, intent.percentage ?? 0)
    case 'cancelGray': {
      const plan = await readGrayPlan(platform, appid)
      // One that has finished is online.
      return !isFinished(plan) && !isUnderWay(plan)
    }
    case 'rollback':
      return isRolledBack(platform, appid, { before: intent.before, online: await onlineVersion(platform, appid) })
    default:
      return false
  }
}

async function isGray(platform: Platform, release: ReleaseRecord, percentage: number): Promise<boolean> {
  if (percentage === 100) return isOnline(platform, release)
  const plan = await readGrayPlan(platform, release.appid)
  return isUnderWay(plan) && plan?.gray_percentage === percentage && isOfRelease(plan, release)
}

/**
 * Another version may be online by another hand: what was online before can only have come back. Of one that was not released from here the
 * history tells: what was left is none of the versions before it.
 */
async function isRolledBack(
  platform: Platform,
  appid: string,
  { before, online }: { readonly before: string | undefined; readonly online: string | undefined },
): Promise<boolean> {
  if (online === undefined || online === before) return false
  const known = (await recentReleases(platform, appid)).filter(({ state }) => state !== 'failed')
  const left = known.find(({ version, releasedAt }) => version === before && releasedAt !== undefined)
  const back = known.find(({ version }) => version === online)
  if (left && back) return back.releasedAt !== undefined && back.number < left.number
  return (await readHistory(platform, appid)).every(({ user_version: version }) => version !== before)
}

/** The versions that can come back. */
export async function readHistory(platform: Platform, appid: string) {
  const query = { action: 'get_history_version' } as const
  const { version_list: versions } = await callForAuthorizer(platform, appid, endpoints.history, { query })
  return versions ?? []
}

async function noteDone(platform: Platform, release: ReleaseRecord): Promise<ReleaseRecord> {
  switch (release.intent?.kind) {
    case 'gray':
      return (await otherShown(platform, release)) !== undefined
        ? forget(platform, release)
        : noteGray(platform, release, release.intent.percentage ?? 0)
    case 'cancelGray':
      return (await isForgotten(platform, release))
        ? forget(platform, release)
        : follow(platform, release, {
            state: 'approved',
            grayPercentage: null,
            graySince: null,
            attemptAt: null,
            dueAt: after(databaseTime(platform), LOOK_AGAIN_MS),
          })
    case 'rollback':
      return noteRollback(platform, release)
    default:
      return release
  }
}

/** By WeChat, for a newer submission of another hand. */
const isForgotten = async (platform: Platform, release: ReleaseRecord): Promise<boolean> =>
  (await otherSubmission(platform, release)) !== undefined

const forget = (platform: Platform, release: ReleaseRecord): Promise<ReleaseRecord> =>
  follow(platform, release, { state: 'superseded', attemptAt: null, dueAt: null })

async function noteGray(platform: Platform, release: ReleaseRecord, percentage: number): Promise<ReleaseRecord> {
  if (percentage === 100) return published(platform, release)
  const { appid, number, state } = release
  const now = databaseTime(platform)
  // WeChat has one gray release at a time; the new one ends an older one.
  if (state === 'approved') await platform.stores.releases.supersede(appid, number, ['gray', 'approved'], now)
  return follow(platform, release, {
    state: 'gray',
    grayPercentage: percentage,
    graySince: now,
    problem: null,
    attemptAt: null,
    dueAt: after(now, LOOK_AGAIN_MS),
  })
}

/**
 * What came back is online again, whoever put it there once. The record that was left comes last. Where it is online still, another hand's
 * version was taken back in its place, or WeChat has not noticed yet: the queue finds out.
 */
async function noteRollback(platform: Platform, release: ReleaseRecord): Promise<ReleaseRecord> {
  const { appid } = release
  const says = await readVersions(platform, appid)
  if (says.online?.version === release.version && !(await hasNamesake(platform, release)))
    throw new Failure('OUTCOME_PENDING', { outcomeUnknown: true })
  const back = await followOnline({ platform, appid, says, left: release })
  if (back) await setLive(platform, [back], databaseTime(platform))
  return follow(platform, release, { state: 'rolledBack', attemptAt: null, dueAt: null })
}

/** What comes back may have the name of what was left. */
const hasNamesake = async (platform: Platform, { appid, number, version }: ReleaseRecord): Promise<boolean> =>
  (await recentReleases(platform, appid)).some(
    (one) => one.number < number && one.version === version && one.releasedAt !== undefined,
  )

export async function onlineVersion(platform: Platform, appid: string): Promise<string | undefined> {
  return (await readVersions(platform, appid)).online?.version
}
