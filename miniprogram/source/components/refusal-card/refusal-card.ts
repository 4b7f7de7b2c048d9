import type { Refusal } from '../../api/refused.ts'
import { told } from '../../text/told.ts'
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
      const cures: Readonly<Record<string, string>> = t?.cures ?? {}
      const { message, hint } =
        refusal.code === 'UNREACHABLE'
          ? { message: t?.unreachable ?? '', hint: cures[String(refusal.errCode)] ?? cures['UNREACHABLE'] }
          : told(refusal)
      this.setData({ title: message, cure: hint ?? '' })
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
