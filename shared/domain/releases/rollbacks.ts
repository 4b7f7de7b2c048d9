import { Failure, isFailure } from '../../errors.ts'
import { code } from '../../wechat/endpoints/code.ts'
import { releases as endpoints } from '../../wechat/endpoints/releases.ts'
import { callForAuthorizer } from '../authorizers/authorizer-calls.ts'
import { databaseTime, type Platform } from '../platform.ts'
import { setLive } from './publishing.ts'
import { follow, knownReleases } from './release-records.ts'
import type { rolledBack } from '../answers.ts'
import type { AnswerOf } from '../operation.ts'
import { presentRelease } from './release-states.ts'
import type { ReleaseRecord } from '../stores/releases.ts'

/**
 * Takes the online version back, by default to the one before it. Where WeChat shows another version than was released here, an
 * earlier rollback said nothing: that is noted, and no second one is made.
 */
export async function rollback(
  platform: Platform,
  appid: string,
  appVersion: number | undefined,
): Promise<AnswerOf<ReturnType<typeof rolledBack>>> {
  const releases = await knownReleases(platform, appid)
  if (releases.some((record) => record.state === 'gray')) throw new Failure('GRAY_RUNNING')
  const current = releases.find((record) => record.state === 'released')
  const before = await onlineVersion(platform, appid)
  const isDone = current !== undefined && before !== undefined && before !== current.version
  const online = isDone && appVersion === undefined ? before : await goBack(platform, appid, appVersion, before)
  const restored = releases.find(
    (record) => record.version === online && record.releasedAt !== undefined && record !== current,
  )
  if (restored) await setLive(platform, restored, databaseTime(platform))
  const shown = online === undefined ? {} : { onlineVersion: online }
  if (!current) return { appid, state: 'rolledBack', version: before ?? '', ...shown }
  return { ...presentRelease(await noted(platform, current)), ...shown }
}

const noted = (platform: Platform, current: ReleaseRecord): Promise<ReleaseRecord> =>
  follow(platform, current, { state: 'rolledBack', dueAt: null })

async function goBack(
  platform: Platform,
  appid: string,
  appVersion: number | undefined,
  before: string | undefined,
): Promise<string | undefined> {
  try {
    await callForAuthorizer(platform, appid, endpoints.rollback, {
      query: appVersion === undefined ? {} : { app_version: appVersion },
    })
  } catch (error) {
    if (!isFailure(error) || !error.outcomeUnknown) throw error
    const online = await onlineVersion(platform, appid)
    if (online === before) throw error
    return online
  }
  return onlineVersion(platform, appid)
}

async function onlineVersion(platform: Platform, appid: string): Promise<string | undefined> {
  const { release_info: online } = await callForAuthorizer(platform, appid, code.versions, {})
  return online?.release_version ?? undefined
}
