import { accountTypes, type AccountType, type Authorizer } from '../domain/stores/authorizers.ts'
import { binding as description, bindingIdOf } from '../domain/stores/bindings.ts'
import type { BindingRecord, BindingStore, BindRequest, BindResult, TellOfBinding } from '../domain/stores/bindings.ts'
import { reader, writeMembers, type ChangeOf } from '../domain/stores/forms.ts'
import { invite, outcome, spentFieldOf } from '../domain/stores/invites.ts'
import type { Happening } from '../domain/stores/outbox.ts'
import { present } from '../record.ts'
import type { Transaction } from './database.ts'
import { accountHappened } from './happened.ts'
import { noLease } from './leases.ts'
import type { Value } from './requests.ts'
import { firstRevision, nextRevision } from './seen.ts'
import { toAuthorizer } from './to-authorizer.ts'

/* An authorizer's `businessId` and a binding's `appid` say the same from both ends and change together. */

const toBinding = reader(description)
const toInvite = reader(invite)

const ended = { status: 'none', appid: null, boundAt: null, pendingUntil: null } as const

async function readAuthorizer(transaction: Transaction, appid: string): Promise<Authorizer | undefined> {
  const row = await transaction.get('authorizers', appid)
  return row && toAuthorizer(row)
}

async function readBinding(
  transaction: Transaction,
  accountType: AccountType | 'any',
  businessId: string,
): Promise<BindingRecord | undefined> {
  const row = await transaction.get('bindings', bindingIdOf(accountType, businessId))
  return row && toBinding(row)
}

/** Over what this transaction read. */
const changeBinding = (
  transaction: Transaction,
  { accountType, businessId, revision }: BindingRecord,
  set: Readonly<Record<string, Value>>,
  ...happenings: Happening[]
): Promise<void> =>
  transaction.update('bindings', bindingIdOf(accountType, businessId), nextRevision(revision, { set }, ...happenings))

export async function bind(transaction: Transaction, request: BindRequest, tell: TellOfBinding): Promise<BindResult> {
  const { businessId, appid, accountType, replace, importedBy, who, now } = request
  const authorizer = await readAuthorizer(transaction, appid)
  if (!authorizer) return { kind: 'noAuthorizer' }
  const link = await readLink(transaction, request)
  if (link === 'linkEnded' || link === 'linkSpent') return { kind: link }
  const { businessId: formerBusiness, conflict, ...account } = authorizer
  const takenFrom = formerBusiness === businessId ? undefined : formerBusiness
  if (takenFrom !== undefined && !replace) {
    if (importedBy === undefined)
      await noteConflict(transaction, authorizer, { businessId, kind: 'authorizerTaken', with: takenFrom })
    return { kind: 'authorizerTaken', businessId: takenFrom }
  }

  const binding = await readBinding(transaction, accountType, businessId)
  const boundAppid = binding?.appid
  if (boundAppid !== undefined && boundAppid !== appid) {
    if (request.within && !request.within.includes(boundAppid)) return { kind: 'outside' }
    const other = await readAuthorizer(transaction, boundAppid)
    const isLet = replace || !other || other.status === 'revoked'
    if (!isLet) {
      if (importedBy === undefined)
        await noteConflict(transaction, authorizer, { businessId, kind: 'businessTaken', with: boundAppid })
      return { kind: 'businessTaken', appid: boundAppid }
    }
    if (other?.businessId === businessId)
      await transaction.update('authorizers', boundAppid, { set: { businessId: null } })
  }

  if (formerBusiness !== undefined)
    await leave(transaction, formerBusiness, appid, bindingIdOf(accountType, businessId))
  if (formerBusiness !== businessId || conflict)
    await transaction.update('authorizers', appid, {
      ...(formerBusiness !== businessId &&
        accountHappened({ kind: 'bound', at: now, businessId, ...present({ who }) })),
      set: { businessId, conflict: null },
    })
  const changed = formerBusiness !== businessId || boundAppid !== appid
  const owned = { ...account, businessId }
  const after = await write(transaction, request, { binding, changed }, (record) => tell(record, owned))
  await endPendingOfAnyType(transaction, businessId)
  if (link) await transaction.update('invites', link.inviteId, { set: link.spent })
  if (request.page) {
    const { stateId, codeId = null, outcomeOf } = request.page
    const set = { ...noLease, outcome: outcome.write(outcomeOf(owned)), pushedCodeId: codeId }
    await transaction.update('states', stateId, { set })
  }
  return {
    kind: 'bound',
    changed,
    ...after,
    authorizer: owned,
    hadConflict: conflict !== undefined,
    ...(takenFrom !== undefined && { takenFrom }),
  }
}

/** That a binding was asked for in vain stands on the account until it is settled. */
async function noteConflict(
  transaction: Transaction,
  { appid, conflict: known }: Authorizer,
  conflict: NonNullable<Authorizer['conflict']>,
): Promise<void> {
  if (known && JSON.stringify(known) === JSON.stringify(conflict)) return
  await transaction.update('authorizers', appid, { set: { conflict: { ...conflict } } })
}

type Spent = { readonly inviteId: string; readonly spent: Readonly<Record<string, Value>> }

/** What becomes of the link if this binds; undefined where there is none, or it has bound this account before. */
async function readLink(
  transaction: Transaction,
  { page, accountType, appid }: BindRequest,
): Promise<Spent | 'linkEnded' | 'linkSpent' | undefined> {
  if (!page) return undefined
  const { inviteId, stateId } = page
  const row = await (inviteId ? transaction.get('invites', inviteId) : transaction.get('states', stateId))
  if (!row || (row['endedAt'] ?? null) !== null) return 'linkEnded'
  if (!inviteId) return undefined
  const link = toInvite(row)
  const meant = link.accountType
  const field = spentFieldOf(meant === 'any' ? accountType : meant)
  const former = link[field]
  if (former === appid) return undefined
  if (former !== undefined) return 'linkSpent'
  const other = accountTypes.find((type) => type !== accountType) ?? accountType
  const isLast = meant !== 'any' || link[spentFieldOf(other)] !== undefined
  return { inviteId, spent: { [field]: appid, ...(isLast && { open: false }) } }
}

/** Ends what the authorizer was bound to before, be it under another account type of the same business. */
async function leave(transaction: Transaction, businessId: string, appid: string, exceptId: string): Promise<void> {
  for (const accountType of accountTypes) {
    if (bindingIdOf(accountType, businessId) === exceptId) continue
    const binding = await readBinding(transaction, accountType, businessId)
    if (binding?.appid === appid) await changeBinding(transaction, binding, ended)
  }
}

/** The binding as it is after it. */
async function write(
  transaction: Transaction,
  { businessId, appid, accountType, attributes, importedBy, now }: BindRequest,
  { binding, changed }: { readonly binding: BindingRecord | undefined; readonly changed: boolean },
  tell: (after: BindingRecord) => Happening,
): Promise<{ readonly binding: BindingRecord; readonly written: boolean }> {
  const { pendingUntil: _, ...known } = binding ?? { businessId, accountType, status: 'none', attributes: {} }
  const given = attributes && { ...(importedBy !== undefined && known.attributes), ...attributes }
  const isBound = binding?.status === 'bound' && !changed
  if (isBound && (!given || JSON.stringify(given) === JSON.stringify(binding.attributes)))
    return { binding, written: false }
  const change = {
    appid,
    status: 'bound',
    ...(given && { attributes: given }),
    ...(importedBy !== undefined && { imported: { by: importedBy, outcome: changed ? 'bound' : 'updated' } }),
    ...(changed && { boundAt: now }),
  } satisfies ChangeOf<typeof description>
  const after: BindingRecord = { ...known, ...change, revision: (known.revision ?? 0) + 1 }
  const happenings = isBound ? [] : [tell(after)]
  if (binding)
    await changeBinding(
      transaction,
      binding,
      { ...writeMembers(description, change), pendingUntil: null },
      ...happenings,
    )
  else
    await transaction.insert('bindings', {
      ...writeMembers(description, after),
      ...firstRevision(...happenings),
      _id: bindingIdOf(accountType, businessId),
      pendingUntil: null,
    })
  return { binding: after, written: true }
}

/** The link that was open for either type has done its work. */
async function endPendingOfAnyType(transaction: Transaction, businessId: string): Promise<void> {
  const pending = await readBinding(transaction, 'any', businessId)
  if (pending?.status === 'pending') await changeBinding(transaction, pending, ended)
}

/** The account's binding ends, or goes on, with its authorization. `authorizer` as it is after the change. */
export async function followAuthorizer(
  transaction: Transaction,
  authorizer: Authorizer,
  tell: TellOfBinding,
): Promise<void> {
  const { appid, businessId } = authorizer
  if (businessId === undefined) return
  const status = authorizer.status === 'revoked' ? 'revoked' : 'bound'
  for (const accountType of accountTypes) {
    const binding = await readBinding(transaction, accountType, businessId)
    if (binding?.appid === appid && binding.status !== status)
      await changeBinding(transaction, binding, { status }, tell({ ...binding, status }, authorizer))
  }
}

export async function unbind(
  transaction: Transaction,
  businessId: string,
  accountType: AccountType,
  { appid, runId, who, now }: Parameters<BindingStore['unbind']>[2],
): Promise<boolean> {
  const binding = await readBinding(transaction, accountType, businessId)
  if (binding?.appid !== appid) return false
  await changeBinding(transaction, binding, { ...ended, endedBy: runId })
  const authorizer = await readAuthorizer(transaction, appid)
  if (authorizer?.businessId === businessId)
    await transaction.update('authorizers', appid, {
      ...accountHappened({ kind: 'unbound', at: now, businessId, who }),
      set: { businessId: null, conflict: null },
    })
  return true
}
