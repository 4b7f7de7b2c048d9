import { errcodeOf, Failure, isFailure } from '../../errors.ts'
import { releases as endpoints } from '../../wechat/endpoints/releases.ts'
import { callForAuthorizer } from '../authorizers/authorizer-calls.ts'
import { databaseTime, type Platform } from '../platform.ts'
import { notApproved, published } from './publishing.ts'
import { follow, knownReleases } from './release-records.ts'
import { releasable } from './releases.ts'
import type { ReleaseRecord } from '../stores/releases.ts'

const MUST_GROW = 85082
const NOT_RUNNING = 85021
/** Of a plan: running, paused. */
const underWay: readonly number[] = [1, 2]

/** Puts the approved version online for a part of the users; the part only grows, and at 100 it is released. */
export async function startGray(platform: Platform, appid: string, percentage: number): Promise<ReleaseRecord> {
  const releases = await knownReleases(platform, appid)
  const candidate = await releasable(platform, releases)
  if (!candidate) throw notApproved(releases.find((record) => record.state !== 'failed'))
  const present = candidate.state === 'gray' ? (candidate.grayPercentage ?? 0) : 0
  if (percentage === present) return candidate
  if (percentage < present) throw new Failure('GRAY_ONLY_GROWS', { params: { present }, field: 'percentage' })
  try {
    await callForAuthorizer(platform, appid, endpoints.startGray, { body: { gray_percentage: percentage } })
  } catch (error) {
    if (!isFailure(error) || !(error.outcomeUnknown || errcodeOf(error) === MUST_GROW)) throw error
    if ((await readGrayPlan(platform, appid))?.gray_percentage !== percentage) throw error
  }
  if (percentage === 100) return published(platform, { ...candidate, grayPercentage: percentage })
  const gray = await follow(platform, candidate, { state: 'gray', grayPercentage: percentage, dueAt: null })
  // WeChat has one gray release at a time; the new one ends an older one.
  if (candidate.state === 'approved')
    await platform.stores.releases.supersede(appid, candidate.number, ['gray', 'approved'], databaseTime(platform))
  return gray
}

export async function readGrayPlan(platform: Platform, appid: string) {
  const { gray_release_plan: plan } = await callForAuthorizer(platform, appid, endpoints.grayPlan, {})
  return plan ?? undefined
}

export async function cancelGray(platform: Platform, appid: string): Promise<ReleaseRecord> {
  const gray = (await knownReleases(platform, appid)).find((record) => record.state === 'gray')
  if (!gray) throw new Failure('NO_GRAY_RUNNING')
  try {
    await callForAuthorizer(platform, appid, endpoints.cancelGray, {})
  } catch (error) {
    if (!isFailure(error) || !(error.outcomeUnknown || errcodeOf(error) === NOT_RUNNING)) throw error
    if (underWay.includes((await readGrayPlan(platform, appid))?.status ?? 0)) throw error
  }
  return follow(platform, gray, { state: 'approved', grayPercentage: null, dueAt: null })
}
