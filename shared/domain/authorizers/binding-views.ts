import { Notice } from '../../notice.ts'
import { toIso } from '../../time.ts'
import type { binding } from '../answers.ts'
import type { AnswerOf } from '../operation.ts'
import { databaseTime, type Platform } from '../platform.ts'
import type { Authorizer } from '../stores/authorizers.ts'
import type { BindingRecord, TellOfBinding } from '../stores/bindings.ts'

/** A binding as callers see it. */
export type BindingView = AnswerOf<ReturnType<typeof binding>>

export function presentBinding(record: BindingRecord, authorizer: Authorizer | undefined, now: number): BindingView {
  const { businessId, accountType, attributes } = record
  const base = { businessId, accountType, attributes }
  if (record.appid === undefined) {
    const open = record.pendingUntil !== undefined && record.pendingUntil > now
    return { ...base, status: open ? 'pending' : 'none' }
  }
  return {
    ...base,
    status: authorizer?.status === 'revoked' ? 'revoked' : 'bound',
    appid: record.appid,
    ...(authorizer && authorizer.nickName !== '' && { nickName: authorizer.nickName }),
    ...(record.boundAt !== undefined && { boundAt: toIso(record.boundAt) }),
    ...(authorizer?.status === 'reauthorize' && {
      problem: new Notice('REAUTHORIZATION_REQUIRED', {}),
    }),
  }
}

/** What business servers are told when a merchant is there, or is there no more. */
export const toldBinding =
  (platform: Platform): TellOfBinding =>
  (record, authorizer) => ({
    type: authorizer.status === 'revoked' ? 'binding.revoked' : 'binding.bound',
    appid: authorizer.appid,
    businessId: record.businessId,
    data: { ...presentBinding(record, authorizer, databaseTime(platform)) },
  })
