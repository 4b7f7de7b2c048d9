import type { Refusal } from '../api/refused.ts'
import { settleQuestion, type Question } from './confirm.ts'

interface PageData {
  /** `loading` until the first load ended; `refused` while nothing was ever loaded. */
  phase: 'loading' | 'shown' | 'refused'
  /** Why the newest load failed. */
  refusal: Refusal | null
  /** Of an account without a role. */
  strangerId: string
  /** Why the newest action failed. */
  failure: Refusal | null
  question: Question | null
  /** Name of the action under way. */
  busy: string
}

const data: PageData = { phase: 'loading', refusal: null, strangerId: '', failure: null, question: null, busy: '' }

interface TextTap {
  readonly currentTarget: { readonly dataset: { readonly text?: string } }
}

/** What every page does: shows why something failed, asks before it touches a merchant, copies what is tapped. */
export const pageBehavior = Behavior({
  data,
  methods: {
    copyText({ currentTarget }: TextTap) {
      void wx.setClipboardData({ data: currentTarget.dataset.text ?? '' })
    },
    closeFailure() {
      this.setData({ failure: null })
    },
    answerQuestion({ detail }: { readonly detail: { readonly yes: boolean } }) {
      settleQuestion(this, detail.yes)
    },
  },
})
