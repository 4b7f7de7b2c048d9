import { errcodeOf } from '../../errors.ts'
import { HOUR, type EpochMs } from '../../time.ts'
import { tokens } from '../../wechat/endpoints/tokens.ts'
import { databaseTime, type Platform } from '../platform.ts'
import { closeProblem, openProblem } from '../problems/problems.ts'
import { ticketProblem } from '../problems/ticket-problem.ts'
import type { TakeTurn } from './shares.ts'

/** WeChat is asked for a ticket again. */
export const ASK_EVERY_MS = HOUR

interface TicketWatch {
  /** When the newest ticket came. */
  readonly latest: EpochMs | undefined
  /** Whether the problem is. */
  readonly isOpen: boolean
  readonly takeTurn: TakeTurn
}

/** Whether a problem was opened or closed. */
export async function watchTickets(platform: Platform, { latest, isOpen, takeTurn }: TicketWatch): Promise<boolean> {
  const problem = ticketProblem(latest && databaseTime(platform) - latest)
  if (!problem) {
    if (isOpen) await closeProblem(platform, 'TICKET_OVERDUE')
    return isOpen
  }
  if (!isOpen) await openProblem(platform, problem)
  if (!(await takeTurn('startPushTicket', ASK_EVERY_MS))) return !isOpen
  const { componentAppid, componentAppsecret } = platform.settings
  await platform.wechat
    .send(tokens.startPushTicket, { body: { component_appid: componentAppid, component_secret: componentAppsecret } })
    .catch((error: unknown) => {
      platform.log.warn('WeChat did not take the request to push tickets', { errcode: errcodeOf(error), reason: error })
    })
  return !isOpen
}
