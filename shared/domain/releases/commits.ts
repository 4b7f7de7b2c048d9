import { Failure, isFailure } from '../../errors.ts'
import { problemOf } from '../../notice.ts'
import { after, fromUnixSeconds, SECOND } from '../../time.ts'
import { code } from '../../wechat/endpoints/code.ts'
import { assertCallable, callForAuthorizer } from '../authorizers/authorizer-calls.ts'
import type { Asked } from '../callers/activity.ts'
import { CLOCK_TOLERANCE_MS, databaseTime, newestFirst, type Platform } from '../platform.ts'
import {
  askedFor,
  changeRelease,
  follow,
  followAll,
  recentReleases,
  supersedeOlder,
  wasAsked,
} from './release-records.ts'
import type { Done } from './release-records.ts'
import { supersededByCommit } from './release-states.ts'
import { render, templateOf, type CopyInput } from './rendering.ts'
import { settingsKeyOf } from './template-settings.ts'
import { releaseIdOf, type ReleaseRecord } from '../stores/releases.ts'
import { loadToCall } from '../tokens/token-pages.ts'

export interface CommitInput extends CopyInput {
  readonly appid: string
  readonly templateId: number
  readonly version: string
  readonly description: string
  /** A repeated run goes on with the release that its former attempt began. */
  readonly asked: Asked
}

/** An attempt that said nothing for so long is over: WeChat's time limit and the save have passed. */
export const ATTEMPT_MS = 20 * SECOND

/** Makes the template, with this merchant's own settings, the trial version of its mini program. */
export async function commit(platform: Platform, input: CommitInput): Promise<ReleaseRecord> {
  const { appid } = input
  const template = await templateOf(platform, input.templateId, input)
  const names = { appid, settingsKey: settingsKeyOf(template) }
  const account = await loadToCall(platform, names, 'binding', 'releases', 'settings')
  await assertCallable(platform, appid, code.commit)
  const { binding, settings } = account
  const merchant = { appid, attributes: binding?.attributes, releases: account.releases }
  const { extJson } = render({ template, settings }, input, merchant)
  const isOurs = (release: ReleaseRecord): boolean => isSame(release, input, extJson)
  let awaited: string | undefined
  for (let { releases } = account; ; releases = await recentReleases(platform, input.appid)) {
    const [head] = releases
    if (head?.state === 'committing') {
      awaited = head.releaseId
      await settleCommit(platform, head)
      continue
    }
    const begun = releases.find((release) => wasAsked(release, input.asked))
    if (begun && begun.state !== 'failed' && isOurs(begun)) return begun
    // Somebody committed the very same while this call waited for it.
    if (head && head.releaseId === awaited && head.state === 'committed' && isOurs(head)) return head
    const release = newRelease(platform, input, { extJson, source: template.source }, numberAfter(head))
    if (await platform.stores.releases.insert(release, newestFirst(platform), after(release.createdAt, ATTEMPT_MS)))
      return send(platform, release, releases)
  }
}

const isSame = (release: ReleaseRecord, input: CommitInput, extJson: string): boolean =>
  release.templateId === input.templateId &&
  release.version === input.version &&
  release.description === input.description &&
  release.extJson === extJson

/** What came from elsewhere stands between those that are counted. */
export const numberAfter = (newest: ReleaseRecord | undefined): number => Math.floor(newest?.number ?? 0) + 1

/** What is sent, and the mini program that it was made in. */
export interface Sent {
  readonly extJson: string
  readonly source: string
}

export function newRelease(
  platform: Platform,
  input: CommitInput,
  { extJson, source }: Sent,
  number: number,
): ReleaseRecord {
  const now = databaseTime(platform)
  return {
    releaseId: releaseIdOf(input.appid, number),
    appid: input.appid,
    number,
    templateId: input.templateId,
    ...(source !== '' && { source }),
    version: input.version,
    description: input.description,
    state: 'committing',
    revision: 1,
    extJson,
    createdAt: now,
    updatedAt: now,
    ...askedFor({}, input.asked),
  }
}

async function send(
  platform: Platform,
  release: ReleaseRecord,
  known?: readonly ReleaseRecord[],
): Promise<ReleaseRecord> {
  return committedOne(platform, await sendCommit(platform, release), known)
}

/** Returns the intent, which has been written, once WeChat has the code; a refusal is noted on the release. */
export async function sendCommit(platform: Platform, release: ReleaseRecord): Promise<ReleaseRecord> {
  const { templateId, extJson } = release
  if (templateId === undefined || extJson === undefined) throw new Failure('BUG', { params: { missing: 'templateId' } })
  try {
    await callForAuthorizer(platform, release.appid, code.commit, {
      body: {
        template_id: templateId,
        ext_json: extJson,
        user_version: release.version,
        user_desc: release.description,
      },
    })
    return release
  } catch (error) {
    if (!isFailure(error)) throw error
    if (error.outcomeUnknown) {
      // Not there yet is not proof: it stays `committing` until nothing can be under way any more.
      if (await arrived(platform, release).catch(() => false)) return release
      throw new Failure('OUTCOME_PENDING', { wechat: error.wechat, cause: error, outcomeUnknown: true })
    }
    await follow(platform, release, {
      state: 'failed',
      attemptAt: null,
      dueAt: null,
      problem: problemOf(error),
    })
    throw error
  }
}

/** What is under review before and is refused meanwhile counts as refused later. */
export async function committed(platform: Platform, done: readonly Done[]): Promise<readonly ReleaseRecord[]> {
  // The records come last: a former submission that waits must not go out with this code, whatever happens in between.
  await supersedeOlder(platform, done, supersededByCommit)
  const releases = done.map(({ release }) => release)
  return followAll(platform, releases, { state: 'committed', attemptAt: null, dueAt: null })
}

async function committedOne(
  platform: Platform,
  release: ReleaseRecord,
  releases?: readonly ReleaseRecord[],
): Promise<ReleaseRecord> {
  const [done = release] = await committed(platform, [{ release, releases }])
  return done
}

/** Finds out what became of a commit that never said how it ended. */
export async function settleCommit(platform: Platform, release: ReleaseRecord): Promise<ReleaseRecord> {
  const age = databaseTime(platform) - (release.attemptAt ?? release.createdAt)
  if (age < ATTEMPT_MS) {
    await platform.sleep(Math.min(500, ATTEMPT_MS - Math.max(age, 0)))
    return (await platform.stores.releases.find(release.releaseId)) ?? release
  }
  if (!(await looksLikeOurs(platform, release))) return neverArrived(platform, release)
  return (await hasTwin(platform, release)) ? sendAgain(platform, release) : committedOne(platform, release)
}

/** The same for a reader, for whom nothing is sent. Where WeChat does not say, it is shown as it was. */
export async function lookAtCommit(platform: Platform, release: ReleaseRecord): Promise<ReleaseRecord> {
  const isUnderWay = databaseTime(platform) - (release.attemptAt ?? release.createdAt) < ATTEMPT_MS
  if (isUnderWay || (await hasTwin(platform, release))) return release
  try {
    return (await looksLikeOurs(platform, release)) ? committedOne(platform, release) : neverArrived(platform, release)
  } catch (error) {
    if (!isFailure(error)) throw error
    platform.log.warn('a commit could not be looked for', { releaseId: release.releaseId, reason: error })
    return release
  }
}

/** False also where it cannot be told from an earlier commit of the same name. */
const arrived = async (platform: Platform, release: ReleaseRecord): Promise<boolean> =>
  (await looksLikeOurs(platform, release)) && !(await hasTwin(platform, release))

async function looksLikeOurs(platform: Platform, release: ReleaseRecord): Promise<boolean> {
  const { exp_info: trial } = await callForAuthorizer(platform, release.appid, code.versions, {})
  return (
    trial?.exp_version === release.version &&
    (trial.exp_desc ?? release.description) === release.description &&
    fromUnixSeconds(trial.exp_time ?? 0) >= release.createdAt - CLOCK_TOLERANCE_MS
  )
}

const neverArrived = (platform: Platform, release: ReleaseRecord): Promise<ReleaseRecord> =>
  follow(platform, release, {
    state: 'failed',
    dueAt: null,
    problem: { code: 'COMMIT_NOT_ARRIVED', params: {} },
    heldUp: true,
  })

/** A commit with the same version and description shortly before: what WeChat shows may be that one. */
const hasTwin = async (platform: Platform, release: ReleaseRecord): Promise<boolean> =>
  (await recentReleases(platform, release.appid)).some(
    ({ number, version, description, state, createdAt }) =>
      number < release.number &&
      version === release.version &&
      description === release.description &&
      state !== 'failed' &&
      release.createdAt - createdAt < ATTEMPT_MS + 2 * CLOCK_TOLERANCE_MS,
  )

/** The same once more changes nothing where the first had arrived, but for the scan, which starts anew. */
async function sendAgain(platform: Platform, release: ReleaseRecord): Promise<ReleaseRecord> {
  const now = databaseTime(platform)
  const claimed = await changeRelease(platform, release, { attemptAt: now, dueAt: after(now, ATTEMPT_MS) })
  return claimed
    ? sendOnceMore(platform, claimed)
    : ((await platform.stores.releases.find(release.releaseId)) ?? release)
}

/** What WeChat answers in no known way a second time, and what cannot be told apart then, counts as refused. */
async function sendOnceMore(platform: Platform, release: ReleaseRecord): Promise<ReleaseRecord> {
  try {
    return await send(platform, release)
  } catch (error) {
    if (!isFailure(error) || error.reason !== 'OUTCOME_PENDING' || !error.wechat) throw error
    const { errcode } = error.wechat
    return follow(platform, release, {
      state: 'failed',
      attemptAt: null,
      dueAt: null,
      problem: { code: 'UNKNOWN_ERRCODE', params: { errcode } },
      heldUp: true,
    })
  }
}
