import type { Refusal } from '../../api/refused.ts'
import { inLanguage } from '../../text/language.ts'
import type { WordsOf } from '../../text/words.ts'

type Words = WordsOf<'overview'>

const initial = { title: '', cure: '' }

/** What went wrong, what to do about it, and the id under which the log tells more. Triggers `retry`. */
Component({
  properties: { refusal: Object, t: Object, retry: Boolean },
  data: initial,
  observers: {
    'refusal, t'(refusal: Refusal | null, t: Partial<Words> | null) {
      if (!refusal) return
      const codes: Readonly<Record<string, string>> = t?.codes ?? {}
      const cures: Readonly<Record<string, string>> = t?.cures ?? {}
      this.setData({
        title: codes[refusal.code] ?? refusal.code,
        cure:
          refusal.hint === undefined
            ? (cures[String(refusal.errCode)] ?? cures[refusal.code] ?? '')
            : inLanguage(refusal.hint),
      })
    },
  },
  methods: {
    tryAgain() {
      this.triggerEvent('retry')
    },
    copyRequestId() {
      const refusal: Partial<Refusal> = this.data.refusal
      void wx.setClipboardData({ data: refusal.requestId ?? '' })
    },
  },
})
