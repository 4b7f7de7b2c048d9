import type { Database } from '../../shared/cloudbase/database.ts'
import type { Row } from '../../shared/cloudbase/requests.ts'
import type { Cloud } from '../deploy/cloud.ts'
import type { ProbeResult } from '../deploy/probes.ts'
import type { Project } from '../deploy/project.ts'
import type { Values } from '../deploy/values.ts'
import type { Finding } from './finding.ts'

/** What can be looked at: everything of a cloud environment; of the local host its routes and its database. */
export interface Patient {
  readonly baseUrl: string
  readonly database: Database
  readonly probes: readonly ProbeResult[]
  /** Milliseconds since 1970, as the platform's own clock has it. */
  readonly now: number
  readonly project: Project
  readonly cloud?: { readonly cloud: Cloud; readonly values: Values }
}

export type Check = (patient: Patient) => Promise<readonly Finding[]>

export const timeIn = (row: Row | undefined, field: string): number | undefined => {
  const value = row?.[field]
  return value instanceof Date ? value.getTime() : undefined
}

export const MINUTE_MS = 60_000

export const minutes = (milliseconds: number): number => Math.round(milliseconds / MINUTE_MS)
