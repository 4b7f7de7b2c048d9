import type { Rollout } from '../../../../client/src/operations.ts'
import { call } from '../../api/call.ts'
import { describeRollout } from '../../api/rollout-words.ts'
import { mayOperate, whoAmI } from '../../api/session.ts'
import { load } from '../../page/load.ts'
import { pageBehavior } from '../../page/page-behavior.ts'
import { poll, stopPolling } from '../../page/poll.ts'
import { speak, speakTabs } from '../../page/speak.ts'
import type { WordsOf } from '../../text/words.ts'

interface Data {
  t: Partial<WordsOf<'rollouts'>>
  mayOperate: boolean
  rollouts: readonly Rollout[]
  nextCursor: string
}

const data: Data = { t: {}, mayOperate: false, rollouts: [], nextCursor: '' }

const EVERY_MS = 10_000

/** Goes on by itself, sooner or later. */
const moving: readonly Rollout['state'][] = ['scheduled', 'running', 'resting', 'waitingForQuota']

interface Tap {
  readonly currentTarget: { readonly dataset: { readonly id?: string } }
}

Component({
  behaviors: [pageBehavior],
  data,
  methods: {
    onShow() {
      speak(this, 'rollouts')
      speakTabs()
      void this.reload()
      poll(this, EVERY_MS, () => this.follow())
    },
    onHide() {
      stopPolling(this)
    },
    onPullDownRefresh() {
      return this.reload({ again: true })
    },
    reload(options: { readonly again?: boolean } = {}) {
      return load(this, async () => {
        const [me, list] = await Promise.all([whoAmI(options), readRollouts()])
        return { mayOperate: mayOperate(me), ...list }
      })
    },
    /** Only while the first page is all that is shown, and something moves. */
    async follow() {
      const moves = this.data.rollouts.some(({ state }) => moving.includes(state))
      if (moves && this.data.rollouts.length <= PAGE) await this.reload()
    },
    onReachBottom() {
      const { nextCursor, rollouts } = this.data
      if (nextCursor === '') return
      void load(this, async () => {
        const more = await readRollouts(nextCursor)
        return { ...more, rollouts: [...rollouts, ...more.rollouts] }
      })
    },
    openRollout({ currentTarget }: Tap) {
      void wx.navigateTo({ url: `/packages/rollouts/rollout/rollout?rolloutId=${currentTarget.dataset.id}` })
    },
    create() {
      void wx.navigateTo({ url: '/packages/rollouts/new-rollout/new-rollout' })
    },
  },
})

const PAGE = 20

async function readRollouts(cursor?: string) {
  const { items, nextCursor = '' } = await call('rollouts.list', {
    limit: PAGE,
    ...(cursor !== undefined && { cursor }),
  })
  return { rollouts: items.map(describeRollout), nextCursor }
}
