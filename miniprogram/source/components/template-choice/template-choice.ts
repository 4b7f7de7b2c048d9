import type { Template } from '../../api/templates.ts'

const none: readonly Template[] = []

interface Tap {
  readonly currentTarget: { readonly dataset: { readonly index?: number } }
}

/** Templates to choose one of. Triggers `choose` with the template. */
Component({
  properties: { templates: { type: Array, value: none }, chosen: Number },
  methods: {
    choose({ currentTarget }: Tap) {
      const template = this.data.templates[currentTarget.dataset.index ?? 0]
      if (template) this.triggerEvent('choose', template)
    },
  },
})
