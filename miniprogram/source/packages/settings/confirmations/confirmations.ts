import type { Operations } from '../../../../../client/src/operations.ts'
import { call } from '../../../api/call.ts'
import { act } from '../../../page/act.ts'
import { load } from '../../../page/load.ts'
import { pageBehavior } from '../../../page/page-behavior.ts'
import { speak } from '../../../page/speak.ts'
import { formatTime } from '../../../text/times.ts'
import { fill, wordsFor, type WordsOf } from '../../../text/words.ts'

type Plan = Operations['confirmations.list']['data']['items'][number]

type Shown = Plan & { readonly inputText: string; readonly world: string; readonly line: string }

interface Data {
  t: Partial<WordsOf<'confirmations'>>
  plans: readonly Shown[]
}

const data: Data = { t: {}, plans: [] }

interface Tap {
  readonly currentTarget: { readonly dataset: { readonly id?: string } }
}

Component({
  behaviors: [pageBehavior],
  data,
  methods: {
    onShow() {
      speak(this, 'confirmations')
      void this.reload()
    },
    onPullDownRefresh() {
      return this.reload()
    },
    reload() {
      return load(this, async () => ({
        plans: (await call('confirmations.list', { limit: 100 })).items.map(present),
      }))
    },
    async approve({ currentTarget }: Tap) {
      const { id = '' } = currentTarget.dataset
      await act(this, `approve ${id}`, () => call('confirmations.approve', { confirmationId: id }))
      await this.reload()
    },
    async deny({ currentTarget }: Tap) {
      const { id = '' } = currentTarget.dataset
      await act(this, `deny ${id}`, () => call('confirmations.deny', { confirmationId: id }))
      await this.reload()
    },
  },
})

/** What stands in it was written by others: shown as data, and nothing else. */
function present(plan: Plan): Shown {
  const t = wordsFor('confirmations')
  const values = { key: plan.keyName ?? plan.keyId, time: formatTime(plan.expiresAt) }
  return {
    ...plan,
    inputText: JSON.stringify(plan.input),
    world: JSON.stringify(plan.seen),
    line: fill(t.line, values),
  }
}
