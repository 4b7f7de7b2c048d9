import { flag, number, optional, time } from './forms.ts'

export const breaker = {
  isOpen: flag,
  failures: number,
  failedAt: time,
  since: time,
  askedAt: optional(time),
  probedAt: optional(time),
  round: number,
}

/** What all instances know of an endpoint of WeChat's that is down. */
export interface BreakerStore {
  /** Counts a failure. True when the endpoint is taken for down: so many failures within `withinMs`. */
  noteFailure(endpoint: string, failures: number, withinMs: number): Promise<boolean>
  /** `probe`: this caller may try now, the only one within `everyMs`; `closed`: it works again. */
  ask(endpoint: string, everyMs: number): Promise<'closed' | 'probe' | 'wait'>
  /** Notes that it works again. */
  close(endpoint: string): Promise<void>
}
