import { states, type StateWord } from '../../../shared/words/states.ts'
import { useLanguage } from './language.ts'

export type Tone = 'good' | 'warn' | 'bad' | 'calm' | 'dull'

export type StateName = StateWord

/** The word of a state that the API answers with. */
export const useStateWords = (): ((state: StateName) => string) => {
  const { language } = useLanguage()
  return (state) => states[state][language]
}

const tones: Readonly<Record<Tone, readonly StateName[]>> = {
  good: ['released', 'completed', 'active', 'bound', 'delivered', 'done', 'approved'],
  warn: ['delayed', 'waitingForQuota', 'paused', 'awaitingRelease', 'reauthorize', 'withdrawn', 'skipped'],
  bad: ['rejected', 'failed', 'revoked'],
  calm: [
    'committing',
    'committed',
    'submitting',
    'auditing',
    'gray',
    'running',
    'scheduled',
    'resting',
    'waiting',
    'new',
    'pending',
    'invited',
  ],
  dull: ['rolledBack', 'superseded', 'cancelled', 'none', 'ended'],
}

const toneByState = new Map(
  (['good', 'warn', 'bad', 'calm', 'dull'] as const).flatMap((tone) => tones[tone].map((state) => [state, tone])),
)

export const toneOf = (state: StateName): Tone => toneByState.get(state) ?? 'dull'
