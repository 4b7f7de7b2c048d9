import type { Problem, ProblemStore, UntoldProblem } from '../domain/stores/problems.ts'
import { groupBy } from '../grouping.ts'
import type { KeptProblem } from '../notice.ts'
import { SECOND } from '../time.ts'
import type { Database } from './database.ts'
import { untoldProblems } from './due.ts'
import { endLease, newLease, takeLease } from './leases.ts'
import { ofAccounts, readPage } from './paging.ts'
import type { Row } from './requests.ts'
import { flag, keptProblem, optionalText, optionalTime, present, storedProblem, time, toDate } from './row.ts'
import { changeSeen, firstRevision, nextRevision, revisionOf } from './seen.ts'

const collection = 'problems'
/** The service answers no more rows at once. */
const MOST_ROWS = 1000
const telling = { collection: 'platform', id: 'alerts' }
/** The robot has 8 s; the rest is for the database. */
const TELLING_MS = 30 * SECOND

/** A settled problem stays for a year. */
export function createProblemStore(database: Database): ProblemStore {
  return {
    async open({ problemId: _id, since, appid, about, ...problem }, ...happenings) {
      const fields = { ...storedProblem(problem), since: toDate(since), appid, about, closed: false, told: false }
      for (;;) {
        if (await database.insert(collection, { ...fields, ...firstRevision(...happenings), _id })) return true
        const seen = { set: { seenAt: toDate(since) } }
        if ((await database.update(collection, { _id, closed: false }, seen)) > 0) return false
        const row = await database.get(collection, _id)
        const again = { set: fields, unset: ['seenAt', 'closedAt'] }
        if (row && flag(row, 'closed') && (await changeSeen(database, collection, seenIn(row), again, ...happenings)))
          return true
      }
    },

    async setParams({ problemId, code, since }, params) {
      const seen = { _id: problemId, closed: false, since: toDate(since) }
      await database.update(collection, seen, { set: storedProblem({ code, params }) })
    },

    async close(problemId, now, tell) {
      for (;;) {
        // Mostly there is nothing to close, and a read is cheaper than a write.
        const row = await database.get(collection, problemId)
        if (!row || flag(row, 'closed')) return false
        // One that the robot was not told of ends as quietly as it began.
        const change = { set: { closed: true, closedAt: toDate(now), told: !flag(row, 'told') } }
        if (await changeSeen(database, collection, seenIn(row), change, ...tell(toProblem(row)))) return true
      }
    },

    async find(problemId) {
      const row = await database.get(collection, problemId)
      return row && !flag(row, 'closed') ? toProblem(row) : undefined
    },

    async newest(limit) {
      const rows = await database.find(collection, { closed: false }, { limit, orderBy: [['since', 'desc']] })
      return rows.map(toProblem)
    },

    list({ appids, code }, page) {
      const wanted = { ...ofAccounts(appids), ...(code !== undefined && { code }) }
      return readPage(database, { collection, sortedBy: '_id', query: { closed: false, ...wanted } }, page, toProblem)
    },

    async accountsOf(code) {
      const rows = await database.find(collection, { closed: false, code }, { limit: MOST_ROWS })
      return rows.map(toProblem).flatMap(({ appid }) => appid ?? [])
    },

    async untold(limit) {
      const rows = await database.find(collection, untoldProblems, { limit, orderBy: [['since', 'asc']] })
      return rows.map((row) => ({ ...toProblem(row), revision: revisionOf(row), closed: flag(row, 'closed') }))
    },

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

const seenIn = (row: Row) => ({ id: row._id, revision: revisionOf(row) })

/** Rows of before have the rollout behind a colon. */
function codeOf(row: Row): KeptProblem & Pick<Problem, 'about'> {
  const problem = keptProblem(row)
  const [code = '', about] = problem.code.split(':')
  return { ...problem, code, ...(about !== undefined && { about }) }
}

export const toProblem = (row: Row): Problem => ({
  problemId: row._id,
  ...codeOf(row),
  since: time(row, 'since'),
  ...present({
    appid: optionalText(row, 'appid'),
    about: optionalText(row, 'about'),
    seenAt: optionalTime(row, 'seenAt'),
  }),
})
