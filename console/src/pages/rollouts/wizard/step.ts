import type { Audience } from './audience.ts'
import type { Draft } from './draft.ts'
import type { Change } from './use-draft.ts'
import type { Directory } from './use-directory.ts'
import type { Wrongs } from './wrongs.ts'

export interface StepProps {
  readonly draft: Draft
  readonly change: Change
  /** What is to be shown as wrong: nothing before somebody wanted to go on. */
  readonly wrongs: Wrongs
  readonly directory: Directory
  readonly audience: Audience
}
