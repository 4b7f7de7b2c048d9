import { authorizer } from '../domain/stores/authorizers.ts'
import type { AuthorizerFilter, AuthorizerStore, CurrentRelease } from '../domain/stores/authorizers.ts'
import { number, orElse, readMember, text, time, writeMembers } from '../domain/stores/forms.ts'
import { filingStateOf, type Watched } from '../domain/stores/notices.ts'
import { numberIn } from '../domain/stores/releases.ts'
import { toAuthorizer } from './to-authorizer.ts'
import { followAuthorizer } from './bindings-in-transaction.ts'
import type { Database } from './database.ts'
import { serverTime, toDate, type Change, type Condition, type Query } from './requests.ts'
import { present } from '../record.ts'
import { epochMs, fromUnixSeconds, type EpochMs } from '../time.ts'
import { accountHappened, readAccountHappened } from './happened.ts'
import { broughtBy } from './code-store.ts'
import { dueReadings } from './due.ts'
import { createGrants } from './grants.ts'
import { createSyncStore } from './sync-store.ts'
import { noLease } from './leases.ts'
import { NORMAL, profileMembers, sameStatus } from './profiles.ts'
import { createRecords } from './records.ts'
import type { Vault } from './sealing.ts'
import { changeSeen } from './revisions.ts'

const collection = 'authorizers'
/** So many attempts in a row are more than a bad moment. */
const FAILING = 5
/** Values of one `in`. */
const idsPerQuery = 500

const noTokens = { dueAt: null, tokenFence: 0, unresolved: false }
const tokenFields = ['accessToken', 'refreshToken', 'formerRefreshToken', 'refusalErrcode', 'refusalErrmsg', 'retryAt']

export function createAuthorizerStore(database: Database, vault: Vault): AuthorizerStore {
  const grants = createGrants(database, vault)
  const authorizers = createRecords(database, collection, toAuthorizer)

  return {
    find: (appid) => authorizers.get(appid),

    async findMany(appids) {
      const found = []
      for (let start = 0; start < appids.length; start += idsPerQuery) {
        const ids = appids.slice(start, start + idsPerQuery)
        found.push(...(await authorizers.find({ _id: { in: ids } }, { limit: ids.length })))
      }
      return found
    },

    async findByCode(codeId) {
      const [found] = await authorizers.find(broughtBy(codeId), { limit: 1 })
      return found
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
          .map((row) => [readMember(row, 'userName', text), row._id]),
      )
    },

    list(filter, page) {
      return authorizers.page({ sortedBy: '_id', query: conditionsOf(filter), within: among(filter) }, page)
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
      return (await Promise.all(wanted.map((query) => authorizers.find(query, { limit })))).flat()
    },

    async refusedOrReplaced(refusalErrcode, since) {
      const { refused, replaced } = await database.findEach({
        refused: { collection, query: { refusalErrcode } },
        replaced: {
          collection,
          query: { replacedAt: { gt: toDate(since) } },
          orderBy: [['replacedAt', 'desc']],
          fields: ['replacedAt'],
        },
      })
      const [last] = replaced ?? []
      return {
        isRefused: refused?.length === 1,
        ...(last && { replaced: { appid: last._id, at: readMember(last, 'replacedAt', time) } }),
      }
    },

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
      const updated = await database.update(
        collection,
        { _id: appid, ...(onlyIf === 'sameStatus' && sameStatus(profile)) },
        {
          ...(onlyIf === undefined && accountStatus !== undefined && standing(accountStatus, now)),
          set: profileMembers(profile, now),
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
        if (!row || readMember(row, 'eventTime', orElse(number, 0)) > eventTime) return false
        const set = { ...noLease, ...noTokens, status: 'revoked', eventTime, conflict: null }
        const happened = accountHappened({ kind: 'revoked', at: fromUnixSeconds(eventTime) })
        await transaction.update(collection, appid, { ...happened, set, unset: tokenFields, inc: { fence: 1 } })
        await followAuthorizer(transaction, toAuthorizer({ ...row, ...set }), tell)
        return true
      }),

    async setLive(appids, release, releasedAt) {
      const older: Query[] = [{ currentRelease: null }, { 'currentRelease.releasedAt': { lte: toDate(releasedAt) } }]
      await database.update(collection, { _id: { in: appids }, $or: older }, online(release, releasedAt))
    },

    async followLive({ appid, currentRelease, drift, readAt }, release, releasedAt) {
      const seen: Query = {
        readAt: readAt === undefined ? null : toDate(readAt),
        ...(currentRelease
          ? { 'currentRelease.releasedAt': toDate(currentRelease.releasedAt) }
          : { currentRelease: null }),
      }
      await database.update(collection, { _id: appid, ...seen }, online(release, releasedAt, currentRelease ?? drift))
    },

    async noteReading(appids, { profile, code, slow, dueAt }, now) {
      const set = {
        ...writeMembers(authorizer, {
          ...(profile && { profiledAt: now }),
          ...(code && { readAt: now }),
          ...(slow && { watchedAt: now }),
        }),
        ...(dueAt !== undefined && { readDueAt: toDate(dueAt) }),
      }
      await database.update(collection, { _id: { in: appids } }, { set })
    },

    async saveWatched({ appid: id, revision }, watched, ...happenings) {
      const change = { set: { ...writeMembers(authorizer, watched), noticed: isToNotice(watched) } }
      return (await changeSeen(database, collection, { id, revision }, change, ...happenings)) !== undefined
    },

    dueToRead: (limit, now) => authorizers.find(dueReadings(now), { limit, orderBy: [['readDueAt', 'asc']] }),
  }
}

/**
 * Of a version that was not released here, less is known, and it takes the place of the one that was. `ours` was online by our doing and is
 * not any more by another hand's: a version of its own is, or an older one of ours.
 */
function online(
  { number, templateId, source, version }: Parameters<AuthorizerStore['setLive']>[1],
  at?: EpochMs,
  ours?: CurrentRelease,
): Change {
  const known = { version, ...(at !== undefined && { releasedAt: at }) }
  const isLost = ours && (templateId === undefined || number < numberIn(ours.releaseId))
  const drift = isLost ? { drift: ours } : {}
  return templateId === undefined
    ? { set: writeMembers(authorizer, { elsewhere: known, ...drift }), unset: ['currentRelease'] }
    : {
        set: writeMembers(authorizer, {
          currentRelease: { releasedAt: epochMs(0), ...known, ...present({ source }), number, templateId },
          ...drift,
        }),
        unset: ['elsewhere', ...(isLost ? [] : ['drift'])],
      }
}

/** Finds the accounts that may have problems. */
const isToNotice = ({ notices, filing }: Watched): boolean =>
  notices.some((notice) => !notice.settled) || (filing !== undefined && filingStateOf(filing) === 'refused')

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
  accountHappened({ kind: code === NORMAL ? 'restored' : 'punished', at: now, code })

const anywhere = (text: string): Query[] =>
  ['nickName', '_id', 'businessId'].map((field) => ({ [field]: { contains: text } }))
