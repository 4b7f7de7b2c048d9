import type { Question } from '../../page/confirm.ts'

const none: Question | null = null

/** Asks before merchants are touched, from below where the thumb is. Triggers `answer` with `{yes}`. */
Component({
  properties: { question: { type: Object, value: none }, t: Object },
  data: { shown: {} },
  observers: {
    // The words stay while the sheet slides away.
    question(question: Question | null) {
      if (question) this.setData({ shown: question })
    },
  },
  methods: {
    sayYes() {
      this.triggerEvent('answer', { yes: true })
    },
    sayNo() {
      this.triggerEvent('answer', { yes: false })
    },
  },
})
