import { optional, reader, readMember, time, writeMembers } from '../domain/stores/forms.ts'
import { notedProblem, type ProblemStore, type UntoldProblem } from '../domain/stores/problems.ts'
import { groupBy } from '../grouping.ts'
import { SECOND } from '../time.ts'
import type { Database } from './database.ts'
import { untoldProblems } from './due.ts'
import { endLease, newLease, takeLease } from './leases.ts'
import { ofAccounts } from './paging.ts'
import { createRecords } from './records.ts'
import { toDate, type Row } from './requests.ts'
import { changeSeen, firstRevision, nextRevision } from './revisions.ts'

const collection = 'problems'
/** The service answers no more rows at once. */
const MOST_ROWS = 1000
const telling = { collection: 'platform', id: 'alerts' }
/** The robot has 8 s; the rest is for the database. */
const TELLING_MS = 30 * SECOND

/** A settled problem stays for a year. */
export function createProblemStore(database: Database): ProblemStore {
  const problems = createRecords(database, collection, toProblem)
  return {
    async open(problem, ...happenings) {
      const { problemId: _id, since, params = {} } = problem
      const fields = { ...writeMembers(notedProblem, { ...problem, params }), closed: false, told: false }
      for (;;) {
        if (await database.insert(collection, { ...fields, ...firstRevision(...happenings), _id })) return true
        const seen = { set: { seenAt: toDate(since) } }
        if ((await database.update(collection, { _id, closed: false }, seen)) > 0) return false
        const known = await problems.get(_id)
        const again = { set: fields, unset: ['seenAt', 'closedAt'] }
        if (known?.closed && (await changeSeen(database, collection, seenIn(known), again, ...happenings))) return true
      }
    },

    async setParams({ problemId, code, since }, params) {
      const seen = { _id: problemId, closed: false, since: toDate(since) }
      await database.update(collection, seen, { set: writeMembers(notedProblem, { code, params }) })
    },

    async close(problemId, now, tell) {
      for (;;) {
        // Mostly there is nothing to close, and a read is cheaper than a write.
        const problem = await problems.get(problemId)
        if (!problem || problem.closed) return false
        // One that the robot was not told of ends as quietly as it began.
        const change = { set: { closed: true, closedAt: toDate(now), told: !problem.told } }
        if (await changeSeen(database, collection, seenIn(problem), change, ...tell(problem))) return true
      }
    },

    async find(problemId) {
      const problem = await problems.get(problemId)
      return problem?.closed ? undefined : problem
    },

    async closedAt(problemId) {
      const row = await database.get(collection, problemId)
      return row?.['closed'] === true ? readMember(row, 'closedAt', optional(time)) : undefined
    },

    newest: (limit) => problems.find({ closed: false }, { limit, orderBy: [['since', 'desc']] }),

    list({ appids, code }, page) {
      const wanted = { ...ofAccounts(appids), ...(code !== undefined && { code }) }
      return problems.page({ sortedBy: '_id', query: { closed: false, ...wanted } }, page)
    },

    async accountsOf(code) {
      const found: string[] = []
      for (let after = ''; ;) {
        const query = { closed: false, code, _id: { gt: after } }
        const page = await problems.find(query, { limit: MOST_ROWS, orderBy: [['_id', 'asc']] })
        found.push(...page.flatMap(({ appid }) => appid ?? []))
        const last = page.at(-1)
        if (!last || page.length < MOST_ROWS) return found
        after = last.problemId
      }
    },

    untold: (limit) => problems.find(untoldProblems, { limit, orderBy: [['since', 'asc']] }),

    async claimTelling(owner) {
      const lease = await takeLease(database, { ...telling, owner, ttl: TELLING_MS })
      if (lease.kind !== 'missing') return lease.kind === 'won'
      return database.insert(telling.collection, { _id: telling.id, ...newLease(owner, TELLING_MS) })
    },

    async releaseTelling(owner) {
      await endLease(database, { ...telling, owner })
    },

    async told(problems) {
      for (const [revision, group] of groupBy(problems, (problem) => problem.revision)) {
        const guard = { _id: { in: group.map(({ problemId }) => problemId) }, revision: revision ?? null }
        const noted = await database.update(collection, guard, nextRevision(revision, { set: { told: true } }))
        if (noted < group.length) for (const problem of group) await tellOfEnd(database, problem)
      }
    },
  }
}

/** One that ended quietly while the robot was being told of it is to be told as solved. */
async function tellOfEnd(database: Database, { problemId, closed, since }: UntoldProblem): Promise<void> {
  const guard = { _id: problemId, closed: true, told: true, since: toDate(since) }
  if (!closed) await database.update(collection, guard, { set: { told: false }, inc: { revision: 1 } })
}

const seenIn = ({ problemId, revision }: UntoldProblem) => ({ id: problemId, revision })

const readProblem = reader(notedProblem)

/** Rows of before have the rollout behind a colon. */
export function toProblem(row: Row): UntoldProblem {
  const problem = readProblem(row)
  const [code = '', about] = problem.code.split(':')
  return { ...(about !== undefined && { about }), ...problem, code }
}
