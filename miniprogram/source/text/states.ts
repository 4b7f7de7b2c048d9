import { states as catalogue } from '../../../shared/words/states.ts'
import type { Language } from './language.ts'

/** Every state that the platform answers with, as pages look them up. */
export const statesIn = (language: Language): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(catalogue).map(([state, words]) => [state, words[language]]))
