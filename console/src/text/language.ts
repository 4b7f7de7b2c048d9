import { createContext, use } from 'react'

export type Language = 'zh' | 'en'

export interface LanguageChoice {
  readonly language: Language
  readonly choose: (language: Language) => void
}

export const LanguageContext = createContext<LanguageChoice>({ language: 'zh', choose: () => undefined })

export const useLanguage = (): LanguageChoice => use(LanguageContext)

const storageName = 'minifleet.language'

/** Chinese unless English was chosen on this computer before. */
export const rememberedLanguage = (): Language => (localStorage.getItem(storageName) === 'en' ? 'en' : 'zh')

export const rememberLanguage = (language: Language): void => {
  localStorage.setItem(storageName, language)
}

type Words = string | ((...given: never[]) => string)

/** English takes what Chinese takes. */
type Like<W> = W extends (...given: infer A) => string ? (...given: A) => string : string

interface Both {
  readonly zh: Words
  readonly en: Words
}

/** Texts of one page, in both languages. */
export const defineTexts = <T extends Readonly<Record<string, Words>>>(texts: {
  readonly [K in keyof T]: { readonly zh: T[K]; readonly en: NoInfer<Like<T[K]>> }
}) => texts

/** The texts in one language. */
export type TextsIn<D extends Readonly<Record<string, Both>>> = { readonly [K in keyof D]: Like<D[K]['zh']> }

/** What was put together before: whoever holds on to texts sees when they change. */
const told: Readonly<Record<Language, WeakMap<object, object>>> = { zh: new WeakMap(), en: new WeakMap() }

export function useTexts<D extends Readonly<Record<string, Both>>>(texts: D): TextsIn<D>
export function useTexts(texts: Readonly<Record<string, Both>>): object {
  const { language } = useLanguage()
  const known = told[language].get(texts)
  if (known) return known
  const words = Object.fromEntries(Object.entries(texts).map(([name, both]) => [name, both[language]]))
  told[language].set(texts, words)
  return words
}
