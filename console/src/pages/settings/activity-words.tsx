import type { DataOf } from '../../api/call.ts'
import { Mark } from '../../parts/mark.tsx'
import { activityTexts } from '../../text/activity.ts'
import { codeWords } from '../../../../shared/words/codes.ts'
import { useLanguage, useTexts } from '../../text/language.ts'
import { operationWords } from '../../text/operation-names.ts'

export type Entry = DataOf<'activity.list'>['items'][number]

/** The operation in words; those that change domains also read them. */
export const useEntryWords = (): ((entry: Entry) => string) => {
  const texts = useTexts(activityTexts)
  const { language } = useLanguage()
  return ({ operation, input }) => {
    const words = operationWords(operation, language)
    return 'action' in input && input.action === 'get' ? texts.looked(words) : words
  }
}

export const Outcome = ({ entry: { state, outcome } }: { readonly entry: Entry }) => {
  const texts = useTexts(activityTexts)
  const { language } = useLanguage()
  if (state === 'running') return <Mark tone="calm">{texts.running}</Mark>
  if (outcome === undefined || outcome === 'ok') return <Mark tone="good">{texts.ok}</Mark>
  const words = Object.entries(codeWords).find(([code]) => code === outcome)?.[1]
  return <Mark tone="bad">{words?.[language] ?? outcome}</Mark>
}
