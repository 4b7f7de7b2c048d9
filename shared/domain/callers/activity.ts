import { isRetryable, type ErrorCode } from '../../error-codes.ts'
import { Failure } from '../../errors.ts'
import type { Caller } from './caller.ts'
import { newestFirst, type Platform } from '../platform.ts'
import type { NewActivity } from '../stores/activity.ts'

/** What a use case knows about the attempt it is part of. */
export interface Run {
  readonly caller: Caller
  /** An earlier attempt ended without a word: what it did is not known. */
  readonly resumed: boolean
  /** Not the first attempt under this name: read back before repeating anything. */
  readonly repeated: boolean
  /** Names this run; the same for every attempt under one idempotency key. */
  readonly activityId: string
}

interface Request {
  readonly caller: Caller
  readonly operation: string
  readonly input: object
  readonly key: string | undefined
}

type Answer =
  | { readonly ok: true; readonly data: unknown }
  | {
      readonly ok: false
      readonly error: {
        readonly code: ErrorCode
        readonly message: string
        readonly hint?: string | undefined
        readonly field?: string | undefined
        readonly wechat?: Failure['wechat']
        /** Of the call that was answered with it first: repeated with the rest. */
        readonly requestId?: string | undefined
      }
    }

const POLL_MS = 300

/** A larger answer is a download, which may as well be made again. */
const MAX_KEPT_CHARACTERS = 256 * 1024

const isRepeatable = (failed: ErrorCode, bug: unknown): boolean => isRetryable(failed) || bug !== undefined

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
  for (;;) {
    const claim = await platform.stores.activity.claim(activity)
    if (claim.kind === 'otherInput')
      throw new Failure('CONFLICT', 'This idempotency key was used with another input', {
        field: 'idempotencyKey',
        hint: 'Use a new key for a new request.',
      })
    if (claim.kind === 'done') return repeat(claim.answer)
    if (claim.kind === 'running') {
      await platform.sleep(Math.min(POLL_MS, claim.remaining + 1))
      continue
    }
    const { answer, bug } = await settle(platform, () =>
      work({
        caller: request.caller,
        resumed: claim.resumed,
        repeated: claim.resumed || claim.fence > 1,
        activityId: claim.id,
      }),
    )
    const failed = answer.ok ? undefined : answer.error.code
    const kept = JSON.stringify(answer)
    await platform.stores.activity.finish(claim.id, claim.fence, {
      answer: kept,
      outcome: failed ?? 'ok',
      // Without a key nobody comes back for another attempt: those who wait get this answer.
      free: kept.length > MAX_KEPT_CHARACTERS || (activity.keyed && failed !== undefined && isRepeatable(failed, bug)),
      endedAt: platform.clock(),
    })
    if (bug !== undefined) throw bug
    return unwrap(answer)
  }
}

async function describe(platform: Platform, { caller, operation, input, key }: Request): Promise<NewActivity> {
  const { ids } = platform
  const base = { ...entryOf(platform, { caller, operation, input }), keyed: key !== undefined }
  const { appid, inputId } = base
  if (key !== undefined) {
    const id = ids.hash('key', caller.identity, operation, key)
    return { ...base, id, slot: id }
  }
  if (appid === undefined) return { ...base, id: ids.random(), slot: ids.random() }
  // Identical calls meet on one id: that of the run which follows the latest one that has ended.
  const slot = ids.hash('slot', operation, inputId)
  const latest = await platform.stores.activity.latestOfSlot(slot)
  const id = latest?.running ? latest.id : ids.hash('run', slot, latest?.id ?? '')
  return { ...base, id, slot }
}

const entryOf = (platform: Platform, { caller, operation, input }: Omit<Request, 'key'>) => ({
  identity: caller.identity,
  operation,
  appid: 'appid' in input && typeof input.appid === 'string' ? input.appid : undefined,
  inputId: platform.ids.hash(canonical(input)),
  input: JSON.stringify(presentable(input)),
  order: newestFirst(platform),
  startedAt: platform.clock(),
})

/** Writes down a call that changes nothing here and yet must be known of. One write; it is never repeated from it. */
export function writeDown(platform: Platform, request: Omit<Request, 'key'>): Promise<void> {
  const id = platform.ids.random()
  return platform.stores.activity.note({ ...entryOf(platform, request), id, slot: id, keyed: false })
}

async function settle(platform: Platform, work: () => Promise<unknown>): Promise<{ answer: Answer; bug?: unknown }> {
  try {
    return { answer: { ok: true, data: (await work()) ?? {} } }
  } catch (error) {
    if (!(error instanceof Failure))
      return { answer: { ok: false, error: { code: 'INTERNAL', message: '' } }, bug: error }
    const { code, message, hint, field, wechat } = error
    return { answer: { ok: false, error: { code, message, hint, field, wechat, requestId: platform.requestId() } } }
  }
}

const repeat = (stored: string): unknown => unwrap(parseAnswer(stored))

function unwrap(answer: Answer): unknown {
  if (answer.ok) return answer.data
  const { code, message, ...details } = answer.error
  throw new Failure(code, message, details)
}

function parseAnswer(stored: string): Answer {
  const parsed: Answer = JSON.parse(stored)
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

const hiddenInputs = new Set(['authCode', 'jsCode', 'base64', 'secret'])

/** The input as the log shows it: one-time codes and file contents left out, long texts cut. */
function presentable(input: object): unknown {
  return Object.fromEntries(
    Object.entries(input).map(([name, value]) => [
      name,
      hiddenInputs.has(name)
        ? '[hidden]'
        : typeof value === 'string' && value.length > 500
          ? `${value.slice(0, 500)}…`
          : value,
    ]),
  )
}
