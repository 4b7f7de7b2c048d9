export type Language = 'zh' | 'en'

const storageName = 'language'

let chosen: Language | undefined

/** What was chosen here, else the language of WeChat itself. */
export function language(): Language {
  chosen ??= readChoice() ?? (wx.getAppBaseInfo().language.startsWith('zh') ? 'zh' : 'en')
  return chosen
}

export function chooseLanguage(choice: Language): void {
  chosen = choice
  wx.setStorageSync(storageName, choice)
}

const readChoice = (): Language | undefined => {
  const stored: unknown = wx.getStorageSync(storageName)
  return stored === 'zh' || stored === 'en' ? stored : undefined
}

const chinese = /[\u3400-\u9fff]/

/** The platform's hints come in English with Chinese behind; this is the half that is asked for, or all where there is but one. */
export function inLanguage(text: string): string {
  const from = text.search(chinese)
  const split = text.slice(0, Math.max(from, 0)).lastIndexOf('. ')
  if (split < 0) return text
  return language() === 'zh' ? text.slice(split + 2) : text.slice(0, split + 1)
}
