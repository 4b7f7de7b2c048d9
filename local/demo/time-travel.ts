import type { Database } from '../database/database.ts'
import { editRows } from '../database/edit-rows.ts'

/* What waiting would do, without the wait. */

const longAgo = new Date(1000)

/** What looks again after a while does so at the next run: rollouts after 30 s, reviews and refused tokens after minutes. */
export const makeDue = async (database: Database): Promise<void> => {
  const waiting = { dueAt: { $gt: longAgo } }
  await editRows(
    database,
    'rollouts',
    { ...waiting, state: { $in: ['running', 'resting', 'waitingForQuota', 'awaitingRelease'] } },
    { dueAt: longAgo },
  )
  await editRows(database, 'rolloutItems', waiting, { dueAt: longAgo })
  await editRows(database, 'releases', { ...waiting, due: true }, { dueAt: longAgo })
  const retrying = { retryAt: { $gt: longAgo } }
  for (const tokens of ['platform', 'authorizers']) await editRows(database, tokens, retrying, { retryAt: longAgo })
}

/** As if the tickets so far had come in so many minutes earlier, down to the newest. */
export const ageTickets = async (database: Database, minutes: number): Promise<void> => {
  const receivedAt = new Date(Date.now() - minutes * 60_000)
  await editRows(database, 'pushes', { type: 'wechat.component_verify_ticket' }, { receivedAt })
}

/** The token of this authorizer is to be renewed at the next run of the timer. */
export const makeTokenDue = (database: Database, appid: string): Promise<number> =>
  editRows(database, 'authorizers', { _id: appid, dueAt: { $gt: longAgo } }, { dueAt: longAgo })

/** So are those that WeChat refused to renew with this errcode. */
export const makeRefusedDue = (database: Database, errcode: number): Promise<number> =>
  editRows(database, 'authorizers', { refusalErrcode: errcode }, { dueAt: longAgo, retryAt: longAgo })

/** Receivers that fail have done so for this many days, and are asked again at the next run. */
export const ageFailures = async (database: Database, days: number): Promise<void> => {
  const failingSince = new Date(Date.now() - days * 86_400_000)
  await editRows(database, 'subscriptions', { failures: { $gt: 0 } }, { failingSince, retryAt: longAgo })
}

/** What WeChat said of this account was said, and what was done with it done, a day ago. */
export const ageReading = async (database: Database, appid: string): Promise<void> => {
  const yesterday = new Date(Date.now() - 86_400_000)
  await editRows(database, 'authorizers', { _id: appid }, { readAt: yesterday })
  await editRows(database, 'releases', { appid }, { updatedAt: yesterday })
}
