import type { AccountType } from '../domain/stores/authorizers.ts'
import type { BindRequest, BindResult } from '../domain/stores/bindings.ts'
import { idOf } from './binding-rows.ts'
import type { Transaction } from './database.ts'
import type { Row } from './requests.ts'
import { optionalText, toDate } from './row.ts'

/* An authorizer's `businessId` and a binding's `appid` say the same from both ends and change together. */

const accountTypes: readonly AccountType[] = ['miniprogram', 'official']

const ended = { status: 'none', appid: null, boundAt: null, pendingUntil: null } as const

export async function bind(transaction: Transaction, request: BindRequest): Promise<BindResult> {
  const { businessId, appid, accountType, replace } = request
  const authorizer = await transaction.get('authorizers', appid)
  if (!authorizer) return { kind: 'noAuthorizer' }
  const formerBusiness = optionalText(authorizer, 'businessId')
  const takenFrom = formerBusiness === businessId ? undefined : formerBusiness
  if (takenFrom !== undefined && !replace) return { kind: 'authorizerTaken', businessId: takenFrom }

  const id = idOf(accountType, businessId)
  const binding = await transaction.get('bindings', id)
  const boundAppid = binding && optionalText(binding, 'appid')
  if (boundAppid !== undefined && boundAppid !== appid) {
    const other = await transaction.get('authorizers', boundAppid)
    const isLet = replace || !other || other['status'] === 'revoked'
    if (!isLet) return { kind: 'businessTaken', appid: boundAppid }
    if (other && optionalText(other, 'businessId') === businessId)
      await transaction.update('authorizers', boundAppid, { set: { businessId: null } })
  }

  if (formerBusiness !== undefined) await leave(transaction, formerBusiness, appid, id)
  if (formerBusiness !== businessId) await transaction.update('authorizers', appid, { set: { businessId } })
  const changed = formerBusiness !== businessId || boundAppid !== appid
  await write(transaction, request, id, binding, changed)
  await endPendingOfAnyType(transaction, businessId)
  return { kind: 'bound', changed, ...(takenFrom !== undefined && { takenFrom }) }
}

/** Ends what the authorizer was bound to before, be it under another account type of the same business. */
async function leave(transaction: Transaction, businessId: string, appid: string, exceptId: string): Promise<void> {
  for (const accountType of accountTypes) {
    const id = idOf(accountType, businessId)
    if (id === exceptId) continue
    const binding = await transaction.get('bindings', id)
    if (binding?.['appid'] === appid) await transaction.update('bindings', id, { set: ended })
  }
}

async function write(
  transaction: Transaction,
  { businessId, appid, accountType, attributes, now }: BindRequest,
  id: string,
  binding: Row | undefined,
  changed: boolean,
): Promise<void> {
  const given = attributes && JSON.stringify(attributes)
  if (binding) {
    const isSame = !changed && binding['status'] === 'bound' && (given === undefined || given === binding['attributes'])
    if (isSame) return
    const set = {
      appid,
      status: 'bound',
      attributes: given,
      pendingUntil: null,
      ...(changed && { boundAt: toDate(now) }),
    }
    return transaction.update('bindings', id, { set })
  }
  const fields = { businessId, accountType, appid, status: 'bound', attributes: given ?? '{}' }
  await transaction.insert('bindings', { ...fields, _id: id, boundAt: toDate(now), pendingUntil: null })
}

/** The link that was open for either type has done its work. */
async function endPendingOfAnyType(transaction: Transaction, businessId: string): Promise<void> {
  const id = idOf('any', businessId)
  const pending = await transaction.get('bindings', id)
  if (pending?.['status'] === 'pending') await transaction.update('bindings', id, { set: ended })
}

export async function unbind(
  transaction: Transaction,
  businessId: string,
  accountType: AccountType,
  appid: string,
  runId: string,
): Promise<boolean> {
  const id = idOf(accountType, businessId)
  const binding = await transaction.get('bindings', id)
  if (binding?.['appid'] !== appid) return false
  await transaction.update('bindings', id, { set: { ...ended, endedBy: runId } })
  const authorizer = await transaction.get('authorizers', appid)
  if (authorizer && optionalText(authorizer, 'businessId') === businessId)
    await transaction.update('authorizers', appid, { set: { businessId: null } })
  return true
}
