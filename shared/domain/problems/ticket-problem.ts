import { MINUTE } from '../../time.ts'
import type { NewProblem } from './problems.ts'

/** No ticket for so long is a problem: WeChat pushes one every 10 minutes. */
export const TICKET_OVERDUE_MS = 30 * MINUTE

/** What is wrong with a latest ticket of this age, milliseconds; undefined for an age: none ever came. */
export function ticketProblem(age: number | undefined): NewProblem | undefined {
  if (age !== undefined && age < TICKET_OVERDUE_MS) return undefined
  return {
    code: 'TICKET_OVERDUE',
    params: age === undefined ? {} : { minutes: Math.floor(age / MINUTE) },
  }
}
