import type { ErrorCode } from '../../error-codes.ts'
import { Failure, isFailure } from '../../errors.ts'
import { Notice } from '../../notice.ts'
import { isReason } from '../../reasons.ts'
import { SECOND, type EpochMs } from '../../time.ts'
import type { Caller } from './caller.ts'
import { newestFirst, type Platform } from '../platform.ts'
import type { ActivityClaim, NewActivity, RunEnd } from '../stores/activity.ts'
import type { Role } from '../stores/admins.ts'

/** What a use case knows about the attempt it is part of. */
export interface Run {
  readonly caller: Caller
  /** When an earlier attempt began of which it is not known what it did: read back before anything is repeated. */
  readonly begunBefore: EpochMs | undefined
  /** Names this run; the same for every attempt under one idempotency key. */
  readonly activityId: string
  /** What an earlier attempt noted with `remember`: what only the time before it shows. One write. */
  readonly remembered: string | undefined
  remember(memo: string): Promise<void>
}

/** Who asks for a step; of a run that is repeated, it is found what its former attempt did. */
export interface Asked {
  readonly who: string
  /** `Run.activityId` */
  readonly runId?: string
}

export const askedIn = ({ activityId, caller }: Run): Asked => ({ runId: activityId, who: caller.identity })

/** Of an operation that changes nothing. */
export const readingRun = (caller: Caller): Run => ({
  caller,
  begunBefore: undefined,
  activityId: '',
  remembered: undefined,
  remember: () => Promise.resolve(),
})

interface Request {
  readonly caller: Caller
  readonly operation: string
  /** That the operation asks for: whoever has less sees only part of the input in the log. */
  readonly role: Role
  readonly input: object
  readonly key: string | undefined
  /** Whether the use case can find out what an earlier attempt did. */
  readonly readsBack: boolean
}

type Answer =
  | { readonly ok: true; readonly data: unknown }
  | {
      readonly ok: false
      readonly error: {
        readonly code: ErrorCode
        readonly reason?: string | undefined
        readonly params?: Failure['params']
        /** Of an answer that was kept before there were reasons. */
        readonly message?: string | undefined
        readonly hint?: string | undefined
        readonly field?: string | undefined
        readonly wechat?: Failure['wechat']
        /** Of the call that was answered with it first: repeated with the rest. */
        readonly requestId?: string | undefined
      }
    }

const POLL_MS = 300

/** Then the caller is told to come back: whoever died at it holds it for longer. */
const MAX_WAIT_MS = 20 * SECOND

const MAX_KEPT_BYTES = 1024 * 1024

/**
 * Runs a changing operation once per idempotency key, and once for identical calls for one appid that overlap.
 * The record is intent, idempotency record and log entry in one.
 */
export async function runOnce(
  platform: Platform,
  request: Request,
  work: (run: Run) => Promise<unknown>,
): Promise<unknown> {
  const activity = await describe(platform, request)
  const claim = await claimRun(platform, activity)
  if (claim.kind === 'done') return unwrap(parseAnswer(claim.answer))
  const { id, fence, begunBefore, memo } = claim
  const { data, error } = await attempt(request, begunBefore, () =>
    work({
      caller: request.caller,
      begunBefore,
      activityId: id,
      remembered: memo,
      remember: (text) => platform.stores.activity.remember(id, fence, text),
    }),
  )
  const answer = answerOf(platform, data, error)
  await platform.stores.activity.finish(id, fence, {
    answer: kept(answer),
    outcome: answer.ok ? 'ok' : answer.error.code,
    // Without a key nobody comes back for another attempt: those who wait get this answer.
    end: error !== undefined && activity.keyed ? endOf(error, begunBefore !== undefined, request.readsBack) : 'done',
  })
  if (error !== undefined) throw error
  return data
}

type Claimed = Extract<ActivityClaim, { kind: 'won' | 'done' }>

/** Waits where the same call is under way. */
async function claimRun(platform: Platform, activity: NewActivity): Promise<Claimed> {
  const { stores, ids } = platform
  const begun = platform.clock()
  const hasTime = (): boolean => Math.abs(platform.clock() - begun) < MAX_WAIT_MS - POLL_MS
  for (let id = activity.id; ;) {
    const claim = await stores.activity.claim({ ...activity, id })
    if (claim.kind === 'won' || claim.kind === 'done') return claim
    if (claim.kind === 'otherInput') throw new Failure('KEY_REUSED', { field: 'idempotencyKey' })
    if (claim.kind === 'over') id = ids.hash('run', activity.slot, id)
    else {
      for (let left = claim.remaining; left > 0; left -= POLL_MS) {
        if (!hasTime()) throw new Failure('CALL_UNDER_WAY')
        await platform.sleep(Math.min(POLL_MS, left + 1))
        if (!(await stores.activity.isHeld(id))) break
      }
    }
  }
}

interface Attempt {
  readonly data?: unknown
  readonly error?: unknown
}

/** Under its key nothing is sent where an earlier attempt may have acted and nothing tells. */
async function attempt(
  { readsBack, key }: Request,
  begunBefore: EpochMs | undefined,
  work: () => Promise<unknown>,
): Promise<Attempt> {
  if (begunBefore !== undefined && !readsBack && key !== undefined) return { error: new Failure('OUTCOME_UNKNOWN') }
  try {
    return { data: (await work()) ?? {} }
  } catch (error) {
    const isLost = !readsBack && isFailure(error, 'WECHAT_UNAVAILABLE') && error.outcomeUnknown
    return { error: isLost ? new Failure('OUTCOME_UNKNOWN', { wechat: error.wechat, cause: error }) : error }
  }
}

/** What was certainly not done frees the key; what may have been done is looked at by the next attempt. */
function endOf(error: unknown, isRepeated: boolean, readsBack: boolean): RunEnd {
  if (isFailure(error) && !error.retryable) return 'done'
  const mayHaveActed = !isFailure(error) || error.outcomeUnknown || error.code === 'STORAGE_UNAVAILABLE'
  if (!readsBack) return isFailure(error) ? 'freed' : 'done'
  return isRepeated || mayHaveActed ? 'unknown' : 'freed'
}

function answerOf(platform: Platform, data: unknown, error: unknown): Answer {
  if (error === undefined) return { ok: true, data }
  const requestId = platform.requestId()
  const { code, reason, params, field, wechat } = isFailure(error) ? error : new Failure('BUG')
  return { ok: false, error: { code, reason, params, field, wechat, requestId } }
}

/** The answer as it is kept, for those who repeat the call: what is told in words stays what it is. */
function kept(answer: Answer): string {
  const text = JSON.stringify(answer, function (this: unknown, name: string, value: unknown) {
    const original: unknown = Object(this)[name]
    if (!(original instanceof Notice)) return value
    const { code, params, more, part } = original
    return { [NOTICE]: { code, params, more, part } }
  })
  if (Buffer.byteLength(text) <= MAX_KEPT_BYTES) return text
  return JSON.stringify({
    ok: false,
    error: { code: 'CONFLICT', reason: 'ANSWER_NOT_KEPT' },
  } satisfies Answer)
}

const NOTICE = '$notice'

async function describe(
  platform: Platform,
  { caller, operation, role, input, key }: Omit<Request, 'readsBack'>,
): Promise<NewActivity> {
  const { ids } = platform
  const base = { ...entryOf(platform, { caller, operation, role, input }), keyed: key !== undefined }
  const { appid, inputId } = base
  if (key !== undefined) {
    const id = keyedId(platform, caller, operation, key)
    return { ...base, id, slot: id }
  }
  if (appid === undefined) return { ...base, id: ids.random(), slot: ids.random() }
  // Identical calls meet on one id: that of the run which follows the latest one that has ended.
  const slot = ids.hash('slot', operation, inputId)
  const latest = await platform.stores.activity.latestOfSlot(slot)
  const id = latest?.running ? latest.id : ids.hash('run', slot, latest?.id ?? '')
  return { ...base, id, slot }
}

const keyedId = ({ ids }: Platform, { identity }: Caller, operation: string, key: string): string =>
  ids.hash('key', identity, operation, key)

/** Whether this caller's call under this key was begun, and may have done something. */
export const wasBegun = (
  platform: Platform,
  { caller, operation, input, key }: { caller: Caller; operation: string; input: object; key: string },
): Promise<boolean> =>
  platform.stores.activity.wasBegun(keyedId(platform, caller, operation, key), inputIdOf(platform, input))

const inputIdOf = (platform: Platform, input: object): string => platform.ids.hash(canonical(input))

const entryOf = (platform: Platform, { caller, operation, role, input }: Omit<Request, 'key' | 'readsBack'>) => ({
  identity: caller.identity,
  operation,
  role,
  appid: 'appid' in input && typeof input.appid === 'string' ? input.appid : undefined,
  inputId: inputIdOf(platform, input),
  input: JSON.stringify(presentable(input)),
  order: newestFirst(platform),
})

/** Writes down a call that changes nothing here and yet must be known of. One write; it is never repeated from it. */
export function writeDown(platform: Platform, request: Omit<Request, 'key' | 'readsBack'>): Promise<void> {
  const id = platform.ids.random()
  return platform.stores.activity.note({ ...entryOf(platform, request), id, slot: id, keyed: false })
}

function unwrap(answer: Answer): unknown {
  if (answer.ok) return answer.data
  const { code, reason, message = code, hint, ...details } = answer.error
  throw reason !== undefined && isReason(reason)
    ? new Failure({ ...details, reason })
    : new Failure({ ...details, code, message, hint })
}

function parseAnswer(stored: string): Answer {
  const parsed: Answer = JSON.parse(stored, (_, value: unknown) => {
    const { code, params, more, part } = Object(Object(value)[NOTICE])
    return code === undefined ? value : new Notice(code, params, more, part)
  })
  return parsed
}

/** JSON with sorted keys: the same for inputs that mean the same. */
export function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null'
  const members = Object.entries(value)
    .filter(([, member]) => member !== undefined)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, member]) => `${JSON.stringify(name)}:${canonical(member)}`)
  return `{${members.join(',')}}`
}

const hiddenInputs = new Set(['authCode', 'jsCode', 'base64', 'secret', 'code', 'check'])

/** Of one text, one list or one object in the log. */
const MAX_SHOWN = 500

/** The input as the log shows it: one-time codes and file contents left out, what is long cut. */
export const presentable = (input: object): object =>
  Object.fromEntries(
    Object.entries(input).map(([name, value]: [string, unknown]) => [
      name,
      hiddenInputs.has(name) ? '[hidden]' : shortened(value),
    ]),
  )

function shortened(value: unknown): unknown {
  if (typeof value === 'string') return value.length > MAX_SHOWN ? `${value.slice(0, MAX_SHOWN)}…` : value
  if (typeof value !== 'object' || value === null) return value
  const text = JSON.stringify(value, hideInside)
  const shown: unknown = JSON.parse(text)
  if (text.length <= MAX_SHOWN) return shown
  if (!Array.isArray(shown)) return `{…} (${text.length})`
  const first: unknown[] = shown.slice(0, 10)
  return [...(JSON.stringify(first).length <= MAX_SHOWN ? first : []), `… (${shown.length})`]
}

/** What rows of WeChat's directory take further inside. */
const hideInside = (name: string, value: unknown): unknown =>
  hiddenInputs.has(name) || /password|secret/i.test(name) ? '[hidden]' : value
