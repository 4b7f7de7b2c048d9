import { call } from '../../../api/call.ts'
import { refusalOf } from '../../../api/refused.ts'
import { listTemplates, type Template } from '../../../api/templates.ts'
import { told } from '../../../text/told.ts'

interface Data {
  loaded: boolean
  templates: readonly Template[]
  templateId: number
  version: string
  description: string
  checking: boolean
  checked: boolean
  problems: readonly { readonly message: string; readonly hint?: string | undefined }[]
}

const data: Data = {
  loaded: false,
  templates: [],
  templateId: 0,
  version: '',
  description: '',
  checking: false,
  checked: false,
  problems: [],
}

interface Typed {
  readonly currentTarget: { readonly dataset: { readonly name?: 'version' | 'description' } }
  readonly detail: { readonly value: string }
}

/** Which template a merchant gets, and whether something stands in the way. Triggers `commit` with `{templateId, version, description}`. */
Component({
  properties: { appid: String, t: Object, busy: Boolean },
  data,
  lifetimes: {
    attached() {
      void this.readTemplates()
    },
  },
  methods: {
    async readTemplates() {
      try {
        const templates = await listTemplates()
        this.setData({ templates, loaded: true, refusal: null })
        const [newest] = templates
        if (newest) await this.take(newest)
      } catch (error) {
        this.setData({ refusal: refusalOf(error) })
      }
    },
    choose({ detail }: { readonly detail: Template }) {
      return this.take(detail)
    },
    async take({ templateId, version, description }: Template) {
      this.setData({ templateId, version, description, checking: true, checked: false, problems: [] })
      const answer = await call('releases.preflight', { appids: [this.data.appid], templateId }).catch(() => undefined)
      // Another template may have been chosen meanwhile.
      if (this.data.templateId !== templateId) return
      const problems = answer?.items[0]?.problems ?? []
      this.setData({
        checking: false,
        checked: answer !== undefined,
        problems: problems.map((problem) => ({ ...problem, ...told(problem) })),
      })
    },
    type({ currentTarget, detail }: Typed) {
      const { name } = currentTarget.dataset
      if (name) this.setData({ [name]: detail.value.trim() })
    },
    commit() {
      const { templateId, version, description } = this.data
      this.triggerEvent('commit', { templateId, version, description })
    },
  },
})
