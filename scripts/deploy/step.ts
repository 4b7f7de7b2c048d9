import type { Database } from '../../shared/cloudbase/database.ts'
import type { Cloud } from './cloud.ts'
import type { Project } from './project.ts'
import type { Values } from './values.ts'
import type { Waiting } from './wait.ts'
import type { Words } from './words.ts'

export interface Deployment extends Waiting {
  readonly project: Project
  readonly values: Values
  readonly cloud: Cloud
  /** The environment's database, with the rights of an administrator. */
  readonly database: Database
  /** Functions this deployment is about, all by default. */
  readonly names: readonly string[]
}

/** One difference between what is and what should be. Applying it twice does no harm. */
export interface Change {
  readonly what: Words
  apply(): Promise<void>
  /** Whether the cloud shows it by now. Absent where `apply` itself waits, or nothing can be seen. */
  arrived?(): Promise<boolean>
}

/** Reads the cloud and says what is to be changed: nothing where all is as it should be. */
export interface Step {
  readonly title: Words
  plan(deployment: Deployment): Promise<readonly Change[]>
}
