import type { EpochMs } from '../../time.ts'
import type { ReleaseState } from './releases.ts'

/** What happened to an account itself. */
export const accountHappenings = ['authorized', 'bound', 'unbound', 'revoked', 'punished', 'restored'] as const

export interface AccountHappening {
  readonly kind: (typeof accountHappenings)[number]
  readonly at: EpochMs
  readonly businessId?: string
  /** `account_status`. */
  readonly code?: number
  /** The identity of the caller here who did it. */
  readonly who?: string
}

/** What happened to a release of it. */
export interface ReleaseHappening {
  readonly state: ReleaseState
  readonly at: EpochMs
  readonly releaseId: string
  readonly version: string
  readonly templateId?: number
  /** The reviewer's own words, and pictures. */
  readonly text?: string
  readonly screenshots?: readonly string[]
  readonly percentage?: number
  readonly who?: string
}
