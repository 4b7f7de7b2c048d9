import * as v from 'valibot'
import { isFailure } from '../../errors.ts'
import { after, DAY, fromUnixSeconds } from '../../time.ts'
import { filings } from '../../wechat/directory/filings.ts'
import { violations } from '../../wechat/directory/violations.ts'
import { accounts } from '../../wechat/endpoints/accounts.ts'
import type { Endpoint } from '../../wechat/endpoints/endpoint.ts'
import { maybeInteger, maybeText, rowsOf, text } from '../../wechat/endpoints/shapes.ts'
import { databaseTime, type Platform } from '../platform.ts'
import type { Authorizer } from '../stores/authorizers.ts'
import type { AccountNotice, Watched } from '../stores/notices.ts'
import { callForAuthorizer, isGranted } from './authorizer-calls.ts'
import { note } from './notice-problems.ts'
import { areSame, withNotice, withoutNotice } from '../problems/account-notices.ts'

/* Once a week: violations, the end of the verification, how the filing stands. Events tell the same at once, where they come. */

const VERIFICATION = 'verification'

/** Older records are history. */
const YOUNG_MS = 30 * DAY

/** What is not granted is not asked. False: WeChat may answer the next time. */
export async function readWeekly(platform: Platform, account: Authorizer): Promise<boolean> {
  const answers = await Promise.all([
    ask(platform, account, violations.list, readViolations),
    ask(platform, account, accounts.basicInfo, readVerification),
    ask(platform, account, filings.get, readFiling),
  ])
  await takeIn(platform, account, answers)
  return answers.every((answer) => answer !== 'later')
}

/** A punishment was announced: its record tells more. */
export async function readViolationsOf(platform: Platform, account: Authorizer): Promise<void> {
  const answer = await ask(platform, account, violations.list, readViolations)
  await takeIn(platform, account, [answer])
}

type Change = (known: Watched) => Watched
type Answer = Change | 'later' | undefined

async function takeIn(platform: Platform, { appid, watched }: Authorizer, answers: readonly Answer[]): Promise<void> {
  const change: Change = (known) =>
    answers.reduce<Watched>((told, answer) => (typeof answer === 'function' ? answer(told) : told), known)
  // Mostly WeChat says what it said before: then nothing is read and written for it.
  if (!areSame(change(watched), watched)) await note(platform, appid, change)
}

async function ask(
  platform: Platform,
  { appid, funcInfo }: Authorizer,
  endpoint: Endpoint,
  read: (platform: Platform, appid: string) => Promise<Change>,
): Promise<Answer> {
  if (funcInfo.length === 0 || !isGranted(endpoint, funcInfo)) return undefined
  try {
    return await read(platform, appid)
  } catch (error) {
    platform.log[isFailure(error) ? 'warn' : 'error']('an account could not be read slowly', { appid, reason: error })
    return isFailure(error) && error.retryable ? 'later' : undefined
  }
}

const records = {
  ...violations.list,
  reply: () =>
    v.looseObject({
      records: v.optional(
        rowsOf(
          v.looseObject({
            illegal_record_id: text,
            illegal_reason: maybeText,
            rule_name: maybeText,
            create_time: maybeInteger,
          }),
        ),
        [],
      ),
    }),
}

async function readViolations(platform: Platform, appid: string): Promise<Change> {
  const now = databaseTime(platform)
  const { records: listed } = await callForAuthorizer(platform, appid, records, { body: {} })
  const found = listed.flatMap((record): AccountNotice[] => {
    const at = fromUnixSeconds(record.create_time ?? 0)
    const said = record.illegal_reason ?? record.rule_name
    if (now >= after(at, YOUNG_MS)) return []
    return [{ id: record.illegal_record_id, kind: 'violation', at, ...(said !== undefined && { text: said }) }]
  })
  // An event told more of it.
  return (known) =>
    found
      .filter(({ id }) => !known.notices.some((notice) => notice.id === id))
      .reduce((told, notice) => withNotice(told, notice), known)
}

async function readVerification(platform: Platform, appid: string): Promise<Change> {
  const { wx_verify_info: info } = await callForAuthorizer(platform, appid, accounts.basicInfo, {})
  const end = info?.annual_review_end_time
  if (!info?.annual_review || !end) return withoutVerificationEnding
  return (known) => withVerificationEnding(known, end, info.annual_review_begin_time ?? end)
}

/** Unix seconds. */
export function withVerificationEnding(known: Watched, end: number, at: number): Watched {
  const until = fromUnixSeconds(end)
  const isKnown = known.notices.some((notice) => notice.kind === 'verification' && notice.until === until)
  return isKnown ? known : withNotice(known, { id: VERIFICATION, kind: VERIFICATION, at: fromUnixSeconds(at), until })
}

export const withoutVerificationEnding: Change = (known) => withoutNotice(known, VERIFICATION)

const filing = {
  ...filings.get,
  reply: () => v.looseObject({ info: v.optional(v.looseObject({ status: maybeInteger }), {}) }),
}

async function readFiling(platform: Platform, appid: string): Promise<Change> {
  const at = databaseTime(platform)
  const { status } = (await callForAuthorizer(platform, appid, filing, {})).info
  return (known) =>
    status === undefined || status === known.filing?.status ? known : { ...known, filing: { status, at } }
}
