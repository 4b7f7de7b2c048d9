/** Violations of a mini program and appeals against them. */
import * as v from 'valibot'
import { DAY, toUnixSeconds } from '../../../shared/time.ts'
import { refuse, refuseUnless } from '../errors.ts'
import type { Merchant } from '../merchants.ts'
import { nextNumber } from '../state.ts'
import { ok, withAuthorizerToken } from './operation.ts'

const RECORDS = [18, 76]
const APPEAL = [198]
const WINDOW_DAYS = 90

const recordOf = ({ life }: Merchant, id: string) =>
  life.violations.find(({ illegal_record_id: one }) => one === id) ?? refuse(40097)

export const violationOperations = [
  {
    ...withAuthorizerToken(
      'POST',
      '/wxa/getillegalrecords',
      RECORDS,
      v.object({ start_time: v.optional(v.number()), end_time: v.optional(v.number()) }),
      (_state, { start_time: given, end_time: end }, { merchant, now }) => {
        const until = end ?? (given === undefined ? toUnixSeconds(now) : given + (WINDOW_DAYS * DAY) / 1000)
        const from = given ?? until - (WINDOW_DAYS * DAY) / 1000
        return ok({
          records: merchant.life.violations
            .filter(({ create_time: at }) => at >= from && at <= until)
            .map(({ appeals: _appeals, ...record }) => record),
        })
      },
    ),
    allSetsNeeded: true,
  },
  {
    ...withAuthorizerToken(
      'POST',
      '/wxa/getappealrecords',
      RECORDS,
      v.object({ illegal_record_id: v.string() }),
      (_state, { illegal_record_id: id }, { merchant }) =>
        ok({ records: recordOf(merchant, id).appeals.map((appeal) => ({ ...appeal, appeal_from: 1 })) }),
    ),
    allSetsNeeded: true,
  },
  withAuthorizerToken(
    'POST',
    '/wxa/component/createappeal',
    APPEAL,
    v.looseObject({
      illegal_record_id: v.string(),
      appeal_materials: v.pipe(v.array(v.looseObject({ reason: v.string() })), v.minLength(1)),
    }),
    (state, { illegal_record_id: id, appeal_materials: given }, { merchant, now }) => {
      const { appeals } = recordOf(merchant, id)
      refuseUnless(!appeals.some(({ appeal_status: status }) => status === 1), 40097)
      appeals.push({
        appeal_record_id: nextNumber(state),
        appeal_count: appeals.length + 1,
        appeal_time: toUnixSeconds(now),
        appeal_status: 1,
        materials: given.map((material) => ({ appeal_material: material })),
      })
      return ok()
    },
  ),
]
