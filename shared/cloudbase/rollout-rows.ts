import {
  itemStates,
  rolloutStates,
  type ItemState,
  type RolloutItem,
  type RolloutRecord,
} from '../domain/stores/rollouts.ts'
import type { Row } from './requests.ts'
import {
  flag,
  json,
  number,
  numbers,
  optionalFields,
  optionalNumber,
  optionalProblem,
  optionalText,
  optionalTime,
  present,
  text,
  texts,
  time,
  word,
} from './row.ts'

const wishes = ['release', 'rollback'] as const

export function toRollout(row: Row): RolloutRecord {
  const ext = json(row, 'ext')
  const setup = json(row, 'setup')
  return {
    rolloutId: row._id,
    revision: number(row, 'revision'),
    name: text(row, 'name'),
    templateId: number(row, 'templateId'),
    version: text(row, 'version'),
    description: text(row, 'description'),
    waves: numbers(row, 'waves'),
    nextWaveWhen: word(row, 'nextWaveWhen', ['approved', 'released']),
    quotaReserve: number(row, 'quotaReserve'),
    autoSubmit: flag(row, 'autoSubmit'),
    autoRelease: flag(row, 'autoRelease'),
    total: number(row, 'total'),
    state: word(row, 'state', rolloutStates),
    wave: number(row, 'wave'),
    counts: toCounts(optionalFields(row, 'counts') ?? {}),
    startedAt: time(row, 'startedAt'),
    ...present({
      maxFailures: optionalNumber(row, 'maxFailures'),
      endedAt: optionalTime(row, 'endedAt'),
      acceptedFailures: optionalNumber(row, 'acceptedFailures'),
      followedUntil: optionalTime(row, 'followedUntil'),
      wish: wishes.find((wish) => wish === row['wish']),
      wishWhileStill: row['wishWhileStill'] === undefined ? undefined : flag(row, 'wishWhileStill'),
      problem: optionalProblem(row, 'problem'),
      runs: Array.isArray(row['runs']) ? texts(row, 'runs') : undefined,
    }),
    ...(isObject(ext) && { ext }),
    ...(setup !== undefined && { setup }),
  }
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

export const toCounts = (found: Readonly<Record<string, unknown>>): Record<ItemState, number> => {
  const countOf = (state: ItemState): number => {
    const count = found[state]
    return typeof count === 'number' ? count : 0
  }
  return {
    pending: countOf('pending'),
    committing: countOf('committing'),
    committed: countOf('committed'),
    submitting: countOf('submitting'),
    auditing: countOf('auditing'),
    delayed: countOf('delayed'),
    rejected: countOf('rejected'),
    withdrawn: countOf('withdrawn'),
    approved: countOf('approved'),
    gray: countOf('gray'),
    released: countOf('released'),
    rolledBack: countOf('rolledBack'),
    failed: countOf('failed'),
    skipped: countOf('skipped'),
  }
}

export const toItem = (row: Row): RolloutItem => ({
  itemId: row._id,
  rolloutId: text(row, 'rolloutId'),
  appid: text(row, 'appid'),
  state: word(row, 'state', itemStates),
  revision: number(row, 'revision'),
  wave: number(row, 'wave'),
  ...present({ rejectedFor: optionalText(row, 'rejectedFor'), problem: optionalProblem(row, 'problem') }),
})
