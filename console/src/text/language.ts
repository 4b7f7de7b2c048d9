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

type Texts = Readonly<Record<string, string | ((...given: never[]) => string)>>

type AnyWords<T extends Texts> = {
  readonly [K in keyof T]: T[K] extends (...given: infer A) => string ? (...given: A) => string : string
}

export interface TextsOf<T extends Texts> {
  readonly zh: T
  readonly en: AnyWords<T>
}

/** Texts of one page: English must have exactly what Chinese has. */
export const defineTexts = <T extends Texts>(texts: {
  readonly zh: T
  readonly en: NoInfer<AnyWords<T>>
}): TextsOf<T> => texts

export const useTexts = <T extends Texts>(texts: TextsOf<T>): T | AnyWords<T> => texts[useLanguage().language]
