import type { Audience, Directory } from './directory.ts'
import type { Draft } from './draft.ts'
import type { Change } from './use-draft.ts'

/** What is wrong, by field. */
export type Wrongs = Readonly<Record<string, string>>

export interface StepProps {
  readonly draft: Draft
  readonly change: Change
  /** What is to be shown as wrong: nothing before somebody wanted to go on. */
  readonly wrongs: Wrongs
  readonly directory: Directory
  readonly audience: Audience
}

export const stepNames = ['template', 'merchants', 'variables', 'waves', 'check'] as const

export type StepName = (typeof stepNames)[number]

export const isStepName = (word: string): word is StepName => stepNames.some((name) => name === word)
