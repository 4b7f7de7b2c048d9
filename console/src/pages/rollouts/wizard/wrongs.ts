import { useMemo } from 'react'
import type { Language } from '../../../../../shared/words/language.ts'
import { linesOf, tellWrongDomain } from '../../../text/typed.ts'
import { useLanguage, useTexts } from '../../../text/language.ts'
import { wizardTexts } from '../../../text/rollout-wizard.ts'
import { domainKinds, type Draft, type Pair } from './draft.ts'
import { readExtJson } from './ext.ts'
import { quietFits, startOf, wavesFit } from './plan.ts'
import type { StepName } from './step.ts'

/** What is wrong, by field. */
export type Wrongs = Readonly<Record<string, string>>

type Texts = ReturnType<typeof useTexts<(typeof wizardTexts)['zh']>>
type Check = (draft: Draft, texts: Texts, language: Language) => Record<string, string | undefined>

/** As `rollouts.create` takes them. */
const MAX = { name: 128, version: 64, description: 1024, appids: 2000 }

const checkText = (text: string, max: number, texts: Texts): string | undefined => {
  if (text.trim() === '') return texts.needed
  return text.trim().length > max ? texts.tooLong(max) : undefined
}

const template: Check = ({ templateId, version, description, name }, texts) => ({
  templateId: templateId === undefined ? texts.needTemplate : undefined,
  version: checkText(version, MAX.version, texts),
  description: checkText(description, MAX.description, texts),
  name: checkText(name, MAX.name, texts),
})

const merchants: Check = ({ audience, liveVersion, attributes, picked }, texts) => {
  if (audience === 'pick') {
    if (picked.length === 0) return { picked: texts.needMerchant }
    return { picked: picked.length > MAX.appids ? texts.tooMany(MAX.appids) : undefined }
  }
  if (audience === 'all') return {}
  if (attributes.length === 0 && liveVersion === '') return { attributes: texts.needCondition }
  return {
    attributes: attributes.some(({ name, value }) => name.trim() === '' || value === '') ? texts.needBoth : undefined,
  }
}

const checkPairs = (pairs: readonly Pair[], texts: Texts): string | undefined => {
  const names = pairs.map(({ name }) => name.trim())
  if (names.includes('')) return texts.needName
  return new Set(names).size < names.length ? texts.sameName : undefined
}

const variables: Check = (draft, texts, language) => {
  const read = readExtJson(draft.extJson)
  const wrongJson = 'ext' in read ? undefined : read.wrong === 'json' ? texts.badJson(read.reason) : texts.notObject
  const domains = domainKinds.map(
    (kind) => [kind, tellWrongDomain(linesOf(draft.domains[kind]), kind, language)] as const,
  )
  const needsPurpose = draft.privacyList.some(({ value }) => value.trim() === '')
  return {
    ext: draft.editor === 'form' ? checkPairs(draft.ext, texts) : undefined,
    extJson: draft.editor === 'json' ? wrongJson : undefined,
    ...Object.fromEntries(domains),
    ...(draft.privacy && {
      contact: checkText(draft.contact, 64, texts),
      noticeMethod: checkText(draft.noticeMethod, 256, texts),
      privacyList: needsPurpose ? texts.needed : checkPairs(draft.privacyList, texts),
    }),
  }
}

const isWhole = (text: string): boolean => /^\d{1,5}$/.test(text.trim())

const waves: Check = (draft, texts) => ({
  waves: wavesFit(draft.waves ?? []) ? undefined : texts.wavesWrong,
  maxFailures: draft.maxFailures.trim() === '' || isWhole(draft.maxFailures) ? undefined : texts.wholeNumber,
  quotaReserve: draft.quotaReserve.trim() === '' || isWhole(draft.quotaReserve) ? undefined : texts.wholeNumber,
  startAt: draft.startAt.trim() === '' || startOf(draft) ? undefined : texts.startAtWrong,
  quietHours: quietFits(draft) ? undefined : texts.quietWrong,
})

const checks: Readonly<Record<StepName, Check>> = { template, merchants, variables, waves, check: () => ({}) }

const wrongsIn = (step: StepName, ...[draft, texts, language]: Parameters<Check>): Wrongs =>
  Object.fromEntries(
    Object.entries(checks[step](draft, texts, language)).flatMap(([field, words]) =>
      words === undefined ? [] : [[field, words] as const],
    ),
  )

/** What is wrong in each step. `isEmpty`: nobody fits. */
export const useWrongs = (draft: Draft, isEmpty: boolean): Readonly<Record<StepName, Wrongs>> => {
  const texts = useTexts(wizardTexts)
  const { language } = useLanguage()
  return useMemo(
    () => ({
      template: wrongsIn('template', draft, texts, language),
      merchants: { ...(isEmpty && { audience: texts.foundNone }), ...wrongsIn('merchants', draft, texts, language) },
      variables: wrongsIn('variables', draft, texts, language),
      waves: wrongsIn('waves', draft, texts, language),
      check: {},
    }),
    [draft, isEmpty, texts, language],
  )
}
