import { useMemo } from 'react'
import { useTexts } from '../../../text/language.ts'
import { wizardTexts } from '../../../text/rollout-wizard.ts'
import { domainKinds, type Draft, type Pair } from './draft.ts'
import { readExtJson } from './ext.ts'
import { linesOf } from './plan.ts'
import type { StepName } from './step-names.ts'
import { wavesFit } from './waves.ts'

/** What is wrong, by field. */
export type Wrongs = Readonly<Record<string, string>>

type Texts = ReturnType<typeof useTexts<(typeof wizardTexts)['zh']>>
type Check = (draft: Draft, texts: Texts) => Record<string, string | undefined>

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

/** A host, with scheme and port where one likes. The platform has the last word. */
const domain = /^(?:[a-z]+:\/\/)?(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z0-9-]{2,}(?::\d+)?\/?$/i

const variables: Check = (draft, texts) => {
  const read = readExtJson(draft.extJson)
  const wrongJson = 'ext' in read ? undefined : read.wrong === 'json' ? texts.badJson(read.reason) : texts.notObject
  const domains = domainKinds.map((kind) => {
    const bad = linesOf(draft.domains[kind]).find((line) => !domain.test(line))
    return [kind, bad === undefined ? undefined : texts.badDomain(bad)] as const
  })
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
  waves: wavesFit(draft) ? undefined : texts.wavesWrong,
  maxFailures: draft.maxFailures.trim() === '' || isWhole(draft.maxFailures) ? undefined : texts.wholeNumber,
  quotaReserve: draft.quotaReserve.trim() === '' || isWhole(draft.quotaReserve) ? undefined : texts.wholeNumber,
})

const checks: Readonly<Record<StepName, Check>> = { template, merchants, variables, waves, check: () => ({}) }

const wrongsIn = (step: StepName, draft: Draft, texts: Texts): Wrongs =>
  Object.fromEntries(
    Object.entries(checks[step](draft, texts)).flatMap(([field, words]) =>
      words === undefined ? [] : [[field, words] as const],
    ),
  )

/** What is wrong in each step. `isEmpty`: nobody fits. */
export const useWrongs = (draft: Draft, isEmpty: boolean): Readonly<Record<StepName, Wrongs>> => {
  const texts = useTexts(wizardTexts)
  return useMemo(
    () => ({
      template: wrongsIn('template', draft, texts),
      merchants: { ...(isEmpty && { audience: texts.foundNone }), ...wrongsIn('merchants', draft, texts) },
      variables: wrongsIn('variables', draft, texts),
      waves: wrongsIn('waves', draft, texts),
      check: {},
    }),
    [draft, isEmpty, texts],
  )
}
