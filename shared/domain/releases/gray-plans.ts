import { fromUnixSeconds, type EpochMs } from '../../time.ts'
import { releases as endpoints } from '../../wechat/endpoints/releases.ts'
import { callForAuthorizer } from '../authorizers/authorizer-calls.ts'
import { CLOCK_TOLERANCE_MS, type Platform } from '../platform.ts'
import type { ReleaseChange, ReleaseRecord } from '../stores/releases.ts'

export async function readGrayPlan(platform: Platform, appid: string) {
  const { gray_release_plan: plan } = await callForAuthorizer(platform, appid, endpoints.grayPlan, {})
  return plan ?? undefined
}

export type GrayPlan = NonNullable<Awaited<ReturnType<typeof readGrayPlan>>>

/** `status` where there is no plan yet. */
const INITIAL = 0

export const isBegun = (plan: GrayPlan | undefined): plan is GrayPlan => plan !== undefined && plan.status !== INITIAL

/** Running, paused. */
const underWay: readonly number[] = [1, 2]
const FINISHED = 3

export const isUnderWay = (plan: GrayPlan | undefined): boolean => underWay.includes(plan?.status ?? 0)

export const isFinished = (plan: GrayPlan | undefined): boolean => plan?.status === FINISHED

/** A plan from before this version was submitted is another's. */
export function isOfRelease(plan: GrayPlan | undefined, release: ReleaseRecord): boolean {
  const since = release.submittedAt ?? release.createdAt
  return !plan?.create_timestamp || fromUnixSeconds(plan.create_timestamp) >= since - CLOCK_TOLERANCE_MS
}

export const isRunning = (plan: GrayPlan | undefined, release: ReleaseRecord): boolean =>
  isUnderWay(plan) && isOfRelease(plan, release)

/** What the plan means for a version that is not online for all; undefined where that is known. */
export function grayChange(
  release: ReleaseRecord,
  plan: GrayPlan | undefined,
  now: EpochMs,
): ReleaseChange | undefined {
  const isGray = isRunning(plan, release)
  const grayPercentage = isGray ? (plan?.gray_percentage ?? release.grayPercentage) : undefined
  if ((release.state === 'gray') === isGray && release.grayPercentage === grayPercentage) return undefined
  return {
    state: isGray ? 'gray' : 'approved',
    grayPercentage: grayPercentage ?? null,
    graySince: grayPercentage === undefined ? null : now,
  }
}
