import type { Reason } from '../reasons.ts'
import { explainErrcode } from '../words/errcodes.ts'

const reasons = [
  ['NOT_AT_WECHAT', [85014, 85058, 85064]],
  ['VERSION_UNDER_REVIEW', [85009]],
  ['STATE_AT_WECHAT', [85019, 85020, 87011]],
  ['TICKET_REFUSED', [61005, 61006]],
  ['AUTHORIZATION_WITHDRAWN', [61003]],
  ['AUTHORIZATION_NOT_ACCEPTED', [61023, 42002, 42007]],
  ['PERMISSION_SET_MISSING', [48001, 61007, 61016, 61017]],
  ['REVIEW_QUOTA_USED_UP', [85085]],
  ['WECHAT_QUOTA_USED_UP', [45009, 45011, 48006, 86102, 87013, 89405, 9402202]],
  ['ADDRESS_NOT_ALLOWED', [61004]],
  ['WECHAT_BUSY', [-1]],
] as const satisfies readonly (readonly [Reason, readonly number[]])[]

type ErrcodeReason = (typeof reasons)[number][0] | 'WECHAT_REFUSED' | 'UNKNOWN_ERRCODE'

/** How callers are told about it: docs/reasons.md. */
export const reasonOfErrcode = (errcode: number): ErrcodeReason =>
  reasons.find(([, errcodes]) => errcodes.some((one) => one === errcode))?.[0] ??
  (explainErrcode(errcode) ? 'WECHAT_REFUSED' : 'UNKNOWN_ERRCODE')
