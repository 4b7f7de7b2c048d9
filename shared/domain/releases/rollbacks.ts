import { Failure } from '../../errors.ts'
import { releases as endpoints } from '../../wechat/endpoints/releases.ts'
import { callForAuthorizer } from '../authorizers/authorizer-calls.ts'
import type { Run } from '../callers/activity.ts'
import type { Platform } from '../platform.ts'
import { sendOrReadBack } from '../read-back.ts'
import { begin, carryOut, isRolledBack, onlineVersion } from './attempts.ts'
import { follow, knownReleases } from './release-records.ts'
import type { rolledBack } from '../answers.ts'
import type { AnswerOf } from '../operation.ts'
import { presentRelease } from './release-states.ts'
import type { ReleaseIntent, ReleaseRecord } from '../stores/releases.ts'
import { presentReleases } from './waiting-releases.ts'

type RolledBack = AnswerOf<ReturnType<typeof rolledBack>>

/** Takes what is online back, by default to the version before it. */
export async function rollback(
  platform: Platform,
  appid: string,
  appVersion: number | undefined,
  run: Run,
): Promise<RolledBack> {
  const open = (await knownReleases(platform, appid)).find(({ intent }) => intent?.kind === 'rollback')
  const releases = await presentReleases(platform, appid)
  const before = await onlineVersion(platform, appid)
  // By this very run, or by one that ended without knowing it.
  const ours = releases.find(
    ({ releaseId, state, runs }) =>
      state === 'rolledBack' &&
      (runs?.includes(run.activityId) || (appVersion === undefined && releaseId === open?.releaseId)),
  )
  if (ours) return shown(presentRelease(ours), before)
  assertNoGray(releases)
  const current = await currentOf(platform, releases, before)
  const goBack = () => sendRollback(platform, appid, appVersion)
  if (current) {
    const begun = await begin(platform, current, intentFrom(before), run.activityId)
    const left = await carryOut(platform, begun, goBack)
    return shown(presentRelease(left), await onlineVersion(platform, appid))
  }
  // Nobody here released it: what was online is remembered with the call.
  const left = run.remembered ?? before ?? ''
  if (run.remembered === undefined) await run.remember(left)
  const isBack = async () => {
    const online = await onlineVersion(platform, appid)
    return (await isRolledBack(platform, appid, { before: left, online })) ? online : undefined
  }
  const done = run.remembered === undefined ? undefined : await isBack()
  const online =
    done ??
    (await sendOrReadBack(async () => {
      await goBack()
      return ''
    }, isBack))
  return shown({ appid, state: 'rolledBack', version: left }, online || (await onlineVersion(platform, appid)))
}

/** Takes back this very release; false where it is not online any more, and nothing is sent. */
export async function rollBackRelease(platform: Platform, release: ReleaseRecord): Promise<boolean> {
  const releases = await presentReleases(platform, release.appid)
  const before = await onlineVersion(platform, release.appid)
  const current = await currentOf(platform, releases, before)
  if (current?.releaseId !== release.releaseId)
    return releases.some(({ releaseId, state }) => releaseId === release.releaseId && state === 'rolledBack')
  assertNoGray(releases)
  const begun = await begin(platform, current, intentFrom(before), undefined)
  await carryOut(platform, begun, () => sendRollback(platform, release.appid, undefined))
  return true
}

const intentFrom = (before: string | undefined): ReleaseIntent => ({
  kind: 'rollback',
  ...(before !== undefined && { before }),
})

const sendRollback = (platform: Platform, appid: string, appVersion: number | undefined): Promise<unknown> =>
  callForAuthorizer(platform, appid, endpoints.rollback, {
    query: appVersion === undefined ? {} : { app_version: appVersion },
  })

function assertNoGray(releases: readonly ReleaseRecord[]): void {
  if (releases.some(({ state }) => state === 'gray')) throw new Failure('GRAY_RUNNING')
}

/** The record of what WeChat says is online. One that says `released` and is not has been replaced by somebody else. */
async function currentOf(
  platform: Platform,
  releases: readonly ReleaseRecord[],
  online: string | undefined,
): Promise<ReleaseRecord | undefined> {
  const noted = releases.find(({ state }) => state === 'released')
  if (online === undefined || noted?.version === online) return noted
  const actual = releases.find(({ version, releasedAt }) => version === online && releasedAt !== undefined)
  if (noted) await follow(platform, noted, { state: 'superseded', dueAt: null })
  return actual && follow(platform, actual, { state: 'released', dueAt: null })
}

const shown = (left: RolledBack, online: string | undefined): RolledBack => ({
  ...left,
  ...(online !== undefined && { onlineVersion: online }),
})
