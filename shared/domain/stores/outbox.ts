import type { EpochMs } from '../../time.ts'
import type { ReleaseRecord } from './releases.ts'

/** What business servers are told of, pushes left out. */
export const happeningTypes = [
  'binding.bound',
  'binding.revoked',
  'release.approved',
  'release.rejected',
  'release.released',
  'rollout.completed',
  'rollout.paused',
  'rollout.stopped',
  'problem.opened',
  'problem.closed',
  'account.punished',
  'account.expiring',
  'filing.changed',
] as const
export type HappeningType = (typeof happeningTypes)[number]

/** It is stored by the very write that makes it so. */
export interface Happening {
  readonly type: HappeningType
  readonly appid?: string | undefined
  /** Default: the business that the account is bound to when it is told. */
  readonly businessId?: string | undefined
  /** As it is told. Of a release: what may be different by then; `null` was not there. */
  readonly data: Readonly<Record<string, unknown>>
}

/** A document with something that was not told yet. */
export interface Untold {
  readonly source: OutboxSource
  readonly id: string
  readonly revision: number | undefined
  /** In the order in which they happened, each with the revision that it made. */
  readonly happenings: readonly (Happening & { readonly revision: number; readonly at: EpochMs })[]
  readonly release?: ReleaseRecord
}

export const outboxSources = ['authorizers', 'bindings', 'problems', 'releases', 'rollouts'] as const
export type OutboxSource = (typeof outboxSources)[number]

export interface OutboxStore {
  /** Documents with something that happened later than this, by the database's clock, earliest first. */
  untold(source: OutboxSource, since: EpochMs, limit: number): Promise<readonly Untold[]>
  /** What was read is told. A document that was changed since keeps it: to be told once more changes nothing. How many. */
  told(documents: readonly Untold[]): Promise<number>
  /** What happened earlier than this is told to nobody, as long as there is time. */
  forget(before: EpochMs, hasTime: () => boolean): Promise<void>
}
