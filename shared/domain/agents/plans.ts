import { Failure } from '../../errors.ts'
import { Notice } from '../../notice.ts'
import { after, epochMs, MINUTE, toIso, type EpochMs } from '../../time.ts'
import { canonical, presentable } from '../callers/activity.ts'
import type { Admitted } from '../operation.ts'
import { databaseTime, newestFirst, type Platform } from '../platform.ts'
import { lookAt } from './plan-snapshot.ts'

/*
 * A confirmation: `<id>.<end>.<what was seen>.<signature>`. The signature ties it to the key, the tool and the input. That it is used once
 * is decided by the database: whoever comes first writes its id.
 */

const LASTS_MS = 10 * MINUTE

/** The tool as it was called. */
export interface Planned {
  readonly tool: string
  readonly admitted: Admitted
}

interface Confirmation {
  readonly id: string
  readonly expiresAt: EpochMs
  readonly seen: string
}

const needsPerson = ({ caller: { key } }: Admitted): boolean => key?.confirmBy === 'person'

const sign = ({ ids }: Platform, { tool, admitted }: Planned, { id, expiresAt, seen }: Confirmation) => {
  const { caller, name, input } = admitted
  const bound = [id, String(expiresAt), seen, caller.identity, tool, name, ids.hash(canonical(input))]
  return ['confirmation', JSON.stringify(bound)] as const
}

/** What would be done, to be shown and handed back with its confirmation. Where a person must approve it, one write. */
export async function makePlan(platform: Platform, planned: Planned): Promise<object> {
  const { admitted } = planned
  const { ids } = platform
  const seen = await lookAt(platform, admitted)
  const confirmation = {
    id: ids.random(),
    expiresAt: after(databaseTime(platform), LASTS_MS),
    seen: ids.hash(canonical(seen)),
  }
  const { id, expiresAt } = confirmation
  const { name: operation, input, role, caller } = admitted
  const byPerson = needsPerson(admitted)
  if (byPerson)
    await platform.stores.confirmations.put({
      confirmationId: id,
      keyId: caller.key?.keyId ?? '',
      operation,
      role,
      input: JSON.stringify(presentable(input)),
      seen: JSON.stringify(presentable(seen)),
      lastsMs: LASTS_MS,
      order: newestFirst(platform),
    })
  return {
    plan: { operation, input, seen },
    confirmation: [id, expiresAt, confirmation.seen, ids.sign(...sign(platform, planned, confirmation))].join('.'),
    expiresAt: toIso(expiresAt),
    ...(byPerson && { confirmationId: id }),
    next: new Notice('CONFIRMATION_NEEDED', byPerson ? { confirmationId: id } : {}),
  }
}

/** Spends the confirmation. Throws unless it is this plan's, was approved where it must be, and all is as it was. */
export async function takeConfirmation(platform: Platform, planned: Planned, shown: string): Promise<void> {
  const { admitted } = planned
  const confirmation = read(platform, planned, shown)
  const { id, expiresAt, seen } = confirmation
  const { confirmations } = platform.stores
  if (databaseTime(platform) >= expiresAt) throw refused('CONFIRMATION_OVER')
  const byPerson = needsPerson(admitted)
  if (byPerson) {
    const known = await confirmations.find(id)
    if (!known) throw refused('CONFIRMATION_USED')
    if (known.state === 'waiting') throw refused('CONFIRMATION_WAITING')
    if (known.state === 'denied') throw refused('CONFIRMATION_DENIED')
  }
  if (platform.ids.hash(canonical(await lookAt(platform, admitted))) !== seen) throw refused('WORLD_CHANGED')
  const isFirst = byPerson ? await confirmations.takeApproved(id) : await confirmations.take(id, expiresAt)
  if (isFirst) return
  // It is still there: the database's clock says that it is over.
  throw refused(byPerson && (await confirmations.find(id)) ? 'CONFIRMATION_OVER' : 'CONFIRMATION_USED')
}

function read(platform: Platform, planned: Planned, shown: string): Confirmation {
  const [id = '', end = '', seen = '', signature = '', ...rest] = shown.split('.')
  const confirmation = { id, expiresAt: epochMs(Number(end)), seen }
  const isOurs = rest.length === 0 && /^\d{1,15}$/.test(end)
  if (!isOurs || !platform.ids.verify(...sign(platform, planned, confirmation), signature))
    throw refused('CONFIRMATION_NOT_VALID')
  return confirmation
}

type Why =
  | 'CONFIRMATION_NOT_VALID'
  | 'CONFIRMATION_OVER'
  | 'CONFIRMATION_USED'
  | 'CONFIRMATION_WAITING'
  | 'CONFIRMATION_DENIED'
  | 'WORLD_CHANGED'

const refused = (reason: Why): Failure => new Failure({ reason, field: 'confirmation' })
