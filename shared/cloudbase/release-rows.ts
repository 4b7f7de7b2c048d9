import {
  RECENT_RELEASES,
  releaseStates,
  type ReleaseChange,
  type ReleaseIntent,
  type ReleaseRecord,
} from '../domain/stores/releases.ts'
import type { EpochMs } from '../time.ts'
import type { Look } from './database.ts'
import { serverTime, toDate, type Change, type Row, type Value } from './requests.ts'
import {
  flag,
  json,
  number,
  optionalFields,
  optionalNumber,
  optionalProblem,
  optionalText,
  optionalTime,
} from './row.ts'
import { present, storedProblem, text, texts, time, word } from './row.ts'

export const toRelease = (row: Row): ReleaseRecord => ({
  releaseId: row._id,
  appid: text(row, 'appid'),
  number: number(row, 'number'),
  version: text(row, 'version'),
  description: text(row, 'description'),
  state: word(row, 'state', releaseStates),
  revision: number(row, 'revision'),
  createdAt: time(row, 'createdAt'),
  updatedAt: time(row, 'updatedAt'),
  ...present({
    templateId: optionalNumber(row, 'templateId'),
    extJson: optionalText(row, 'extJson'),
    auditId: optionalNumber(row, 'auditId'),
    auditBaseline: optionalNumber(row, 'auditBaseline'),
    submittedAt: optionalTime(row, 'submittedAt'),
    auditedAt: optionalTime(row, 'auditedAt'),
    releasedAt: optionalTime(row, 'releasedAt'),
    reason: optionalText(row, 'reason'),
    screenshots: Array.isArray(row['screenshots']) ? texts(row, 'screenshots') : undefined,
    runs: Array.isArray(row['runs']) ? texts(row, 'runs') : undefined,
    autoRelease: row['autoRelease'] === undefined ? undefined : flag(row, 'autoRelease'),
    grayPercentage: optionalNumber(row, 'grayPercentage'),
    graySince: optionalTime(row, 'graySince'),
    attemptAt: optionalTime(row, 'attemptAt'),
    intent: toIntent(row),
    who: optionalText(row, 'who'),
    rolloutId: optionalText(row, 'rolloutId'),
    checkedAt: optionalTime(row, 'checkedAt'),
    problem: optionalProblem(row, 'problem'),
  }),
  ...(row['submission'] !== undefined && { submission: json(row, 'submission') }),
})

function toIntent(row: Row): ReleaseIntent | undefined {
  const intent = optionalFields(row, 'intent')
  if (!intent) return undefined
  const kind = word(intent, 'kind', ['gray', 'cancelGray', 'rollback', 'withdraw'])
  return {
    kind,
    ...present({
      percentage: optionalNumber(intent, 'percentage'),
      before: optionalText(intent, 'before'),
    }),
  }
}

const times = ['submittedAt', 'auditedAt', 'releasedAt', 'checkedAt', 'graySince', 'attemptAt'] as const
const plain = [
  'state',
  'auditId',
  'auditBaseline',
  'reason',
  'autoRelease',
  'grayPercentage',
  'who',
  'rolloutId',
] as const

type Writable = { readonly [K in keyof ReleaseChange]: ReleaseChange[K] | null } & Pick<ReleaseRecord, 'rolloutId'>

/** The optional members of a release as they are stored; `null` takes one away. `due` marks rows that have a due time. */
export function storedFields(release: Writable): Required<Pick<Change, 'set' | 'unset'>> {
  const fields: Record<string, Value | undefined> = {
    problem: release.problem && storedProblem(release.problem),
    screenshots: release.screenshots && [...release.screenshots],
    runs: release.runs && [...release.runs],
    intent: release.attemptAt === undefined ? undefined : release.intent ? { ...release.intent } : null,
    heldUp: release.problem === null || release.state === 'superseded' ? null : release.heldUp,
    submission: release.submission === undefined ? undefined : JSON.stringify(release.submission),
  }
  for (const name of plain) fields[name] = release[name]
  for (const name of times) fields[name] = dateOf(release[name])
  const set = Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined && value !== null))
  const unset = Object.keys(fields).filter((name) => fields[name] === null)
  const due = release.dueAt === undefined ? {} : dueFields(release.dueAt)
  return { set: { ...set, ...due }, unset }
}

/** What is read of a release and when, and what is tried with it, changes nothing that is shown. */
const unseen = new Set([
  'checkedAt',
  'dueAt',
  'attemptAt',
  'intent',
  'who',
  'runs',
  'submission',
  'auditBaseline',
  'rolloutId',
])

/** The time of the last change, where this is one. */
export const changedNow = (change: ReleaseChange, now: EpochMs): { updatedAt?: Date } =>
  Object.keys(change).every((name) => unseen.has(name)) ? {} : { updatedAt: toDate(now) }

export const dueFields = (dueAt: EpochMs | null): { due: boolean; dueAt: Date | null } => ({
  due: dueAt !== null,
  dueAt: dueAt === null ? null : toDate(dueAt),
})

export const newestReleases = (appid: string) =>
  ({
    collection: 'releases',
    query: { appid },
    orderBy: [['number', 'desc']],
    limit: RECENT_RELEASES,
  }) satisfies Look

/** A new release as it is stored. `changedAt` is the database's own time of the last change: rollouts read on from there. */
export function newRow(
  release: ReleaseRecord,
  order: string,
  dueAt: EpochMs | null,
): { readonly _id: string } & Readonly<Record<string, Value | undefined>> {
  return {
    ...storedFields({ ...release, dueAt }).set,
    _id: release.releaseId,
    appid: release.appid,
    number: release.number,
    templateId: release.templateId,
    version: release.version,
    description: release.description,
    revision: release.revision,
    extJson: release.extJson,
    order,
    createdAt: toDate(release.createdAt),
    updatedAt: toDate(release.updatedAt),
    changedAt: serverTime(),
  }
}

const dateOf = (value: EpochMs | null | undefined): Date | null | undefined =>
  value === null || value === undefined ? value : toDate(value)
