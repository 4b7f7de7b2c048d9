import type { AuthorizerStore, Grant } from '../domain/stores/authorizers.ts'
import type { TellOfBinding } from '../domain/stores/bindings.ts'
import { isFailure } from '../errors.ts'
import { nextTurnOf, soonAfter } from '../daily-turn.ts'
import { after, epochMs, SECOND, type EpochMs } from '../time.ts'
import { number, optional, orElse, readMember, text, time, writeMembers } from '../domain/stores/forms.ts'
import { accountHappening } from '../domain/stores/happened.ts'
import { toAuthorizer } from './to-authorizer.ts'
import { followAuthorizer } from './bindings-in-transaction.ts'
import type { SealedMember } from './collections.ts'
import type { Database } from './database.ts'
import { serverTime, toDate, type Row, type Value } from './requests.ts'
import { accountHappened } from './happened.ts'
import { noLease } from './leases.ts'
import { createSealedMembers } from './sealed-members.ts'
import type { Vault } from './sealing.ts'

const collection = 'authorizers'
type GrantDetails = Parameters<AuthorizerStore['saveGrant']>[1]

/** The tokens must not be lost for want of one answer: so often a save is tried. Repeating it changes nothing. */
const saveAttempts = 3
const pauseMs = 150

const epoch = new Date(epochMs(0))

/** What every new set of tokens puts an end to. */
const refusalFields = ['refusalErrcode', 'refusalErrmsg', 'retryAt']

export interface Grants {
  save: AuthorizerStore['saveGrant']
  adopt: AuthorizerStore['adoptRefreshToken']
  saveWithout: AuthorizerStore['saveWithoutTokens']
}

export function createGrants(database: Database, vault: Vault): Grants {
  const { seal, open } = createSealedMembers(vault, collection)
  /** Undefined as well for a value that cannot be opened: it is about to be replaced. */
  const tryOpen = (row: Row, field: SealedMember<'authorizers'>): string | undefined => {
    try {
      return open(row, field)
    } catch (error) {
      if (isFailure(error)) return undefined
      throw error
    }
  }

  const grantFields = (grant: Grant, details: GrantDetails, seen: Row | undefined) => {
    const overlaps = seen !== undefined && (readMember(seen, 'tokenSavedAt', optional(time)) ?? 0) > details.startedAt
    const other = overlaps ? tryOpen(seen, 'refreshToken') : undefined
    const stillAuthorized = seen !== undefined && seen['status'] !== 'revoked' && seen['authorizedAt'] instanceof Date
    const fence = (seen ? readMember(seen, 'fence', orElse(number, 0)) : 0) + 1
    const set: Record<string, Value | undefined> = {
      ...noLease,
      status: 'active',
      fence,
      tokenFence: fence,
      accessToken: seal(grant.appid, 'accessToken', grant.accessToken),
      refreshToken: seal(grant.appid, 'refreshToken', grant.refreshToken),
      formerRefreshToken: other === undefined ? null : seal(grant.appid, 'formerRefreshToken', other),
      expiresAt: overlaps ? epoch : toDate(after(details.now, grant.expiresInSeconds * SECOND)),
      dueAt: toDate(overlaps ? details.now : details.dueAt),
      tokenSavedAt: serverTime(),
      failures: 0,
      unresolved: false,
      funcInfo: [...grant.funcInfo],
      codeId: details.codeId,
      usedAt: toDate(details.now),
      eventTime: Math.max(details.eventTime, seen ? eventTimeOf(seen) : 0),
      provenAt: details.provenAt ?? null,
      authorizedAt: stillAuthorized ? undefined : toDate(details.now),
    }
    return set
  }

  const insert = async (grant: Grant, details: GrantDetails): Promise<Row | undefined> => {
    const document = {
      ...grantFields(grant, details, undefined),
      readDueAt: toDate(nextTurnOf(grant.appid, details.now)),
      happened: [authorized(details.now)],
      _id: grant.appid,
      businessId: null,
      firstCodeId: details.codeId,
    }
    return (await database.insert(collection, document)) ? document : undefined
  }

  /** Undefined: somebody wrote in between. */
  const saveOnce = async (grant: Grant, details: GrantDetails, tell: TellOfBinding): Promise<Row | undefined> => {
    const { appid } = grant
    const born = details.isKnown ? undefined : await insert(grant, details)
    if (born) return born
    const isSaved = (seen: Row): boolean =>
      seen['codeId'] === details.codeId && tryOpen(seen, 'refreshToken') === grant.refreshToken
    const seen = await database.get(collection, appid)
    if (!seen) return insert(grant, details)
    if (isSaved(seen)) return seen
    if (seen['status'] === 'revoked')
      return database.transaction(async (transaction) => {
        const row = await transaction.get(collection, appid)
        if (!row || isSaved(row)) return row
        const set = grantFields(grant, details, row)
        await transaction.update(collection, appid, {
          ...accountHappened({ kind: 'authorized', at: details.now }),
          set,
          unset: refusalFields,
        })
        const saved = withSet(row, set)
        await followAuthorizer(transaction, toAuthorizer(saved), tell)
        return saved
      })
    const set = grantFields(grant, details, seen)
    const guard = { _id: appid, status: { neq: 'revoked' }, fence: readMember(seen, 'fence', optional(number)) ?? null }
    return database.updateAndReturn(collection, guard, { set, unset: refusalFields })
  }

  return {
    async save(grant, details, tell) {
      for (let failed = 0; ;) {
        try {
          const saved = await saveOnce(grant, details, tell)
          if (saved) return toAuthorizer(saved)
        } catch (error) {
          if (++failed === saveAttempts || !isFailure(error, 'STORAGE_UNAVAILABLE')) throw error
          await new Promise((resolve) => setTimeout(resolve, failed * pauseMs))
        }
      }
    },

    async saveWithout({ appid, funcInfo }, { codeId, eventTime, now }) {
      const known = { funcInfo: [...funcInfo], codeId }
      const row = { ...noLease, ...known, status: 'reauthorize', dueAt: null, failures: 0, unresolved: false }
      const isNew = await database.insert(collection, {
        ...row,
        _id: appid,
        fence: 1,
        tokenFence: 0,
        eventTime,
        businessId: null,
        authorizedAt: toDate(now),
      })
      if (isNew) return
      const withoutTokens = { _id: appid, refreshToken: { exists: false } }
      if ((await database.update(collection, withoutTokens, { set: { ...row, eventTime } })) === 0)
        await database.update(collection, { _id: appid }, { set: known })
    },

    async adopt(appid, refreshToken, { authorizedAt, now, eventTime = 0 }, tell) {
      const fields = {
        ...noLease,
        status: 'active',
        refreshToken: seal(appid, 'refreshToken', refreshToken),
        expiresAt: epoch,
        dueAt: toDate(now),
        usedAt: toDate(now),
        failures: 0,
        unresolved: false,
        authorizedAt: toDate(authorizedAt),
      }
      const isNew = { fence: 1, tokenFence: 0, eventTime, businessId: null }
      if (!(await database.get(collection, appid)))
        return database.insert(collection, {
          ...fields,
          ...isNew,
          readDueAt: toDate(soonAfter(now)),
          happened: [authorized(authorizedAt)],
          _id: appid,
        })
      return database.transaction(async (transaction) => {
        const seen = await transaction.get(collection, appid)
        if (!seen) return false
        const isWanted = readMember(seen, 'refreshToken', optional(text)) === undefined || seen['status'] !== 'active'
        const isTheRefusedOne = tryOpen(seen, 'refreshToken') === refreshToken
        if (!isWanted || isTheRefusedOne) return false
        const set = {
          ...fields,
          fence: readMember(seen, 'fence', number) + 1,
          tokenFence: 0,
          eventTime: Math.max(eventTime, eventTimeOf(seen)),
          provenAt: null,
        }
        await transaction.update(collection, appid, {
          set,
          unset: [...refusalFields, 'accessToken', 'formerRefreshToken'],
        })
        await followAuthorizer(transaction, toAuthorizer({ ...seen, ...set }), tell)
        return true
      })
    },
  }
}

const eventTimeOf = (row: Row): number => readMember(row, 'eventTime', orElse(number, 0))

const authorized = (at: EpochMs) => writeMembers(accountHappening, { kind: 'authorized', at })

/** The row as it is after such a change. */
const withSet = (row: Row, set: Readonly<Record<string, Value | undefined>>): Row => ({
  ...row,
  ...Object.fromEntries(Object.entries(set).filter(([, value]) => value !== undefined)),
})
