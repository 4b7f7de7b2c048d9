import { Failure } from '../../errors.ts'
import type { Platform } from '../platform.ts'
import { openProblem, type NewProblem } from '../problems/problems.ts'
import type { Authorizer } from '../stores/authorizers.ts'
import type { BindResult } from '../stores/bindings.ts'

type Conflict = NonNullable<Authorizer['conflict']>

type Taken = Extract<BindResult, { kind: 'authorizerTaken' | 'businessTaken' }>

interface Wanted {
  readonly appid: string
  readonly businessId: string
}

/** Somebody else holds the account, or the business has another one: who asked is refused, and operators are told. */
export async function refuseBinding(
  platform: Platform,
  { appid, businessId }: Wanted,
  result: Taken,
): Promise<Failure> {
  const conflict = conflictBy(result, businessId)
  await openProblem(platform, conflictProblem(appid, conflict))
  return refusalFor(appid, conflict)
}

export const refusalOf = ({ appid, businessId }: Wanted, result: Taken): Failure =>
  refusalFor(appid, conflictBy(result, businessId))

const conflictBy = (result: Taken, businessId: string): Conflict => ({
  businessId,
  kind: result.kind,
  with: result.kind === 'authorizerTaken' ? result.businessId : result.appid,
})

const refusalFor = (appid: string, conflict: Conflict): Failure =>
  conflict.kind === 'authorizerTaken'
    ? new Failure('ACCOUNT_BOUND_ELSEWHERE', { params: { appid, businessId: conflict.with } })
    : new Failure('BUSINESS_HAS_ACCOUNT', { params: { appid: conflict.with, businessId: conflict.businessId } })

function conflictProblem(appid: string, conflict: Conflict): NewProblem {
  const { params, reason = '' } = refusalFor(appid, conflict)
  return { code: 'BINDING_CONFLICT', appid, params: { ...params, reason, wantedBy: conflict.businessId } }
}

/** Whether what the account was asked for in vain still stands in the way. */
export async function conflictOf(platform: Platform, authorizer: Authorizer): Promise<NewProblem | undefined> {
  const { appid, businessId, conflict, status } = authorizer
  if (!conflict || status === 'revoked') return undefined
  const holds =
    conflict.kind === 'authorizerTaken'
      ? businessId === conflict.with
      : (await platform.stores.bindings.ofBusiness(conflict.businessId)).some((one) => one.appid === conflict.with)
  return holds ? conflictProblem(appid, conflict) : undefined
}
