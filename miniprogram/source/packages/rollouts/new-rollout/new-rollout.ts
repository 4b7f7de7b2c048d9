import { call } from '../../../api/call.ts'
import { whoAmI } from '../../../api/session.ts'
import { listTemplates, type Template } from '../../../api/templates.ts'
import { act } from '../../../page/act.ts'
import { confirm } from '../../../page/confirm.ts'
import { load } from '../../../page/load.ts'
import { pageBehavior } from '../../../page/page-behavior.ts'
import { speak } from '../../../page/speak.ts'
import { fill, wordsFor, type WordsOf } from '../../../text/words.ts'

type Audience = 'all' | 'liveVersion'

interface Data {
  t: Partial<WordsOf<'newRollout'>>
  templates: readonly Template[]
  templateId: number
  name: string
  version: string
  description: string
  audience: Audience
  liveVersion: string
  waveChoice: number
  autoRelease: boolean
}

const data: Data = {
  t: {},
  templates: [],
  templateId: 0,
  name: '',
  version: '',
  description: '',
  audience: 'all',
  liveVersion: '',
  waveChoice: 0,
  autoRelease: false,
}

/** Cumulative percentages; the careful way is the usual one. */
const waveChoices: readonly (readonly number[])[] = [[10, 50, 100], [5, 20, 50, 100], [100]]

interface Tap {
  readonly currentTarget: { readonly dataset: { readonly index?: number; readonly name?: Audience } }
}

interface Typed {
  readonly currentTarget: { readonly dataset: { readonly name?: 'name' | 'version' | 'description' | 'liveVersion' } }
  readonly detail: { readonly value: string }
}

Component({
  behaviors: [pageBehavior],
  data,
  methods: {
    onLoad() {
      void this.reload()
    },
    onShow() {
      speak(this, 'newRollout')
      const t = wordsFor('newRollout')
      this.setData({
        audiences: (['all', 'liveVersion'] as const).map((name) => ({ name, label: t.audiences[name] })),
        waveChoices: waveChoices.map((waves) => ({
          label: waves.length === 1 ? t.atOnce : waves.map((wave) => `${wave}%`).join(' → '),
        })),
      })
    },
    onPullDownRefresh() {
      return this.reload()
    },
    reload() {
      return load(this, async () => {
        const [templates] = await Promise.all([listTemplates(), whoAmI()])
        return { templates, ...(templates[0] && take(templates[0])) }
      })
    },
    chooseTemplate({ detail }: { readonly detail: Template }) {
      this.setData(take(detail))
    },
    type({ currentTarget, detail }: Typed) {
      const { name } = currentTarget.dataset
      if (name) this.setData({ [name]: detail.value.trim() })
    },
    chooseAudience({ currentTarget }: Tap) {
      this.setData({ audience: currentTarget.dataset.name ?? 'all' })
    },
    chooseWaves({ currentTarget }: Tap) {
      this.setData({ waveChoice: currentTarget.dataset.index ?? 0 })
    },
    switchAutoRelease({ detail }: { readonly detail: { readonly value: boolean } }) {
      this.setData({ autoRelease: detail.value })
    },
    async create() {
      const { templateId, name, version, description, audience, liveVersion, waveChoice, autoRelease } = this.data
      const t = wordsFor('newRollout')
      const whom = audience === 'all' ? t.audiences.all : fill(t.onVersion, { version: liveVersion })
      const text = `${fill(t.startText, { version, whom })}${autoRelease ? `\n${t.autoReleaseWarning}` : ''}`
      if (!(await confirm(this, { title: t.startTitle, text, action: t.start }))) return
      await act(this, 'create', async () => {
        const { rolloutId } = await call('rollouts.create', {
          templateId,
          name,
          version,
          description,
          autoRelease,
          waves: waveChoices[waveChoice] ?? [100],
          ...(audience === 'all' ? { all: true } : { filter: { liveVersion } }),
        })
        void wx.redirectTo({ url: `/packages/rollouts/rollout/rollout?rolloutId=${rolloutId}` })
      })
    },
  },
})

const take = ({ templateId, version, description }: Template) => ({ templateId, version, description })
