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
