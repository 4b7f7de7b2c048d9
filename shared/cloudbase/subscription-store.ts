import type { Match, SubscriptionRecord, SubscriptionStore } from '../domain/stores/subscriptions.ts'
import { MINUTE, type EpochMs } from '../time.ts'
import type { Database } from './database.ts'
import { serverTime, type Row } from './requests.ts'
import { endLease, noLease, takeLease } from './leases.ts'
import { readPage } from './paging.ts'
import { flag, number, optionalText, optionalTime, present, text, textMap, time, toDate } from './row.ts'
import type { Vault } from './sealing.ts'
import { asSeen, changeSeen, firstRevision, revisionOf, type Seen } from './seen.ts'

const collection = 'subscriptions'
/** As long as a function may run. */
const LEASE_MS = MINUTE
/** More than the domain lets anybody make. */
const ALL = 100

const place = (id: string, field: 'secret' | 'formerSecret') => ({ collection, id, field })

export function createSubscriptionStore(database: Database, vault: Vault): SubscriptionStore {
  const openSecret = (row: Row, field: 'secret' | 'formerSecret'): string | undefined => {
    const sealed = optionalText(row, field)
    return sealed === undefined ? undefined : vault.open(sealed, place(row._id, field))
  }

  return {
    insert: ({ subscriptionId, url, match, enabled, secret }) =>
      database.insert(collection, {
        _id: subscriptionId,
        url,
        match: JSON.stringify(match),
        enabled,
        secret: vault.seal(secret, place(subscriptionId, 'secret')),
        failures: 0,
        createdAt: serverTime(),
        since: serverTime(),
        seenUntil: serverTime(),
        ...firstRevision(),
        ...noLease,
      }),

    async find(subscriptionId) {
      const row = await database.get(collection, subscriptionId)
      return row && toSubscription(row)
    },

    async all() {
      const rows = await database.find(collection, { _id: { gt: '' } }, { limit: ALL, orderBy: [['_id', 'asc']] })
      return rows.map(toSubscription)
    },

    list: (page) => readPage(database, { collection, sortedBy: '_id', query: {} }, page, toSubscription),

    async change(seen, { url, match, enabled, since }) {
      const wakes = enabled && !seen.enabled
      const begun = { since: serverTime(), seenUntil: serverTime(), failures: 0 }
      const set = {
        url,
        match: JSON.stringify(match),
        enabled,
        ...(since !== undefined && { since: since === 'now' ? serverTime() : toDate(since) }),
        ...(wakes && begun),
      }
      // A new address gets its chance at once.
      const unset = ['retryAt', ...(wakes ? ['failingSince', 'lastError', 'switchedOffAt'] : [])]
      return (await changeSeen(database, collection, seenIn(seen), { set, unset })) !== undefined
    },

    async rotate(subscriptionId, secret, formerUntil, rotatedBy) {
      for (;;) {
        const row = await database.get(collection, subscriptionId)
        if (!row) return false
        const former = openSecret(row, 'secret')
        const changed = await database.update(
          collection,
          { _id: subscriptionId, secret: text(row, 'secret') },
          {
            set: {
              secret: vault.seal(secret, place(subscriptionId, 'secret')),
              formerSecret:
                former === undefined ? undefined : vault.seal(former, place(subscriptionId, 'formerSecret')),
              formerSecretUntil: toDate(formerUntil),
              rotatedBy,
            },
          },
        )
        if (changed > 0) return true
      }
    },

    async remove(subscriptionId) {
      return (await database.remove(collection, { _id: subscriptionId })) > 0
    },

    async secrets(subscriptionId, now) {
      const row = await database.get(collection, subscriptionId)
      if (!row) return []
      const formerUntil = optionalTime(row, 'formerSecretUntil')
      const former = formerUntil !== undefined && formerUntil > now ? openSecret(row, 'formerSecret') : undefined
      return [openSecret(row, 'secret'), former].filter((secret) => secret !== undefined)
    },

    async claim(subscriptionId, owner) {
      const lease = await takeLease(database, { collection, id: subscriptionId, owner, ttl: LEASE_MS })
      return lease.kind === 'won' ? { subscription: toSubscription(lease.row), now: lease.now } : undefined
    },

    async noteSeen(seen, seenUntil) {
      await database.update(collection, asSeen(seenIn(seen)), { set: { seenUntil: toDate(seenUntil) } })
    },

    async noteHealth(seen, { failures, failingSince, retryAt, lastError }) {
      const set = { failures, failingSince: asDate(failingSince), retryAt: asDate(retryAt), lastError }
      await database.update(collection, asSeen(seenIn(seen)), { set })
    },

    async switchOff(seen, now) {
      await changeSeen(database, collection, seenIn(seen), { set: { enabled: false, switchedOffAt: toDate(now) } })
    },

    async release(subscriptionId, owner) {
      await endLease(database, { collection, id: subscriptionId, owner })
    },
  }
}

const seenIn = ({ subscriptionId, revision }: SubscriptionRecord): Seen => ({ id: subscriptionId, revision })

const asDate = (at: EpochMs | null): Date | null => (at === null ? null : toDate(at))

const toSubscription = (row: Row): SubscriptionRecord => ({
  subscriptionId: row._id,
  revision: revisionOf(row),
  url: text(row, 'url'),
  match: toMatch(row),
  enabled: flag(row, 'enabled'),
  createdAt: time(row, 'createdAt'),
  since: time(row, 'since'),
  seenUntil: time(row, 'seenUntil'),
  failures: number(row, 'failures'),
  ...present({
    failingSince: optionalTime(row, 'failingSince'),
    retryAt: optionalTime(row, 'retryAt'),
    lastError: optionalText(row, 'lastError'),
    switchedOffAt: optionalTime(row, 'switchedOffAt'),
    formerSecretUntil: optionalTime(row, 'formerSecretUntil'),
    rotatedBy: optionalText(row, 'rotatedBy'),
  }),
})

function toMatch(row: Row): Match {
  const { type, infoType, event, appid } = textMap(row, 'match')
  return present({ type, infoType, event, appid })
}
