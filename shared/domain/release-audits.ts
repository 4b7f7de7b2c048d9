import * as v from 'valibot'
import { errcodeOf, Failure, isFailure } from '../errors.ts'
import { after, epochMs, HOUR, MINUTE, SECOND, type EpochMs } from '../time.ts'
import { audits } from '../wechat/endpoints/audits.ts'
import { code } from '../wechat/endpoints/code.ts'
import type { RequestOf } from '../wechat/endpoints/endpoint.ts'
import { callForAuthorizer } from './authorizer-calls.ts'
import { ATTEMPT_MS, settleCommit } from './commits.ts'
import { databaseTime, type Platform } from './platform.ts'
import { publish } from './publishing.ts'
import { announceRelease } from './release-announcements.ts'
import { changeRelease, follow, mustChange, recentReleases } from './release-records.ts'
import { submittable, supersededBySubmission, underReview } from './release-states.ts'
import type { ReleaseRecord, ReleaseState } from './stores.ts'

type Submission = NonNullable<RequestOf<typeof audits.submit>['body']>

/** What is kept with a release: the body to send (again), and the state it was submitted from. */
const keptSubmission = () =>
  v.object({ body: audits.submit.body(), from: v.picklist(['committed', 'rejected', 'withdrawn']) })

export interface SubmitWish {
  readonly appid: string
  /** Without items: the first page with the first category. */
  readonly submission: Omit<Submission, 'item_list'> & { readonly item_list?: Submission['item_list'] | undefined }
  readonly autoRelease?: boolean | undefined
}

/** WeChat scans committed code for about a minute; until then it refuses with 61039. */
const SCAN_RETRY_MS = 50 * SECOND
const SCAN_RUNNING = 61039
const UNDER_REVIEW = 85009
const NO_AUDIT = 85058

/** How often an audit is asked about: every quarter of an hour for two hours, then hourly. */
export const nextPoll = (submittedAt: EpochMs, now: EpochMs): EpochMs =>
  after(now, now - submittedAt < 2 * HOUR ? 15 * MINUTE : HOUR)

/** Submits the code that is in trial now. */
export async function submit(platform: Platform, wish: SubmitWish): Promise<ReleaseRecord> {
  const release = await submittableRelease(platform, wish.appid)
  const submission = {
    ...wish.submission,
    item_list: wish.submission.item_list ?? [await firstPage(platform, wish.appid)],
  }
  const auditBaseline = await auditBaselineOf(platform, wish.appid)
  const now = databaseTime(platform)
  const intent = await mustChange(platform, release, {
    state: 'submitting',
    submission: { body: submission, from: release.state },
    auditBaseline,
    ...(wish.autoRelease !== undefined && { autoRelease: wish.autoRelease }),
    attemptAt: now,
    dueAt: after(now, ATTEMPT_MS),
  })
  return attempt(platform, intent)
}

async function submittableRelease(platform: Platform, appid: string): Promise<ReleaseRecord> {
  const releases = await recentReleases(platform, appid)
  let head = releases.find((release) => release.state !== 'failed')
  while (head?.state === 'committing') head = await settleCommit(platform, head)
  if (!head || head.state === 'failed')
    throw new Failure('CONFLICT', 'There is no committed version to submit', { hint: 'Call releases.commit first.' })
  const reviewed = releases.find((release) => underReview.includes(release.state))
  const present = reviewed && (await refreshAudit(platform, reviewed))
  if (present && underReview.includes(present.state))
    throw new Failure('CONFLICT', `Version ${present.version} is under review already`, {
      hint: 'Wait for the result, or call releases.withdraw.',
    })
  if (head.state === 'submitting') return resumeSubmission(platform, head)
  if (!submittable.includes(head.state))
    throw new Failure('CONFLICT', `Version ${head.version} is ${head.state} and is not submitted again`, {
      hint: head.state === 'approved' ? 'Call releases.release.' : 'Commit a new version first.',
    })
  return head
}

/** A submission that waits or never said how it ended is looked at before another is made. */
async function resumeSubmission(platform: Platform, release: ReleaseRecord): Promise<ReleaseRecord> {
  const present = await settleSubmission(platform, release)
  if (submittable.includes(present.state)) return present
  throw new Failure('CONFLICT', `Version ${present.version} is ${present.state}: it has been submitted`, {
    hint: 'processQueue goes on with it; read releases.status.',
  })
}

async function firstPage(platform: Platform, appid: string): Promise<Submission['item_list'][number]> {
  const [{ page_list: pages }, { category_list: categories }] = await Promise.all([
    callForAuthorizer(platform, appid, code.pages, {}),
    callForAuthorizer(platform, appid, code.categories, {}),
  ])
  const category = categories[0]
  if (!category)
    throw new Failure('CONFLICT', 'The mini program has no approved category (类目)', {
      hint: 'The merchant adds one in its own console (mp.weixin.qq.com → 设置 → 服务类目). 请商户先添加服务类目。',
    })
  return {
    ...(pages[0] !== undefined && { address: pages[0] }),
    first_class: category.first_class,
    second_class: category.second_class,
    first_id: category.first_id,
    second_id: category.second_id,
    ...(category.third_class &&
      category.third_id && { third_class: category.third_class, third_id: category.third_id }),
  }
}

/** The newest audit id before ours: what we know, else what WeChat says. */
async function auditBaselineOf(platform: Platform, appid: string): Promise<number> {
  const known = (await recentReleases(platform, appid)).flatMap(
    (release) => release.auditId ?? release.auditBaseline ?? [],
  )
  if (known.length > 0) return Math.max(...known)
  return (await latestAudit(platform, appid))?.auditid ?? 0
}

async function latestAudit(platform: Platform, appid: string) {
  try {
    return await callForAuthorizer(platform, appid, audits.latest, {})
  } catch (error) {
    if (errcodeOf(error) === NO_AUDIT) return undefined
    throw error
  }
}

/** Sends a submission whose intent is written. */
async function attempt(platform: Platform, release: ReleaseRecord): Promise<ReleaseRecord> {
  const { from, body } = v.parse(keptSubmission(), release.submission)
  try {
    const { auditid } = await callForAuthorizer(platform, release.appid, audits.submit, { body })
    return await submitted(platform, release, auditid)
  } catch (error) {
    if (!isFailure(error)) throw error
    const errcode = errcodeOf(error)
    if (errcode === SCAN_RUNNING) return waitForScan(platform, release)
    if (errcode === UNDER_REVIEW) {
      const adopted = await adoptAudit(platform, release)
      if (adopted) return adopted
    }
    if (!error.outcomeUnknown) await takeBack(platform, release, from, error)
    throw error
  }
}

const waitForScan = (platform: Platform, release: ReleaseRecord): Promise<ReleaseRecord> =>
  follow(platform, release, { attemptAt: null, dueAt: after(databaseTime(platform), SCAN_RETRY_MS) })

async function submitted(platform: Platform, release: ReleaseRecord, auditId: number): Promise<ReleaseRecord> {
  const now = databaseTime(platform)
  const done = await follow(platform, release, {
    state: 'auditing',
    auditId,
    submittedAt: now,
    checkedAt: now,
    attemptAt: null,
    dueAt: nextPoll(now, now),
  })
  await platform.stores.releases.supersede(release.appid, release.number, supersededBySubmission, now)
  return done
}

/** WeChat said no: the release is again what it was, with the reason on it. */
const takeBack = (
  platform: Platform,
  release: ReleaseRecord,
  from: ReleaseState,
  error: Failure,
): Promise<ReleaseRecord> =>
  follow(platform, release, {
    state: from,
    attemptAt: null,
    dueAt: null,
    problem: { code: error.code, message: error.message, ...(error.hint !== undefined && { hint: error.hint }) },
  })

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
  const claimed = await changeRelease(platform, release, { attemptAt: now, dueAt: after(now, ATTEMPT_MS) })
  return claimed ? attempt(platform, claimed) : ((await platform.stores.releases.find(release.releaseId)) ?? release)
}

interface AuditSays {
  readonly status: number
  readonly reason?: string | null | undefined
  readonly screenshot?: string | null | undefined
}

const statesOfAudit: Readonly<Record<number, ReleaseState>> = {
  0: 'approved',
  1: 'rejected',
  2: 'auditing',
  3: 'withdrawn',
  4: 'delayed',
}

/** Asks WeChat how the audit stands; final states stay final. */
export async function refreshAudit(
  platform: Platform,
  release: ReleaseRecord,
  known?: AuditSays,
): Promise<ReleaseRecord> {
  if (!underReview.includes(release.state) || release.auditId === undefined) return release
  const says =
    known ?? (await callForAuthorizer(platform, release.appid, audits.status, { body: { auditid: release.auditId } }))
  const state = statesOfAudit[says.status]
  const now = databaseTime(platform)
  const poll = nextPoll(release.submittedAt ?? epochMs(0), now)
  if (state === undefined || state === 'auditing' || state === release.state)
    return follow(platform, release, { checkedAt: now, dueAt: poll })
  const screenshots = (says.screenshot ?? '').split('|').filter((id) => id !== '')
  const result = {
    state,
    checkedAt: now,
    ...(says.reason && { reason: plainText(says.reason) }),
    ...(screenshots.length > 0 && { screenshots }),
    ...(state !== 'delayed' && { auditedAt: now }),
  }
  await announceRelease(platform, { ...release, ...result })
  const changed = await follow(platform, release, { ...result, dueAt: state === 'delayed' ? poll : null })
  platform.log.info('audit changed', { appid: release.appid, auditId: release.auditId, state })
  return changed.state === 'approved' && changed.autoRelease ? releaseByItself(platform, changed) : changed
}

async function releaseByItself(platform: Platform, release: ReleaseRecord): Promise<ReleaseRecord> {
  try {
    return await publish(platform, release)
  } catch (error) {
    // It stays approved and due: processQueue tries again.
    platform.log.warn('an approved version could not be released yet', { appid: release.appid, reason: error })
    return follow(platform, release, { dueAt: after(databaseTime(platform), MINUTE) })
  }
}

/** WeChat's reasons are fragments of HTML. */
export const plainText = (html: string): string =>
  html
    .replace(/<br\s*\/?>/gi, '\n')
    .replace(/<[^>]*>/g, '')
    .replace(/&(lt|gt|amp|quot|nbsp|#39);/g, (_, name: string) => entities[name] ?? '')
    .trim()

const entities: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', nbsp: ' ', '#39': "'" }

/** WeChat pushed that something happened to an audit of this account: look. */
export async function hintOfAudit(platform: Platform, appid: string): Promise<void> {
  for (const release of await recentReleases(platform, appid)) {
    if (underReview.includes(release.state)) await refreshAudit(platform, release)
    else if (release.state === 'submitting') await settleSubmission(platform, release)
  }
}

/** What was asked about so lately is known. */
export const isFreshlyKnown = (platform: Platform, release: ReleaseRecord): boolean =>
  databaseTime(platform) - (release.checkedAt ?? release.updatedAt) < MINUTE
