import type { AuthorizerFilter, AuthorizerStore, CurrentRelease } from '../domain/stores/authorizers.ts'
import { toAuthorizer } from './authorizer-rows.ts'
import { followAuthorizer } from './bindings-in-transaction.ts'
import type { Database } from './database.ts'
import { serverTime, toDate, type Change, type Condition, type Query } from './requests.ts'
import { epochMs, fromUnixSeconds, type EpochMs } from '../time.ts'
import { accountHappened, readAccountHappened } from './happened.ts'
import { dueReadings } from './due.ts'
import { createGrants } from './grants.ts'
import { createSyncStore } from './sync-store.ts'
import { noLease } from './leases.ts'
import { storedWatched } from './notice-rows.ts'
import { readPage } from './paging.ts'
import { optionalNumber, text } from './row.ts'
import type { Vault } from './sealing.ts'
import { changeSeen } from './seen.ts'

const collection = 'authorizers'
/** So many attempts in a row are more than a bad moment. */
const FAILING = 5
/** `account_status` of an account that nothing is wrong with; one that was never read counts as such. */
const NORMAL = 1
/** Values of one `in`. */
const idsPerQuery = 500

const noTokens = { dueAt: null, tokenFence: 0, unresolved: false }
const tokenFields = ['accessToken', 'refreshToken', 'formerRefreshToken', 'refusalErrcode', 'refusalErrmsg', 'retryAt']

export function createAuthorizerStore(database: Database, vault: Vault): AuthorizerStore {
  const grants = createGrants(database, vault)

  return {
    async find(appid) {
      const row = await database.get(collection, appid)
      return row && toAuthorizer(row)
    },

    async findMany(appids) {
      const rows = []
      for (let start = 0; start < appids.length; start += idsPerQuery) {
        const ids = appids.slice(start, start + idsPerQuery)
        rows.push(...(await database.find(collection, { _id: { in: ids } }, { limit: ids.length })))
      }
      return rows.map(toAuthorizer)
    },

    async findByCode(codeId) {
      const [row] = await database.find(collection, { codeId }, { limit: 1 })
      return row && toAuthorizer(row)
    },
    async ownersAround(userName, limit) {
      const look = { collection, fields: ['userName'], limit }
      const found = await database.findEach(
        {
          from: { ...look, query: { userName: { gte: userName } }, orderBy: [['userName', 'asc']] },
          before: { ...look, query: { userName: { gt: '', lt: userName } }, orderBy: [['userName', 'desc']] },
        },
        { collection, query: { userName: { gt: '' } } },
      )
      return new Map(
        Object.values(found)
          .flat()
          .map((row) => [text(row, 'userName'), row._id]),
      )
    },

    list(filter, page) {
      const list = { collection, sortedBy: '_id', query: conditionsOf(filter), within: among(filter) }
      return readPage(database, list, page, toAuthorizer)
    },

    countListed: (filter) => database.count(collection, { ...conditionsOf(filter), _id: { ...among(filter), gt: '' } }),

    async scan(filter, afterAppid, limit) {
      const query = { ...conditionsOf(filter), _id: { ...among(filter), gt: afterAppid } }
      const look = { collection, query, orderBy: [['_id', 'asc'] as const], limit, fields: shownInLists }
      const { found = [] } = await database.findEach({ found: look })
      return found.map(toAuthorizer)
    },

    count: (status) => database.count(collection, { status }),

    async inTrouble(limit) {
      const kinds: Query[] = [
        { status: 'reauthorize' },
        { failures: { gte: FAILING } },
        { 'conflict.businessId': { gt: '' } },
        { accountStatus: { gt: NORMAL } },
        { noticed: true },
      ]
      // Mostly there are none.
      const looks = Object.fromEntries(kinds.map((query, at) => [`kind${at}`, { collection, query }]))
      const there = await database.findEach(looks)
      const wanted = kinds.filter((_, at) => there[`kind${at}`]?.length !== 0)
      const found = await Promise.all(wanted.map((query) => database.find(collection, query, { limit })))
      return found.flat().map(toAuthorizer)
    },

    isAnyRefused: async (refusalErrcode) =>
      (await database.find(collection, { refusalErrcode }, { limit: 1 })).length > 0,

    async happenedTo(appid) {
      const row = await database.get(collection, appid)
      return row && readAccountHappened(row)
    },

    async forgetConflict({ appid, conflict }) {
      if (!conflict) return
      const seen = Object.fromEntries(Object.entries(conflict).map(([name, value]) => [`conflict.${name}`, value]))
      await database.update(collection, { _id: appid, ...seen }, { set: { conflict: null } })
    },

    ...createSyncStore(database),

    saveGrant: grants.save,
    saveWithoutTokens: grants.saveWithout,
    adoptRefreshToken: grants.adopt,

    async saveProfile(appid, profile, now, onlyIf) {
      const { accountStatus } = profile
      const isSame = accountStatus === NORMAL ? { in: [null, NORMAL] } : accountStatus
      const guard = onlyIf === 'sameStatus' && isSame !== undefined ? { accountStatus: isSame } : {}
      const updated = await database.update(
        collection,
        { _id: appid, ...guard },
        {
          ...(onlyIf === undefined && accountStatus !== undefined && standing(accountStatus, now)),
          set: {
            nickName: profile.nickName,
            principalName: profile.principalName,
            accountType: profile.accountType,
            userName: profile.userName,
            funcInfo: profile.funcInfo && [...profile.funcInfo],
            profiledAt: toDate(now),
            accountStatus,
          },
        },
      )
      return updated > 0
    },

    async saveFuncInfo(appid, funcInfo) {
      await database.update(collection, { _id: appid }, { set: { funcInfo: [...funcInfo] } })
    },

    async raiseEventTime(appid, eventTime) {
      const updated = await database.update(
        collection,
        { _id: appid, eventTime: { lte: eventTime } },
        { set: { eventTime, provenAt: null, eventTakenAt: serverTime() } },
      )
      return updated > 0
    },

    revoke: (appid, eventTime, tell) =>
      database.transaction(async (transaction) => {
        const row = await transaction.get(collection, appid)
        if (!row || (optionalNumber(row, 'eventTime') ?? 0) > eventTime) return false
        const set = { ...noLease, ...noTokens, status: 'revoked', eventTime, conflict: null }
        const happened = accountHappened('revoked', fromUnixSeconds(eventTime))
        await transaction.update(collection, appid, { ...happened, set, unset: tokenFields, inc: { fence: 1 } })
        await followAuthorizer(transaction, { ...row, ...set }, tell)
        return true
      }),

    async setLive(appids, release, releasedAt) {
      const older: Query[] = [{ currentRelease: null }, { 'currentRelease.releasedAt': { lte: toDate(releasedAt) } }]
      await database.update(collection, { _id: { in: appids }, $or: older }, online(release, releasedAt))
    },

    async followLive({ appid, currentRelease, readAt }, release, releasedAt) {
      const seen: Query = {
        readAt: readAt === undefined ? null : toDate(readAt),
        ...(currentRelease
          ? { 'currentRelease.releasedAt': toDate(currentRelease.releasedAt) }
          : { currentRelease: null }),
      }
      await database.update(collection, { _id: appid, ...seen }, online(release, releasedAt, currentRelease))
    },

    async noteReading(appids, { profile, code, slow, dueAt }, now) {
      const set = {
        ...(profile && { profiledAt: toDate(now) }),
        ...(code && { readAt: toDate(now) }),
        ...(slow && { watchedAt: toDate(now) }),
        ...(dueAt !== undefined && { readDueAt: toDate(dueAt) }),
      }
      await database.update(collection, { _id: { in: appids } }, { set })
    },

    async saveWatched({ appid: id, revision }, watched, ...happenings) {
      const change = { set: storedWatched(watched) }
      return (await changeSeen(database, collection, { id, revision }, change, ...happenings)) !== undefined
    },

    async dueToRead(limit, now) {
      const rows = await database.find(collection, dueReadings(now), { limit, orderBy: [['readDueAt', 'asc']] })
      return rows.map(toAuthorizer)
    },
  }
}

/** Of a version that was not released here, less is known, and it takes the place of the one that was: by another hand's doing, of `ours`. */
function online(
  { number, templateId, version }: Parameters<AuthorizerStore['setLive']>[1],
  at?: EpochMs,
  ours?: CurrentRelease,
): Change {
  const known = { version, ...(at !== undefined && { releasedAt: toDate(at) }) }
  return templateId === undefined
    ? {
        set: { elsewhere: known, ...(ours && { drift: { ...ours, releasedAt: toDate(ours.releasedAt) } }) },
        unset: ['currentRelease'],
      }
    : {
        set: { currentRelease: { releasedAt: toDate(epochMs(0)), ...known, number, templateId } },
        unset: ['elsewhere', 'drift'],
      }
}

const shownInLists = [
  'status',
  'accountType',
  'nickName',
  'authorizedAt',
  'businessId',
  'currentRelease',
  'elsewhere',
  'drift',
  'readAt',
]

const conditionsOf = ({ status, query }: AuthorizerFilter): Query => ({
  ...(status !== undefined && { status }),
  ...(query !== undefined && query !== '' && { $or: anywhere(query) }),
})

const among = ({ appids }: AuthorizerFilter): Condition => (appids ? { in: appids } : {})

const standing = (code: number, now: EpochMs): Change =>
  accountHappened(code === NORMAL ? 'restored' : 'punished', now, { code })

const anywhere = (text: string): Query[] =>
  ['nickName', '_id', 'businessId'].map((field) => ({ [field]: { contains: text } }))
