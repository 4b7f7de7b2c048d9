import { accountTypes, type AccountType, type Authorizer } from '../domain/stores/authorizers.ts'
import { binding as description, bindingIdOf } from '../domain/stores/bindings.ts'
import type { BindingRecord, BindingStore, TellOfBinding } from '../domain/stores/bindings.ts'
import { reader } from '../domain/stores/forms.ts'
import type { Happening } from '../domain/stores/outbox.ts'
import { ended } from './bind-as-seen.ts'
import type { Transaction } from './database.ts'
import { accountHappened } from './happened.ts'
import type { Value } from './requests.ts'
import { nextRevision } from './revisions.ts'
import { toAuthorizer } from './to-authorizer.ts'

const toBinding = reader(description)

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
