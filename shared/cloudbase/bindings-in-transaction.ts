import type { AccountType, Authorizer } from '../domain/stores/authorizers.ts'
import type { BindingStore, BindRequest, BindResult, TellOfBinding } from '../domain/stores/bindings.ts'
import type { Happening } from '../domain/stores/outbox.ts'
import { toAuthorizer } from './authorizer-rows.ts'
import { accountTypes, bindableTypes } from '../domain/stores/authorizers.ts'
import { outcome } from '../domain/stores/invites.ts'
import { idOf, spentFieldOf, toBinding } from './binding-rows.ts'
import type { Transaction } from './database.ts'
import { accountHappened } from './happened.ts'
import { noLease } from './leases.ts'
import { toDate, type Row, type Value } from './requests.ts'
import { optionalText, present, word } from './row.ts'
import { firstRevision, nextRevision, revisionOf } from './seen.ts'

/* An authorizer's `businessId` and a binding's `appid` say the same from both ends and change together. */

const ended = { status: 'none', appid: null, boundAt: null, pendingUntil: null } as const

type Set = Readonly<Record<string, Value | undefined>>

/** Over the row that this transaction read. */
const change = (transaction: Transaction, row: Row, set: Set, ...happenings: Happening[]): Promise<void> =>
  transaction.update('bindings', row._id, nextRevision(revisionOf(row), { set }, ...happenings))

export async function bind(transaction: Transaction, request: BindRequest, tell: TellOfBinding): Promise<BindResult> {
  const { businessId, appid, accountType, replace, importedBy, who, now } = request
  const authorizer = await transaction.get('authorizers', appid)
  if (!authorizer) return { kind: 'noAuthorizer' }
  const link = await readLink(transaction, request)
  if (link === 'linkEnded' || link === 'linkSpent') return { kind: link }
  const formerBusiness = optionalText(authorizer, 'businessId')
  const takenFrom = formerBusiness === businessId ? undefined : formerBusiness
  if (takenFrom !== undefined && !replace) {
    if (importedBy === undefined)
      await noteConflict(transaction, authorizer, { businessId, kind: 'authorizerTaken', with: takenFrom })
    return { kind: 'authorizerTaken', businessId: takenFrom }
  }

  const id = idOf(accountType, businessId)
  const binding = await transaction.get('bindings', id)
  const boundAppid = binding && optionalText(binding, 'appid')
  if (boundAppid !== undefined && boundAppid !== appid) {
    if (request.within && !request.within.includes(boundAppid)) return { kind: 'outside' }
    const other = await transaction.get('authorizers', boundAppid)
    const isLet = replace || !other || other['status'] === 'revoked'
    if (!isLet) {
      if (importedBy === undefined)
        await noteConflict(transaction, authorizer, { businessId, kind: 'businessTaken', with: boundAppid })
      return { kind: 'businessTaken', appid: boundAppid }
    }
    if (other && optionalText(other, 'businessId') === businessId)
      await transaction.update('authorizers', boundAppid, { set: { businessId: null } })
  }

  if (formerBusiness !== undefined) await leave(transaction, formerBusiness, appid, id)
  const hasConflict = (authorizer['conflict'] ?? null) !== null
  if (formerBusiness !== businessId || hasConflict)
    await transaction.update('authorizers', appid, {
      ...(formerBusiness !== businessId && accountHappened('bound', now, { businessId, ...present({ who }) })),
      set: { businessId, conflict: null },
    })
  const changed = formerBusiness !== businessId || boundAppid !== appid
  const owned = toAuthorizer({ ...authorizer, businessId, conflict: null })
  const after = await write(transaction, request, { id, binding, changed }, (row) => tell(toBinding(row), owned))
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
    written: after !== undefined,
    binding: toBinding(after ?? { _id: id, ...binding }),
    authorizer: owned,
    hadConflict: hasConflict,
    ...(takenFrom !== undefined && { takenFrom }),
  }
}

/** That a binding was asked for in vain stands on the account until it is settled. */
async function noteConflict(
  transaction: Transaction,
  authorizer: Row,
  conflict: NonNullable<Authorizer['conflict']>,
): Promise<void> {
  const known = toAuthorizer(authorizer).conflict
  if (known && JSON.stringify(known) === JSON.stringify(conflict)) return
  await transaction.update('authorizers', authorizer._id, { set: { conflict: { ...conflict } } })
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
  if (!row || (row['endedAt'] !== undefined && row['endedAt'] !== null)) return 'linkEnded'
  if (!inviteId) return undefined
  const meant = word(row, 'accountType', bindableTypes)
  const field = spentFieldOf(meant === 'any' ? accountType : meant)
  const former = optionalText(row, field)
  if (former === appid) return undefined
  if (former !== undefined) return 'linkSpent'
  const other = accountTypes.find((type) => type !== accountType) ?? accountType
  const isLast = meant !== 'any' || optionalText(row, spentFieldOf(other)) !== undefined
  return { inviteId, spent: { [field]: appid, ...(isLast && { open: false }) } }
}

/** Ends what the authorizer was bound to before, be it under another account type of the same business. */
async function leave(transaction: Transaction, businessId: string, appid: string, exceptId: string): Promise<void> {
  for (const accountType of accountTypes) {
    const id = idOf(accountType, businessId)
    if (id === exceptId) continue
    const binding = await transaction.get('bindings', id)
    if (binding?.['appid'] === appid) await change(transaction, binding, ended)
  }
}

interface Place {
  readonly id: string
  readonly binding: Row | undefined
  readonly changed: boolean
}

/** The row after it; undefined where there was nothing to write. */
async function write(
  transaction: Transaction,
  { businessId, appid, accountType, attributes, importedBy, now }: BindRequest,
  { id, binding, changed }: Place,
  tell: (after: Row) => Happening,
): Promise<Row | undefined> {
  const former = importedBy !== undefined && binding ? toBinding(binding).attributes : {}
  const given = attributes && JSON.stringify({ ...former, ...attributes })
  const imported = importedBy !== undefined && { imported: { by: importedBy, outcome: changed ? 'bound' : 'updated' } }
  if (!binding) {
    const fields = { businessId, accountType, appid, status: 'bound', attributes: given ?? '{}' }
    const document = { ...fields, ...imported, _id: id, boundAt: toDate(now), pendingUntil: null }
    await transaction.insert('bindings', { ...document, ...firstRevision(tell(document)) })
    return { ...document, revision: 1 }
  }
  const isBound = !changed && binding['status'] === 'bound'
  if (isBound && (given === undefined || given === binding['attributes'])) return undefined
  const set = {
    appid,
    status: 'bound',
    ...imported,
    ...(given !== undefined && { attributes: given }),
    pendingUntil: null,
    ...(changed && { boundAt: toDate(now) }),
  }
  const after = { ...binding, ...set, revision: (revisionOf(binding) ?? 0) + 1 }
  await change(transaction, binding, set, ...(isBound ? [] : [tell(after)]))
  return after
}

/** The link that was open for either type has done its work. */
async function endPendingOfAnyType(transaction: Transaction, businessId: string): Promise<void> {
  const pending = await transaction.get('bindings', idOf('any', businessId))
  if (pending?.['status'] === 'pending') await change(transaction, pending, ended)
}

/** The account's binding ends, or goes on, with its authorization. `authorizer` is its row after the change. */
export async function followAuthorizer(transaction: Transaction, authorizer: Row, tell: TellOfBinding): Promise<void> {
  const businessId = optionalText(authorizer, 'businessId')
  if (businessId === undefined) return
  const status = authorizer['status'] === 'revoked' ? 'revoked' : 'bound'
  for (const accountType of accountTypes) {
    const binding = await transaction.get('bindings', idOf(accountType, businessId))
    if (binding?.['appid'] !== authorizer._id || binding['status'] === status) continue
    const set = { status }
    await change(transaction, binding, set, tell(toBinding({ ...binding, ...set }), toAuthorizer(authorizer)))
  }
}

export async function unbind(
  transaction: Transaction,
  businessId: string,
  accountType: AccountType,
  { appid, runId, who, now }: Parameters<BindingStore['unbind']>[2],
): Promise<boolean> {
  const binding = await transaction.get('bindings', idOf(accountType, businessId))
  if (binding?.['appid'] !== appid) return false
  await change(transaction, binding, { ...ended, endedBy: runId })
  const authorizer = await transaction.get('authorizers', appid)
  if (authorizer && optionalText(authorizer, 'businessId') === businessId)
    await transaction.update('authorizers', appid, {
      ...accountHappened('unbound', now, { businessId, who }),
      set: { businessId: null, conflict: null },
    })
  return true
}
