import type { EpochMs } from '../../time.ts'
import type { SubscriptionRecord } from './subscriptions.ts'

/** What waits for the timer, seen in one operation. */
export interface Due {
  /** Pushes to be handled now. */
  readonly pushes: boolean
  /** Any push that is not handled yet. */
  readonly unfinished: boolean
  readonly releases: boolean
  readonly rollouts: boolean
  /** Accounts of which WeChat is to be asked again. */
  readonly readings: boolean
  /** Deliveries of any subscription. */
  readonly deliveries: boolean
  /** Problems whose opening or end the robot has not told. */
  readonly untoldProblems: boolean
  /** Those that are switched on. */
  readonly subscriptions: readonly Pick<SubscriptionRecord, 'match' | 'since' | 'seenUntil' | 'retryAt'>[]
  /** When the newest of what is to be told to business servers happened. */
  readonly newestUntoldAt: EpochMs | undefined
  readonly newestPushAt: EpochMs | undefined
  readonly newestTicketAt: EpochMs | undefined
  readonly newestProblemAt: EpochMs | undefined
  readonly isTicketOverdue: boolean
}

export interface DueStore {
  look(now: EpochMs): Promise<Due>
}
