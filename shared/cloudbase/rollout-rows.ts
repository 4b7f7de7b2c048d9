import * as v from 'valibot'
import {
  guardStates,
  itemStates,
  rolloutStates,
  warningCodes,
  type ItemState,
  type RolloutItem,
  type RolloutRecord,
} from '../domain/stores/rollouts.ts'
import type { Row } from './requests.ts'
import { toSettings } from './template-settings-store.ts'
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
  word,
} from './row.ts'
import { epochMs } from '../time.ts'
import { isRecord } from '../record.ts'

const wishes = ['release', 'rollback'] as const

const quietHours = v.object({ from: v.string(), to: v.string(), timeZone: v.string() })
const guard = v.pipe(
  v.string(),
  v.parseJson(),
  v.object({
    maxErrorGrowth: v.number(),
    newErrors: v.boolean(),
    minUsers: v.number(),
    watchMinutes: v.number(),
    noDataHours: v.number(),
    noData: v.picklist(['wait', 'goOn']),
    then: v.picklist(['pause', 'rollback']),
  }),
)

const moment = v.pipe(v.number(), v.transform(epochMs))
const shares = { share: v.exactOptional(v.number()), formerShare: v.exactOptional(v.number()) }

const watch = v.pipe(
  v.string(),
  v.parseJson(),
  v.object({
    state: v.picklist(guardStates),
    wave: v.number(),
    step: v.number(),
    since: v.exactOptional(moment),
    againAt: v.exactOptional(moment),
    judgedAt: v.exactOptional(moment),
    figures: v.exactOptional(
      v.object({
        merchants: v.number(),
        compared: v.number(),
        users: v.number(),
        ...shares,
        growth: v.exactOptional(v.number()),
        newErrors: v.array(v.object({ message: v.string(), users: v.number() })),
      }),
    ),
    history: v.array(
      v.object({
        at: moment,
        state: v.picklist(guardStates),
        wave: v.number(),
        step: v.exactOptional(v.number()),
        ...shares,
      }),
    ),
    reading: v.exactOptional(v.unknown()),
  }),
)

const variables = v.pipe(v.string(), v.parseJson(), v.record(v.string(), v.string()))

export function toRollout(row: Row): RolloutRecord {
  const ext = json(row, 'ext')
  const extJson = json(row, 'extJson')
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
    ...present({
      maxFailures: optionalNumber(row, 'maxFailures'),
      canary: optionalNumber(row, 'canary'),
      gray: Array.isArray(row['gray']) ? numbers(row, 'gray') : undefined,
      startAt: optionalTime(row, 'startAt'),
      startedAt: optionalTime(row, 'startedAt'),
      endedAt: optionalTime(row, 'endedAt'),
      acceptedFailures: optionalNumber(row, 'acceptedFailures'),
      followedUntil: optionalTime(row, 'followedUntil'),
      wish: wishes.find((wish) => wish === row['wish']),
      wishWhileStill: row['wishWhileStill'] === undefined ? undefined : flag(row, 'wishWhileStill'),
      problem: optionalProblem(row, 'problem'),
      runs: Array.isArray(row['runs']) ? texts(row, 'runs') : undefined,
    }),
    ...(isRecord(ext) && { ext }),
    ...(isRecord(extJson) && { extJson }),
    ...(row['extVars'] !== undefined && { extVars: v.parse(variables, row['extVars']) }),
    ...(row['settings'] !== undefined && { settings: toSettings(row) }),
    ...(Array.isArray(row['allow']) && { allow: warningCodes.filter((code) => texts(row, 'allow').includes(code)) }),
    ...(setup !== undefined && { setup }),
    ...(row['guard'] !== undefined && { guard: v.parse(guard, row['guard']) }),
    ...(row['watch'] !== undefined && { watch: v.parse(watch, row['watch']) }),
    ...(row['quietHours'] !== undefined && { quietHours: v.parse(quietHours, row['quietHours']) }),
  }
}

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
  ...present({
    rejectedFor: optionalText(row, 'rejectedFor'),
    problem: optionalProblem(row, 'problem'),
    submission: json(row, 'submission'),
  }),
})
