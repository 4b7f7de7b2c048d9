import { accountTypes, type Authorizer } from '../domain/stores/authorizers.ts'
import { binding as description, bindingIdOf } from '../domain/stores/bindings.ts'
import type { BindingRecord, BindRequest, BindResult, Standing, TellOfBinding } from '../domain/stores/bindings.ts'
import { reader, writeMembers, type ChangeOf } from '../domain/stores/forms.ts'
import { outcome, spentFieldOf } from '../domain/stores/invites.ts'
import type { Happening } from '../domain/stores/outbox.ts'
import { present } from '../record.ts'
import type { Database, Together } from './database.ts'
import { accountHappened } from './happened.ts'
import { noLease } from './leases.ts'
import { profileMembers, sameStatus } from './profiles.ts'
import type { Change, Query, Value } from './requests.ts'
import { asSeen, firstRevision, nextRevision } from './revisions.ts'
import { toAuthorizer } from './to-authorizer.ts'

/*
 * An authorizer's `businessId` and a binding's `appid` say the same from both ends and change together, with the page and the link that
 * brought the account: what is to be written is decided over what was seen, and every write is guarded by it.
 */

export const ended = { status: 'none', appid: null, boundAt: null, pendingUntil: null } as const

/** Undefined where somebody wrote in between. */
export async function bindAsSeen(
  database: Database,
  standing: Standing,
  request: BindRequest,
  tell: TellOfBinding,
): Promise<BindResult | undefined> {
  const { businessId, appid, accountType, replace, who, now, profile } = request
  const { authorizer, bindings } = standing
  if (!authorizer) return { kind: 'noAuthorizer' }
  const link = linkOf(standing, request)
  if (link === 'linkEnded' || link === 'linkSpent') return { kind: link }
  const { businessId: formerBusiness, conflict, ...account } = authorizer
  const takenFrom = formerBusiness === businessId ? undefined : formerBusiness
  if (takenFrom !== undefined && !replace)
    return refuse(database, authorizer, request, { kind: 'authorizerTaken', businessId: takenFrom })

  const changes: Together[] = []
  const binding = bindings.find((one) => one.accountType === accountType)
  const boundAppid = binding?.appid
  if (boundAppid !== undefined && boundAppid !== appid) {
    if (request.within && !request.within.includes(boundAppid)) return { kind: 'outside' }
    const row = await database.get('authorizers', boundAppid)
    const other = row && toAuthorizer(row)
    const isLet = replace || !other || other.status === 'revoked'
    if (!isLet) return refuse(database, authorizer, request, { kind: 'businessTaken', appid: boundAppid })
    if (other?.businessId === businessId) changes.push(changeAuthorizer(other, { set: { businessId: null } }))
  }

  if (formerBusiness !== undefined)
    for (const former of await bindingsOf(database, formerBusiness, standing, request))
      // Be it under another account type of the same business.
      if (former.appid === appid && (former.accountType !== accountType || takenFrom !== undefined))
        changes.push(changeBinding(former, ended))
  if (formerBusiness !== businessId || conflict || profile)
    changes.push(
      changeAuthorizer(
        authorizer,
        {
          ...(formerBusiness !== businessId &&
            accountHappened({ kind: 'bound', at: now, businessId, ...present({ who }) })),
          set: { businessId, conflict: null, ...(profile && profileMembers(profile, now)) },
        },
        profile && sameStatus(profile),
      ),
    )
  const changed = formerBusiness !== businessId || boundAppid !== appid
  const owned = { ...account, businessId }
  const after = bindingAfter(request, { binding, changed }, (record) => tell(record, owned))
  if (after.write) changes.push(after.write)
  // The link that was open for either type has done its work.
  const pending = bindings.find((one) => one.accountType === 'any' && one.status === 'pending')
  if (pending) changes.push(changeBinding(pending, ended))
  changes.push(...(link?.writes(owned) ?? []))
  if (!(await database.changeTogether(changes))) return undefined
  return {
    kind: 'bound',
    changed,
    binding: after.binding,
    written: after.write !== undefined,
    authorizer: owned,
    hadConflict: conflict !== undefined,
    ...(takenFrom !== undefined && { takenFrom }),
  }
}

/** That a binding was asked for in vain stands on the account until it is settled. */
async function refuse(
  database: Database,
  authorizer: Authorizer,
  { businessId, importedBy }: BindRequest,
  result: Extract<BindResult, { kind: 'authorizerTaken' | 'businessTaken' }>,
): Promise<BindResult | undefined> {
  const other = result.kind === 'authorizerTaken' ? result.businessId : result.appid
  const conflict = { businessId, kind: result.kind, with: other }
  const isNoted = JSON.stringify(authorizer.conflict) === JSON.stringify(conflict)
  if (importedBy !== undefined || isNoted) return result
  return (await database.changeTogether([changeAuthorizer(authorizer, { set: { conflict } })])) ? result : undefined
}

/** Whose it is, and whether it may be anybody's. */
function changeAuthorizer(
  { appid, status, businessId, conflict }: Authorizer,
  change: Change,
  besides: Query = {},
): Together {
  const seen = { businessId: businessId ?? null, 'conflict.businessId': conflict?.businessId ?? null }
  return { collection: 'authorizers', guard: { ...besides, ...seen, _id: appid, status }, change }
}

function changeBinding(
  { accountType, businessId, revision }: BindingRecord,
  set: Readonly<Record<string, Value>>,
  ...happenings: Happening[]
): Together {
  const guard = asSeen({ id: bindingIdOf(accountType, businessId), revision })
  return { collection: 'bindings', guard, change: nextRevision(revision, { set }, ...happenings) }
}

async function bindingsOf(
  database: Database,
  businessId: string,
  { bindings }: Standing,
  request: BindRequest,
): Promise<readonly BindingRecord[]> {
  if (businessId === request.businessId) return bindings
  const ids = accountTypes.map((type) => bindingIdOf(type, businessId))
  return (await database.find('bindings', { _id: { in: ids } }, { limit: ids.length })).map(reader(description))
}

interface Link {
  /** What becomes of the page and its link if this binds. */
  readonly writes: (owned: Authorizer) => readonly Together[]
}

/** Undefined where it comes through no page. */
function linkOf(
  { invite, page }: Standing,
  { page: asked, accountType, appid }: BindRequest,
): Link | 'linkEnded' | 'linkSpent' | undefined {
  if (!asked) return undefined
  if (!page || !invite || page.endedAt !== undefined || invite.endedAt !== undefined) return 'linkEnded'
  const { codeId = null, outcomeOf } = asked
  const meant = invite.accountType
  const field = spentFieldOf(meant === 'any' ? accountType : meant)
  const former = invite[field]
  if (former !== undefined && former !== appid) return 'linkSpent'
  const other = accountTypes.find((type) => type !== accountType) ?? accountType
  const isLast = meant !== 'any' || invite[spentFieldOf(other)] !== undefined
  const spent: Together = {
    collection: 'invites',
    guard: { _id: invite.inviteId, endedAt: null, [field]: null },
    change: { set: { [field]: appid, ...(isLast && { open: false }) } },
  }
  return {
    writes: (owned) => [
      ...(former === undefined ? [spent] : []),
      {
        collection: 'states',
        guard: { _id: page.stateId, endedAt: null },
        change: { set: { ...noLease, outcome: outcome.write(outcomeOf(owned)), pushedCodeId: codeId } },
      },
    ],
  }
}

/** Nothing is written where it is so already. */
function bindingAfter(
  { businessId, appid, accountType, attributes, importedBy, now }: BindRequest,
  { binding, changed }: { readonly binding: BindingRecord | undefined; readonly changed: boolean },
  tell: (after: BindingRecord) => Happening,
): { readonly binding: BindingRecord; readonly write?: Together } {
  const { pendingUntil: _, ...known } = binding ?? { businessId, accountType, status: 'none', attributes: {} }
  const given = attributes && { ...(importedBy !== undefined && known.attributes), ...attributes }
  const isBound = binding?.status === 'bound' && !changed
  if (isBound && (!given || JSON.stringify(given) === JSON.stringify(binding.attributes))) return { binding }
  const change = {
    appid,
    status: 'bound',
    ...(given && { attributes: given }),
    ...(importedBy !== undefined && { imported: { by: importedBy, outcome: changed ? 'bound' : 'updated' } }),
    ...(changed && { boundAt: now }),
  } satisfies ChangeOf<typeof description>
  const after: BindingRecord = { ...known, ...change, revision: (known.revision ?? 0) + 1 }
  const happenings = isBound ? [] : [tell(after)]
  if (binding) {
    const set = { ...writeMembers(description, change), pendingUntil: null }
    return { binding: after, write: changeBinding(binding, set, ...happenings) }
  }
  const document = {
    ...writeMembers(description, after),
    ...firstRevision(...happenings),
    _id: bindingIdOf(accountType, businessId),
    pendingUntil: null,
  }
  return { binding: after, write: { collection: 'bindings', document } }
}
