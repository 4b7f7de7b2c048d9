import { wordsFor, type PageName } from '../text/words.ts'

interface Speaking {
  setData(data: object): void
}

/** Says everything on the page, its title included, in the language of now. */
export function speak(page: Speaking, name: PageName): void {
  const t = wordsFor(name)
  page.setData({ t })
  void wx.setNavigationBarTitle({ title: t.title })
}

/** For pages of the tab bar only: elsewhere WeChat refuses. */
export function speakTabs(): void {
  const { tabs } = wordsFor('overview')
  tabs.forEach((text, index) => void wx.setTabBarItem({ index, text }))
}
