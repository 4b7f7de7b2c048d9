import { useCallback, useEffect, useState } from 'react'
import { useSearchParams } from 'wouter'
import { emptyDraft, forgetDraft, keepDraft, readDraft, type Draft } from './draft.ts'

export type Change = (change: Partial<Draft>) => void

export interface DraftInHand {
  readonly draft: Draft
  readonly change: Change
  readonly forget: () => void
}

/** A link of another page may name the template (`template=3`) or merchants (`appids=wx1,wx2`). */
const startingDraft = (params: URLSearchParams): Draft => {
  const kept = readDraft() ?? emptyDraft
  const templateId = Number(params.get('template') ?? Number.NaN)
  const appids = (params.get('appids') ?? '').split(',').filter((appid) => appid !== '')
  return {
    ...kept,
    ...(Number.isInteger(templateId) && { templateId }),
    ...(appids.length > 0 && {
      audience: 'pick' as const,
      picked: appids.map((appid) => ({ appid, nickName: '' })),
    }),
  }
}

/** The draft, remembered by the tab, so that a reload or a look at another page loses nothing. */
export const useDraft = (): DraftInHand => {
  const [params] = useSearchParams()
  const [draft, setDraft] = useState<Draft>(() => startingDraft(params))
  const change = useCallback((changes: Partial<Draft>): void => setDraft((before) => ({ ...before, ...changes })), [])
  const forget = useCallback((): void => {
    setDraft(emptyDraft)
    forgetDraft()
  }, [])
  useEffect(() => {
    if (draft === emptyDraft) forgetDraft()
    else keepDraft(draft)
  }, [draft])
  return { draft, change, forget }
}
