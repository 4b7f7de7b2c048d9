import { whoAmI, type Session } from '../../api/session.ts'
import { load } from '../../page/load.ts'
import { pageBehavior } from '../../page/page-behavior.ts'
import { speak, speakTabs } from '../../page/speak.ts'
import { chooseLanguage, language, type Language } from '../../text/language.ts'
import { wordsFor, type WordsOf } from '../../text/words.ts'

interface Data {
  t: Partial<WordsOf<'me'>>
  me: Session | null
  language: Language
  environment: string
}

const data: Data = { t: {}, me: null, language: 'zh', environment: ENV_ID }

interface Tap {
  readonly currentTarget: { readonly dataset: { readonly language?: Language } }
}

Component({
  behaviors: [pageBehavior],
  data,
  methods: {
    onShow() {
      this.speakAgain()
      void this.reload()
    },
    onPullDownRefresh() {
      return this.reload({ again: true })
    },
    reload(options: { readonly again?: boolean } = {}) {
      return load(this, async () => {
        const me = await whoAmI(options)
        return { me, ...describeRole(me) }
      })
    },
    chooseLanguage({ currentTarget }: Tap) {
      chooseLanguage(currentTarget.dataset.language ?? 'zh')
      this.speakAgain()
    },
    speakAgain() {
      speak(this, 'me')
      speakTabs()
      const { me } = this.data
      this.setData({
        language: language(),
        environment: ENV_ID === '' ? wordsFor('me').firstEnvironment : ENV_ID,
        ...(me && describeRole(me)),
      })
    },
    async scan() {
      const { result } = await wx.scanCode({ scanType: ['qrCode'] }).catch(() => ({ result: '' }))
      if (result !== '')
        void wx.navigateTo({ url: `/packages/settings/sign-in/sign-in?code=${encodeURIComponent(result)}` })
    },
    openSessions() {
      void wx.navigateTo({ url: '/packages/settings/sessions/sessions' })
    },
    openConfirmations() {
      void wx.navigateTo({ url: '/packages/settings/confirmations/confirmations' })
    },
    openPeople() {
      void wx.navigateTo({ url: '/packages/settings/people/people' })
    },
  },
})

function describeRole({ role }: Session): object {
  const { roles, roleTexts } = wordsFor('me')
  return { roleName: roles[role], roleText: roleTexts[role] }
}
