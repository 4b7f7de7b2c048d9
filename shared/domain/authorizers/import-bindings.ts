import { forEachConcurrently } from '../../concurrency.ts'
import { Failure, isFailure } from '../../errors.ts'
import { noticeOf, problemOf } from '../../notice.ts'
import type { Run } from '../callers/activity.ts'
import { databaseTime, type Platform } from '../platform.ts'
import { closeProblem } from '../problems/problems.ts'
import type { Authorizer } from '../stores/authorizers.ts'
import { writingOutcomes, type BindingRecord, type BindResult } from '../stores/bindings.ts'
import { areTooMany, tooManyAttributes } from './attribute-limit.ts'
import { toldBinding } from './binding-views.ts'
import { refusalOf } from './binding-conflicts.ts'
import { isBindable, notAuthorized, notBindable, standingOf, typeOf, withdrawn } from './bindings.ts'

export const importOutcomes = [...writingOutcomes, 'unchanged', 'conflict', 'unknown'] as const

type Outcome = (typeof importOutcomes)[number]

export interface ImportedItem {
  readonly businessId: string
  readonly appid: string
  readonly attributes?: Readonly<Record<string, string>> | undefined
}

interface Judged {
  readonly outcome: Outcome
  /** A run of this call that died has written it. */
  readonly isDone?: boolean
  readonly problem?: Failure
}

/** What is known of all items before the first is written. */
interface Known {
  readonly authorizers: ReadonlyMap<string, Authorizer>
  /** By account type and business. */
  readonly bindings: ReadonlyMap<string, BindingRecord>
}

/** Each takes a transaction of its own. */
const AT_ONCE = 8

/** Ties known authorizers to businesses, each item by itself: what fails in between is completed by asking again. */
export async function importBindings(
  platform: Platform,
  { items, dryRun = false }: { readonly items: readonly ImportedItem[]; readonly dryRun?: boolean | undefined },
  run: Run,
) {
  const known = await readKnown(platform, items)
  const judged = items.map((item) => judge(known, item, run))
  const failures: unknown[] = []
  if (!dryRun)
    await forEachConcurrently([...items.entries()], AT_ONCE, async ([index, item]) => {
      const { outcome, isDone = false } = judged[index] ?? {}
      if (failures.length > 0 || isDone || (outcome !== 'bound' && outcome !== 'updated')) return
      try {
        judged[index] = await write(platform, item, known, run)
      } catch (error) {
        failures.push(error)
      }
    })
  if (failures.length > 0) throw failures[0]
  const count = (outcome: Outcome): number => judged.filter((one) => one.outcome === outcome).length
  return {
    items: items.map(({ businessId, appid }, index) => {
      const { outcome = 'unknown', problem } = judged[index] ?? {}
      return { businessId, appid, outcome, ...(problem && { problem: noticeOf(problemOf(problem)) }) }
    }),
    counts: {
      bound: count('bound'),
      updated: count('updated'),
      unchanged: count('unchanged'),
      conflict: count('conflict'),
      unknown: count('unknown'),
    },
  }
}

const placeOf = ({ accountType }: Pick<Authorizer, 'accountType'>, businessId: string): string =>
  `${accountType}:${businessId}`

async function readKnown({ stores }: Platform, items: readonly ImportedItem[]): Promise<Known> {
  const [named, records] = await Promise.all([
    stores.authorizers.findMany(items.map(({ appid }) => appid)),
    stores.bindings.ofBusinesses(items.map(({ businessId }) => businessId)),
  ])
  const authorizers = new Map(named.map((authorizer) => [authorizer.appid, authorizer]))
  const others = records.flatMap(({ appid }) => (appid === undefined || authorizers.has(appid) ? [] : [appid]))
  for (const other of await stores.authorizers.findMany(others)) authorizers.set(other.appid, other)
  const bindings = new Map(
    records.flatMap((record) =>
      record.accountType === 'any'
        ? []
        : [[placeOf({ accountType: record.accountType }, record.businessId), record] as const],
    ),
  )
  return { authorizers, bindings }
}

function judge(
  { authorizers, bindings }: Known,
  { businessId, appid, attributes }: ImportedItem,
  { activityId, begunBefore }: Run,
): Judged {
  const authorizer = authorizers.get(appid)
  if (!authorizer) return unknown(notAuthorized())
  if (authorizer.status === 'revoked') return unknown(withdrawn())
  if (authorizer.profiledAt !== undefined && !isBindable(authorizer.accountType))
    return unknown(notBindable(authorizer.accountType))
  if (authorizer.businessId !== undefined && authorizer.businessId !== businessId)
    return conflict({ kind: 'authorizerTaken', businessId: authorizer.businessId }, { businessId, appid })
  const record = bindings.get(placeOf(authorizer, businessId))
  const holder = record?.appid
  if (holder !== undefined && holder !== appid) {
    const isHeld = (authorizers.get(holder)?.status ?? 'revoked') !== 'revoked'
    if (isHeld) return conflict({ kind: 'businessTaken', appid: holder }, { businessId, appid })
  }
  if (holder !== appid || record?.status !== 'bound') return { outcome: 'bound' }
  const { imported } = record
  if (begunBefore !== undefined && imported?.by === activityId) return { outcome: imported.outcome, isDone: true }
  const after = { ...record.attributes, ...attributes }
  if (areTooMany(after)) return { outcome: 'conflict', problem: tooManyAttributes() }
  const isSame = Object.entries(after).every(([name, value]) => record.attributes[name] === value)
  return { outcome: isSame ? 'unchanged' : 'updated' }
}

const unknown = (problem: Failure): Judged => ({ outcome: 'unknown', problem })

type InTheWay = Extract<BindResult, { kind: 'authorizerTaken' | 'businessTaken' | 'outside' }>

function conflict(result: InTheWay, item: ImportedItem): Judged {
  const isOutside = result.kind === 'outside'
  const problem = isOutside ? new Failure('APPIDS_NOT_COVERED', { field: 'businessId' }) : refusalOf(item, result)
  return { outcome: 'conflict', problem }
}

/** Somebody else may have changed it since all were read: what stands then counts. */
async function write(
  platform: Platform,
  item: ImportedItem,
  { authorizers }: Known,
  { activityId, caller: { identity: who, appids: within } }: Run,
): Promise<Judged> {
  const authorizer = authorizers.get(item.appid)
  if (!authorizer) return unknown(notAuthorized())
  let accountType
  try {
    accountType = await typeOf(platform, authorizer)
  } catch (error) {
    if (isFailure(error) && !error.retryable) return unknown(error)
    throw error
  }
  const request = { ...item, accountType, replace: false, importedBy: activityId, who, within }
  let result
  while (!result) {
    const standing = await standingOf(platform, item)
    result = await platform.stores.bindings.bind(
      standing,
      { ...request, now: databaseTime(platform) },
      toldBinding(platform),
    )
  }
  if (result.kind === 'noAuthorizer' || result.kind === 'linkEnded' || result.kind === 'linkSpent')
    return unknown(notAuthorized())
  if (result.kind !== 'bound') return conflict(result, item)
  if (authorizer.conflict) await closeProblem(platform, 'BINDING_CONFLICT', item.appid)
  if (result.changed) return { outcome: 'bound' }
  return { outcome: result.written ? 'updated' : 'unchanged' }
}
