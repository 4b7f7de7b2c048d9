import { useEffect, useMemo, useState } from 'react'
import { tell } from '../../../../../shared/words/tell.ts'
import type * as RulesOfRows from '../../../api/rules.ts'
import type { Flaw } from '../../../api/rules.ts'
import { useLanguage, useTexts, type Language, type TextsIn } from '../../../text/language.ts'
import { extTexts } from '../../../text/parts.ts'
import { wizardTexts } from '../../../text/rollout-wizard.ts'
import { linesOf, tellWrongDomain } from '../../../text/typed.ts'
import { parseObject, type Pair } from '../../../wechat/ext.ts'
import type { Audience } from './directory.ts'
import { domainKinds, type Draft } from './draft.ts'
import { planOf, quietFits, startOf } from './plan.ts'
import { wavesFit } from './waves.ts'
import type { StepName, Wrongs } from './step.ts'

type Texts = TextsIn<typeof wizardTexts> & { readonly notObject: string }
type Check = (draft: Draft, texts: Texts, language: Language) => Record<string, string | undefined>

/* What a draft has to say before it is a plan; the rest follows from the rules of `rollouts.create`. */

const template: Check = ({ templateId }, texts) => ({
  templateId: templateId === undefined ? texts.needTemplate : undefined,
})

const merchants: Check = ({ audience, liveVersion, attributes, picked }, texts) => {
  if (audience === 'pick') return { picked: picked.length === 0 ? texts.needMerchant : undefined }
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

const variables: Check = (draft, texts, language) => ({
  ext:
    draft.editor === 'form' ? checkPairs(draft.ext, texts) : parseObject(draft.extJson) ? undefined : texts.notObject,
  ...Object.fromEntries(
    domainKinds.map((kind) => [kind, tellWrongDomain(linesOf(draft.domains[kind]), kind, language)]),
  ),
  ...(draft.privacy && {
    contact: draft.contact.trim() === '' ? texts.needed : undefined,
    privacyList: checkPairs(draft.privacyList, texts),
  }),
})

const waves: Check = (draft, texts) => ({
  waves: wavesFit(draft.waves ?? []) ? undefined : texts.wavesWrong,
  startAt: draft.startAt.trim() === '' || startOf(draft) ? undefined : texts.startAtWrong,
  quietHours: quietFits(draft) ? undefined : texts.quietWrong,
})

const checks: Readonly<Record<StepName, Check>> = { template, merchants, variables, waves, check: () => ({}) }

/** Where a member of the plan is filled in. */
const places = {
  name: ['template', 'name'],
  version: ['template', 'version'],
  description: ['template', 'description'],
  appids: ['merchants', 'picked'],
  attributes: ['merchants', 'attributes'],
  contact_phone: ['variables', 'contact'],
  contact_email: ['variables', 'contact'],
  contact_weixin: ['variables', 'contact'],
  contact_qq: ['variables', 'contact'],
  notice_method: ['variables', 'noticeMethod'],
  settingList: ['variables', 'privacyList'],
  maxFailures: ['waves', 'maxFailures'],
  quotaReserve: ['waves', 'quotaReserve'],
} as const satisfies Readonly<Record<string, readonly [StepName, string]>>

const isPlace = (name: string): name is keyof typeof places => Object.hasOwn(places, name)

const wordsOf = ({ reason, params, entry }: Flaw, label: string, language: Language): string =>
  tell({ word: reason, params, field: entry ?? label }, language)?.message ?? reason

/** The rules come after the page. */
const useRules = () => {
  const [rules, setRules] = useState<typeof RulesOfRows>()
  useEffect(() => void import('../../../api/rules.ts').then(setRules), [])
  return rules
}

/** What is wrong in each step. */
export const useWrongs = (draft: Draft, audience: Audience): Readonly<Record<StepName, Wrongs>> => {
  const words = useTexts(wizardTexts)
  const { notObject } = useTexts(extTexts)
  const { language } = useLanguage()
  const rules = useRules()
  return useMemo(() => {
    const plan = planOf(draft, audience)
    const flaws = (plan && rules?.flawsOf('rollouts.create', plan)) ?? []
    const texts = { ...words, notObject }
    const inStep = (step: StepName): Wrongs => {
      const broken = flaws.flatMap((flaw) => {
        const [at, field] =
          flaw.path
            .toReversed()
            .filter(isPlace)
            .map((name) => places[name])[0] ?? []
        return at === step && field !== undefined
          ? [[field, wordsOf(flaw, texts[field === 'picked' ? 'merchants' : field], language)] as const]
          : []
      })
      const found = Object.entries(checks[step](draft, texts, language)).flatMap(([field, wrong]) =>
        wrong === undefined ? [] : [[field, wrong] as const],
      )
      return Object.fromEntries([...broken, ...found])
    }
    const isEmpty = !audience.reading && !audience.more && audience.merchants.length === 0
    return {
      template: inStep('template'),
      merchants: { ...(isEmpty && { audience: texts.foundNone }), ...inStep('merchants') },
      variables: inStep('variables'),
      waves: inStep('waves'),
      check: {},
    }
  }, [draft, audience, rules, words, notObject, language])
}
