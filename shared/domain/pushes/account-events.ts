import * as v from 'valibot'
import { after, DAY, fromUnixSeconds, toUnixSeconds, type EpochMs } from '../../time.ts'
import { isRecord } from '../../record.ts'
import { maybeInteger, rowsOf, integer } from '../../wechat/endpoints/shapes.ts'
import { settled, withNotice } from '../problems/account-notices.ts'
import { note } from '../authorizers/notice-problems.ts'
import { readViolationsOf, withoutVerificationEnding, withVerificationEnding } from '../authorizers/weekly-reading.ts'
import type { Platform } from '../platform.ts'
import type { AccountNotice } from '../stores/notices.ts'
import type { Push } from '../stores/pushes.ts'

/* What WeChat tells of the account itself: punishments, violations, the end of a verification, a filing. */

/** `event_type` of wxa_punish_event; the prose of its page has 5 for 10. */
const punishments: Readonly<Record<string, AccountNotice['kind']>> = {
  1: 'warned',
  2: 'functionsBlocked',
  3: 'takenDown',
  4: 'blocked',
  5: 'pageBlocked',
  10: 'pageBlocked',
}

const LONGEST_ID = 128
const LONGEST_TEXT = 500

const days = v.fallback(
  v.nullish(
    v.union([
      v.pipe(
        integer,
        v.transform((one) => [one]),
      ),
      rowsOf(integer),
    ]),
    [],
  ),
  [],
)

/** A string of JSON, of which each kind of punishment has its own members. */
const detail = v.object({ rectify_deadline: maybeInteger, banned_days: days, suspended_days: days })
const detailSchema = v.fallback(v.union([v.pipe(v.string(), v.parseJson(), detail), detail]), {
  rectify_deadline: undefined,
  banned_days: [],
  suspended_days: [],
})

/** The event says what is done until when; the record, where it may be read, is found at once. */
export async function notePunishment(platform: Platform, push: Push): Promise<void> {
  const { appid } = push
  if (appid === undefined) return
  const fields = fieldsOf(push)
  const id = textOf(fields['punish_id']) ?? textOf(fields['illegal_record_id'])
  const at = timeOf(fields['punish_time'] ?? fields['create_time']) ?? fromUnixSeconds(push.createTime)
  const kind = punishments[textOf(fields['event_type']) ?? ''] ?? 'violation'
  const text = textOf(fields['illegal_reason']) ?? textOf(fields['illegal_content']) ?? textOf(fields['rule_name'])
  const until = untilOf(kind, at, fields['detail'])
  if (id !== undefined)
    await note(platform, appid, (known) =>
      withNotice(known, {
        id: id.slice(0, LONGEST_ID),
        kind,
        at,
        ...(until !== undefined && { until }),
        ...(text !== undefined && { text: text.slice(0, LONGEST_TEXT) }),
      }),
    )
  const account = await platform.stores.authorizers.find(appid)
  if (account?.status === 'active') await readViolationsOf(platform, account)
}

function untilOf(kind: AccountNotice['kind'], at: EpochMs, told: unknown): EpochMs | undefined {
  const { rectify_deadline: deadline, ...numbers } = v.parse(detailSchema, told)
  if (kind === 'warned') return deadline === undefined ? undefined : fromUnixSeconds(deadline)
  const longest = Math.max(0, ...numbers.banned_days, ...numbers.suspended_days)
  return longest > 0 ? after(at, longest * DAY) : undefined
}

const GRANTED = '2'

/** The merchant was right. */
export async function noteAppeal(platform: Platform, push: Push): Promise<void> {
  const fields = fieldsOf(push)
  const id = textOf(fields['illegal_record_id'])
  if (push.appid === undefined || id === undefined || textOf(fields['appeal_status']) !== GRANTED) return
  await note(platform, push.appid, (known) => settled(known, id))
}

export async function noteVerificationEnd(platform: Platform, push: Push): Promise<void> {
  const fields = fieldsOf(push)
  const end = v.parse(maybeInteger, fields['expired'] ?? fields['ExpiredTime'])
  if (push.appid === undefined || end === undefined) return
  await note(platform, push.appid, (known) => withVerificationEnding(known, end, push.createTime))
}

const VERIFIED = '4'

/** It is verified again. */
export async function noteVerified(platform: Platform, push: Push): Promise<void> {
  const { type, appid } = push
  if (appid === undefined) return
  const isVerified = type !== 'wechat.notify_3rd_wxa_auth' || textOf(fieldsOf(push)['apply_status']) === VERIFIED
  if (isVerified) await note(platform, appid, withoutVerificationEnding)
}

/** An older event says nothing of a newer state. */
export async function noteFiling(platform: Platform, push: Push): Promise<void> {
  const status = v.parse(maybeInteger, fieldsOf(push)['beian_status'])
  const { createTime } = push
  if (push.appid === undefined || status === undefined) return
  await note(platform, push.appid, (known) =>
    known.filing && toUnixSeconds(known.filing.at) > createTime
      ? known
      : { ...known, filing: { status, at: fromUnixSeconds(createTime) } },
  )
}

const fieldsOf = ({ fields }: Push): Readonly<Record<string, unknown>> => (isRecord(fields) ? fields : {})

/** Samples have some as lists. */
function textOf(value: unknown): string | undefined {
  const parts = [value].flat().filter((part) => typeof part === 'string' || typeof part === 'number')
  return parts.length === 0 ? undefined : parts.join('；') || undefined
}

const timeOf = (value: unknown): EpochMs | undefined => {
  const seconds = v.parse(maybeInteger, value)
  return seconds === undefined ? undefined : fromUnixSeconds(seconds)
}
