/** Reference 6.7: release, gray release, rollback, visibility. */
import * as v from 'valibot'
import { toUnixSeconds } from '../../../shared/time.ts'
import { refuse, refuseUnless } from '../errors.ts'
import { AUDIT_STATUS, latestAuditOf, liveOf } from '../merchants.ts'
import { goBackTo, isGrayRunning, publish, releasable, revertible } from '../online-versions.ts'
import { nothing, numeric, ok, withAuthorizerToken } from './operation.ts'

const CODE = [18]

const grayInput = v.object({
  gray_percentage: v.unknown(),
  support_debuger_first: v.optional(v.unknown()),
  support_experiencer_first: v.optional(v.unknown()),
})

const flag = (value: unknown): boolean => {
  refuseUnless(value === undefined || typeof value === 'boolean', 40097)
  return value ?? false
}

export const releaseOperations = [
  withAuthorizerToken('POST', '/wxa/release', CODE, nothing, (_state, _input, { merchant, now }) => {
    publish(merchant, releasable(merchant), now)
    return ok()
  }),

  withAuthorizerToken(
    'GET',
    '/wxa/revertcoderelease',
    CODE,
    v.object({ action: v.optional(v.string()), app_version: v.optional(numeric) }),
    (_state, input, { merchant }) => {
      if (input.action === 'get_history_version') {
        return ok({
          version_list: revertible(merchant).map(({ appVersion, version }) => ({
            app_version: appVersion,
            user_version: version.version,
            user_desc: version.description,
            commit_time: toUnixSeconds(version.committedAt),
          })),
        })
      }
      refuseUnless(input.action === undefined, 85022)
      refuseUnless(!isGrayRunning(merchant), 87011)
      refuseUnless(!merchant.rolledBack, 87012)
      const target = revertible(merchant).find(
        ({ appVersion }) => input.app_version === undefined || appVersion === input.app_version,
      )
      if (target === undefined) return refuse(87012)
      goBackTo(merchant, target)
      return ok()
    },
  ),

  withAuthorizerToken('POST', '/wxa/grayrelease', CODE, grayInput, (_state, input, { merchant, now }) => {
    const { gray_percentage: percentage } = input
    const debugerFirst = flag(input.support_debuger_first)
    const experiencerFirst = flag(input.support_experiencer_first)
    refuseUnless(typeof percentage === 'number' && Number.isInteger(percentage), 85081)
    refuseUnless(percentage >= 0 && percentage <= 100, 85081)
    refuseUnless(percentage > 0 || debugerFirst || experiencerFirst, 85081)
    refuseUnless(liveOf(merchant) !== undefined, 85079)
    const audit = latestAuditOf(merchant)
    if (audit === undefined || audit.status !== AUDIT_STATUS.passed || audit.released) return refuse(85080)
    const running = isGrayRunning(merchant) && merchant.gray?.audit === audit ? merchant.gray : undefined
    refuseUnless(running === undefined || percentage > running.percentage, 85082)
    merchant.gray = {
      status: percentage === 100 ? 3 : 1,
      audit,
      createdAt: running?.createdAt ?? now,
      percentage,
      debugerFirst,
      experiencerFirst,
    }
    if (percentage === 100) publish(merchant, audit, now)
    return ok()
  }),

  withAuthorizerToken('GET', '/wxa/getgrayreleaseplan', CODE, nothing, (_state, _input, { merchant: { gray } }) =>
    ok({
      gray_release_plan: {
        status: gray?.status ?? 0,
        create_timestamp: gray === undefined ? 0 : toUnixSeconds(gray.createdAt),
        gray_percentage: gray?.percentage ?? 0,
        support_debuger_first: gray?.debugerFirst ?? false,
        support_experiencer_first: gray?.experiencerFirst ?? false,
      },
    }),
  ),

  withAuthorizerToken('GET', '/wxa/revertgrayrelease', CODE, nothing, (_state, _input, { merchant }) => {
    const { gray } = merchant
    if (gray === undefined || !isGrayRunning(merchant)) return refuse(85021)
    gray.status = 4
    return ok()
  }),

  withAuthorizerToken(
    'POST',
    '/wxa/change_visitstatus',
    CODE,
    v.object({ action: v.string() }),
    (_state, input, { merchant }) => {
      refuseUnless(input.action === 'open' || input.action === 'close', 85022)
      refuseUnless(liveOf(merchant) !== undefined, 85021)
      merchant.visible = input.action === 'open'
      return ok()
    },
  ),

  withAuthorizerToken('POST', '/wxa/getvisitstatus', CODE, nothing, (_state, _input, { merchant }) =>
    ok({ status: merchant.visible ? 1 : 0 }),
  ),

  withAuthorizerToken(
    'GET or POST',
    '/cgi-bin/wxopen/getweappsupportversion',
    CODE,
    nothing,
    (_state, _input, { merchant }) =>
      ok({
        now_version: merchant.supportVersion,
        uv_info: {
          items: [
            { version: '3.5.0', percentage: 61.2 },
            { version: '2.21.0', percentage: 38.8 },
          ],
        },
      }),
  ),

  withAuthorizerToken(
    'POST',
    '/cgi-bin/wxopen/setweappsupportversion',
    CODE,
    v.object({ version: v.string() }),
    (_state, input, { merchant }) => {
      refuseUnless(/^\d+\.\d+\.\d+$/.test(input.version), 89014)
      merchant.supportVersion = input.version
      return ok()
    },
  ),
]
