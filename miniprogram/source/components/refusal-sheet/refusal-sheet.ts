import type { Refusal } from '../../api/refused.ts'

const none: Refusal | null = null

/** A failed action's reason, from below where the thumb is. Triggers `close`. */
Component({
  properties: { refusal: { type: Object, value: none }, t: Object },
  methods: {
    close() {
      this.triggerEvent('close')
    },
  },
})
