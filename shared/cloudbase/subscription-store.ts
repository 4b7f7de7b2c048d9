import { namesOfNull, reader, readMember, text, writeMembers } from '../domain/stores/forms.ts'
import { MOST_SUBSCRIPTIONS, subscription } from '../domain/stores/subscriptions.ts'
import type { SubscriptionRecord, SubscriptionStore } from '../domain/stores/subscriptions.ts'
import { epochMs, MINUTE, type EpochMs } from '../time.ts'
import type { Database } from './database.ts'
import { serverTime, toDate, type Row } from './requests.ts'
import { endLease, noLease, takeLease } from './leases.ts'
import { createRecords } from './records.ts'
import { createSealedMembers } from './sealed-members.ts'
import type { Vault } from './sealing.ts'
import { asSeen, changeSeen, firstRevision, type Seen } from './revisions.ts'

const collection = 'subscriptions'
/** As long as a function may run. */
const LEASE_MS = MINUTE

interface FormerSecret {
  readonly secret: string
  readonly until: EpochMs
}

const toSubscription = reader(subscription)

export function createSubscriptionStore(database: Database, vault: Vault): SubscriptionStore {
  const subscriptions = createRecords(database, collection, toSubscription)
  const secrets = createSealedMembers(vault, collection)

  /** Newest first, each on a line with its time. Rows of before hold one secret without. */
  const openFormer = (row: Row): readonly FormerSecret[] => {
    const { formerSecretUntil: until } = toSubscription(row)
    const opened = secrets.open(row, 'formerSecret')
    if (until === undefined || opened === undefined) return []
    return opened.split('\n').map((line) => {
      const [secret = '', itsUntil] = line.split(' ')
      return { secret, until: itsUntil === undefined ? until : epochMs(Number(itsUntil)) }
    })
  }

  return {
    insert: ({ subscriptionId, secret, ...input }) =>
      database.insert(collection, {
        ...writeMembers(subscription, input),
        _id: subscriptionId,
        secret: secrets.seal(subscriptionId, 'secret', secret),
        failures: 0,
        createdAt: serverTime(),
        since: serverTime(),
        seenUntil: serverTime(),
        ...firstRevision(),
        ...noLease,
      }),

    find: (subscriptionId) => subscriptions.get(subscriptionId),

    all: () => subscriptions.find({ _id: { gt: '' } }, { limit: MOST_SUBSCRIPTIONS, orderBy: [['_id', 'asc']] }),

    list: (page) => subscriptions.page({ sortedBy: '_id', query: {} }, page),

    async change(seen, { url, match, enabled, since }) {
      const wakes = enabled && !seen.enabled
      const begun = { since: serverTime(), seenUntil: serverTime(), failures: 0 }
      const set = {
        ...writeMembers(subscription, { url, match, enabled }),
        ...(since !== undefined && { since: since === 'now' ? serverTime() : toDate(since) }),
        ...(wakes && begun),
      }
      // A new address gets its chance at once.
      const unset = ['retryAt', ...(wakes ? ['failingSince', 'lastError', 'switchedOffAt'] : [])]
      return (await changeSeen(database, collection, seenIn(seen), { set, unset })) !== undefined
    },

    async rotate(subscriptionId, { secret, formerUntil, now, rotatedBy }) {
      for (;;) {
        const row = await database.get(collection, subscriptionId)
        if (!row) return false
        const present = secrets.open(row, 'secret')
        const former = [
          ...(present === undefined ? [] : [{ secret: present, until: formerUntil }]),
          ...openFormer(row).filter(({ until }) => until > now),
        ]
        const changed = await database.update(
          collection,
          { _id: subscriptionId, secret: readMember(row, 'secret', text) },
          {
            set: {
              secret: secrets.seal(subscriptionId, 'secret', secret),
              formerSecret: secrets.seal(subscriptionId, 'formerSecret', linesOf(former)),
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
      const former = openFormer(row).flatMap(({ secret, until }) => (until > now ? [secret] : []))
      return [secrets.open(row, 'secret') ?? [], former].flat()
    },

    async claim(subscriptionId, owner) {
      const lease = await takeLease(database, { collection, id: subscriptionId, owner, ttl: LEASE_MS })
      return lease.kind === 'won' ? { subscription: toSubscription(lease.row), now: lease.now } : undefined
    },

    async noteSeen(seen, seenUntil) {
      await database.update(collection, asSeen(seenIn(seen)), { set: { seenUntil: toDate(seenUntil) } })
    },

    async noteHealth(seen, health) {
      const change = { set: writeMembers(subscription, health), unset: namesOfNull(health) }
      await database.update(collection, asSeen(seenIn(seen)), change)
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

const linesOf = (former: readonly FormerSecret[]): string =>
  former.map(({ secret, until }) => `${secret} ${until}`).join('\n')
