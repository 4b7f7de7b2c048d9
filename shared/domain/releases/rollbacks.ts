import { Failure } from '../../errors.ts'
import { present } from '../../record.ts'
import { releases as endpoints } from '../../wechat/endpoints/releases.ts'
import { callForAuthorizer } from '../authorizers/authorizer-calls.ts'
import type { Asked } from '../callers/activity.ts'
import type { Platform } from '../platform.ts'
import { begin, carryOut, onlineVersion, readHistory } from './attempts.ts'
import { knownReleases, wasAsked } from './release-records.ts'
import type { rolledBack } from '../answers.ts'
import type { AnswerOf } from '../operation.ts'
import { presentRelease } from './release-states.ts'
import type { ReleaseRecord } from '../stores/releases.ts'
import { presentReleases } from './waiting-releases.ts'
import { readVersions, type CodeSays } from './read-versions.ts'
import { followOnline } from './follow-wechat.ts'

type RolledBack = AnswerOf<ReturnType<typeof rolledBack>>

/** Takes what is online back, by default to the version before it. */
export async function rollback(
  platform: Platform,
  appid: string,
  appVersion: number | undefined,
  asked: Asked,
): Promise<RolledBack> {
  const open = (await knownReleases(platform, appid)).find(({ intent }) => intent?.kind === 'rollback')
  const releases = await presentReleases(platform, appid)
  const says = await readVersions(platform, appid)
  const before = says.online?.version
  // By this very run, or by one that ended without knowing it.
  const ours = releases.find(
    (one) =>
      one.state === 'rolledBack' &&
      (wasAsked(one, asked) || (appVersion === undefined && one.releaseId === open?.releaseId)),
  )
  if (ours) return shown(presentRelease(ours), before)
  assertNoGray(releases)
  const current = await currentOf(platform, appid, { releases, says })
  if (!current) {
    await sendRollback(platform, appid, appVersion)
    return shown({ appid, origin: 'elsewhere', state: 'rolledBack', version: '' }, await onlineVersion(platform, appid))
  }
  const left = await goBack(platform, current, { before, to: appVersion, asked })
  return shown(presentRelease(left), await onlineVersion(platform, appid))
}

/** Takes back this very release; false where it is not online any more, and nothing is sent. */
export async function rollBackRelease(platform: Platform, release: ReleaseRecord, asked: Asked): Promise<boolean> {
  const releases = await presentReleases(platform, release.appid)
  const says = await readVersions(platform, release.appid)
  const current = await currentOf(platform, release.appid, { releases, says })
  if (current?.releaseId !== release.releaseId)
    return releases.some(({ releaseId, state }) => releaseId === release.releaseId && state === 'rolledBack')
  assertNoGray(releases)
  const to = await soundVersion(platform, release.appid, releases)
  await goBack(platform, current, { before: says.online?.version, to, asked })
  return true
}

/** The record of what was left, as it is then. */
async function goBack(
  platform: Platform,
  current: ReleaseRecord,
  {
    before,
    to,
    asked,
  }: { readonly before: string | undefined; readonly to: number | undefined; readonly asked: Asked },
): Promise<ReleaseRecord> {
  const begun = await begin(platform, current, { kind: 'rollback', ...present({ before }) }, asked)
  return carryOut(platform, begun, () => sendRollback(platform, current.appid, to))
}

/** What was taken back once is nothing to go back to. Undefined: the version before, whichever it is. */
async function soundVersion(
  platform: Platform,
  appid: string,
  releases: readonly ReleaseRecord[],
): Promise<number | undefined> {
  const bad = new Set(releases.flatMap(({ state, version }) => (state === 'rolledBack' ? [version] : [])))
  if (bad.size === 0) return undefined
  const versions = await readHistory(platform, appid)
  return versions.find(({ user_version: version }) => version !== undefined && !bad.has(version))?.app_version
}

const sendRollback = (platform: Platform, appid: string, appVersion: number | undefined): Promise<unknown> =>
  callForAuthorizer(platform, appid, endpoints.rollback, {
    query: appVersion === undefined ? {} : { app_version: appVersion },
  })

function assertNoGray(releases: readonly ReleaseRecord[]): void {
  if (releases.some(({ state }) => state === 'gray')) throw new Failure('GRAY_RUNNING')
}

/** The record of what WeChat says is online; where it does not say, of what was put online here. */
async function currentOf(
  platform: Platform,
  appid: string,
  { releases, says }: { readonly releases: readonly ReleaseRecord[]; readonly says: CodeSays },
): Promise<ReleaseRecord | undefined> {
  const noted = releases.find(({ state }) => state === 'released')
  if (!says.online || noted?.version === says.online.version) return noted
  return followOnline({ platform, appid, says })
}

const shown = (left: RolledBack, online: string | undefined): RolledBack => ({
  ...left,
  ...(online !== undefined && { onlineVersion: online }),
})
