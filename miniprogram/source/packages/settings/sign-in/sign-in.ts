import { call } from '../../../api/call.ts'
import { act } from '../../../page/act.ts'
import { load } from '../../../page/load.ts'
import { pageBehavior } from '../../../page/page-behavior.ts'
import { speak } from '../../../page/speak.ts'
import { formatTime } from '../../../text/times.ts'
import { wordsFor, type WordsOf } from '../../../text/words.ts'

interface Data {
  t: Partial<WordsOf<'signIn'>>
  code: string
  browser: string
  asked: string
  check: string
  done: '' | 'approved' | 'denied'
}

const data: Data = { t: {}, code: '', browser: '', asked: '', check: '', done: '' }

interface Typed {
  readonly detail: { readonly value: string }
}

Component({
  behaviors: [pageBehavior],
  data,
  methods: {
    onLoad({ code = '' }: { readonly code?: string }) {
      this.setData({ code: decodeURIComponent(code) })
    },
    onShow() {
      speak(this, 'signIn')
      if (this.data.done === '') void this.reload()
    },
    reload() {
      return load(this, async () => {
        const { browser, createdAt } = await call('sessions.get', { code: this.data.code })
        return { browser: browser || wordsFor('signIn').unknown, asked: formatTime(createdAt) }
      })
    },
    type({ detail }: Typed) {
      this.setData({ check: detail.value.trim() })
    },
    async approve() {
      const { code, check } = this.data
      if (await act(this, 'approve', () => call('sessions.approve', { code, check })))
        this.setData({ done: 'approved' })
    },
    async deny() {
      const { code } = this.data
      if (await act(this, 'deny', () => call('sessions.deny', { code }))) this.setData({ done: 'denied' })
    },
  },
})
