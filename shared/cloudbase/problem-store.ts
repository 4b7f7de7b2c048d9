import type { Problem, ProblemStore, UntoldProblem } from '../domain/stores/problems.ts'
import { groupBy } from '../grouping.ts'
import type { KeptProblem } from '../notice.ts'
import { SECOND } from '../time.ts'
import type { Database } from './database.ts'
import { endLease, newLease, takeLease } from './leases.ts'
import type { Row } from './requests.ts'
import { flag, keptProblem, optionalText, optionalTime, present, storedProblem, time, toDate } from './row.ts'
import { changeSeen, firstRevision, nextRevision, revisionOf } from './seen.ts'

const collection = 'problems'
const telling = { collection: 'platform', id: 'alerts' }
/** The robot has 8 s; the rest is for the database. */
const TELLING_MS = 30 * SECOND

const idOf = (code: string, about: string | undefined): string => (about === undefined ? code : `${code}:${about}`)

/** A settled problem stays for a year. */
export function createProblemStore(database: Database): ProblemStore {
  return {
    async open({ since, appid, about, ...problem }, happening) {
      const _id = idOf(problem.code, appid ?? about)
      const fields = { ...storedProblem(problem), since: toDate(since), appid, about, closed: false, told: false }
      for (;;) {
        if (await database.insert(collection, { ...fields, ...firstRevision(happening), _id })) return true
        const seen = { set: { seenAt: toDate(since) } }
        if ((await database.update(collection, { _id, closed: false }, seen)) > 0) return false
        const row = await database.get(collection, _id)
        const again = { set: fields, unset: ['seenAt', 'closedAt'] }
        if (row && flag(row, 'closed') && (await changeSeen(database, collection, seenIn(row), again, happening)))
          return true
      }
    },

    async setParams(code, appid, params) {
      const set = storedProblem({ code, params })
      await database.update(collection, { _id: idOf(code, appid), closed: false }, { set })
    },

    async close(code, about, now, happening) {
      for (;;) {
        // Mostly there is nothing to close, and a read is cheaper than a write.
        const row = await database.get(collection, idOf(code, about))
        if (!row || flag(row, 'closed')) return false
        // One that the robot was not told of ends as quietly as it began.
        const change = { set: { closed: true, closedAt: toDate(now), told: !flag(row, 'told') } }
        if (await changeSeen(database, collection, seenIn(row), change, happening(toProblem(row)))) return true
      }
    },

    async list(limit) {
      const rows = await database.find(collection, { closed: false }, { limit, orderBy: [['since', 'desc']] })
      return rows.map(toProblem)
    },

    async untold(limit) {
      const rows = await database.find(collection, { told: false }, { limit, orderBy: [['since', 'asc']] })
      return rows.map((row) => ({ ...toProblem(row), ...seenIn(row), closed: flag(row, 'closed') }))
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
        const guard = { _id: { in: group.map(({ id }) => id) }, revision: revision ?? null }
        const noted = await database.update(collection, guard, nextRevision(revision, { set: { told: true } }))
        if (noted < group.length) for (const problem of group) await tellOfEnd(database, problem)
      }
    },
  }
}

/** One that ended quietly while the robot was being told of it is to be told as solved. */
async function tellOfEnd(database: Database, { id, closed, since }: UntoldProblem): Promise<void> {
  const guard = { _id: id, closed: true, told: true, since: toDate(since) }
  if (!closed) await database.update(collection, guard, { set: { told: false }, inc: { revision: 1 } })
}

const seenIn = (row: Row) => ({ id: row._id, revision: revisionOf(row) })

/** Rows of before have the rollout behind a colon. */
function codeOf(row: Row): KeptProblem & Pick<Problem, 'about'> {
  const problem = keptProblem(row)
  const [code = '', about] = problem.code.split(':')
  return { ...problem, code, ...(about !== undefined && { about }) }
}

const toProblem = (row: Row): Problem => ({
  ...codeOf(row),
  since: time(row, 'since'),
  ...present({
    appid: optionalText(row, 'appid'),
    about: optionalText(row, 'about'),
    seenAt: optionalTime(row, 'seenAt'),
  }),
})
