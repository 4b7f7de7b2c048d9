import type { DueStore } from '../domain/stores/due.ts'
import { outboxSources } from '../domain/stores/outbox.ts'
import { optional, reader, readMember, time } from '../domain/stores/forms.ts'
import { MOST_SUBSCRIPTIONS, subscription } from '../domain/stores/subscriptions.ts'
import { epochMs, type EpochMs } from '../time.ts'
import type { Database, Look } from './database.ts'
import {
  dueDeliveries,
  duePushes,
  dueReadings,
  dueReleases,
  dueRollouts,
  unfinishedPushes,
  untoldProblems,
} from './due.ts'
import { newestTickets, ticketType } from './push-store.ts'
import type { Row } from './requests.ts'

const { match, since, seenUntil, retryAt } = subscription
const matching = { match, since, seenUntil, retryAt }

const newest = (collection: string, field: string, query: Look['query']): Look => ({
  collection,
  query,
  orderBy: [[field, 'desc']],
  fields: [field],
})

export function createDueStore(database: Database): DueStore {
  return {
    async look(now) {
      const found = await database.findEach({
        pushes: { collection: 'pushes', query: duePushes(now) },
        unfinished: { collection: 'pushes', query: unfinishedPushes },
        releases: { collection: 'releases', query: dueReleases(now) },
        rollouts: { collection: 'rollouts', query: dueRollouts(now) },
        readings: { collection: 'authorizers', query: dueReadings(now) },
        deliveries: { collection: 'deliveries', query: dueDeliveries(now) },
        untoldProblems: { collection: 'problems', query: untoldProblems },
        subscriptions: {
          collection: 'subscriptions',
          query: { enabled: true },
          limit: MOST_SUBSCRIPTIONS,
          fields: Object.keys(matching),
        },
        ...Object.fromEntries(
          outboxSources.map((source) => [untoldOf(source), newest(source, 'untold', { untold: { gt: new Date(0) } })]),
        ),
        push: newest('pushes', 'receivedAt', { type: { neq: ticketType } }),
        ticket: { ...newest('pushes', 'createTime', newestTickets), fields: ['receivedAt'] },
        problem: newest('problems', 'since', { closed: false }),
        ticketProblem: { collection: 'problems', query: { _id: 'TICKET_OVERDUE', closed: false } },
      })
      const rows = (name: string): readonly Row[] => found[name] ?? []
      const isThere = (name: string): boolean => rows(name).length > 0
      const timeOf = (name: string, field: string): EpochMs | undefined => {
        const [row] = rows(name)
        return row && readMember(row, field, optional(time))
      }
      const untold = outboxSources.flatMap((source) => timeOf(untoldOf(source), 'untold') ?? [])
      return {
        pushes: isThere('pushes'),
        unfinished: isThere('unfinished'),
        releases: isThere('releases'),
        rollouts: isThere('rollouts'),
        readings: isThere('readings'),
        deliveries: isThere('deliveries'),
        untoldProblems: isThere('untoldProblems'),
        subscriptions: rows('subscriptions').map(reader(matching)),
        newestUntoldAt: untold.length === 0 ? undefined : epochMs(Math.max(...untold)),
        newestPushAt: timeOf('push', 'receivedAt'),
        newestTicketAt: timeOf('ticket', 'receivedAt'),
        newestProblemAt: timeOf('problem', 'since'),
        isTicketOverdue: isThere('ticketProblem'),
      }
    },
  }
}

const untoldOf = (source: string): string => `untold_${source}`
