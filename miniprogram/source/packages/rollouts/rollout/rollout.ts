import type { Operations, Rollout } from '../../../../../client/src/operations.ts'
import { call } from '../../../api/call.ts'
import { nameMerchants } from '../../../api/names.ts'
import { describeRollout, type DescribedRollout } from '../../../api/rollout-words.ts'
import { mayOperate, whoAmI } from '../../../api/session.ts'
import { act } from '../../../page/act.ts'
import { confirm } from '../../../page/confirm.ts'
import { load } from '../../../page/load.ts'
import { pageBehavior } from '../../../page/page-behavior.ts'
import { poll, stopPolling } from '../../../page/poll.ts'
import { speak } from '../../../page/speak.ts'
import { told } from '../../../text/told.ts'
import { formatTime } from '../../../text/times.ts'
import { fill, wordsFor, type WordsOf } from '../../../text/words.ts'
import { actionsFor, mayCancel, type Action, type ActionName } from './actions.ts'

type Item = Operations['rollouts.items']['data']['items'][number]
type ItemState = Item['state']

interface Data {
  t: Partial<WordsOf<'rollout'>>
  rolloutId: string
  mayOperate: boolean
  rollout: DescribedRollout | null
  itemState: ItemState | ''
  items: readonly Item[]
  nextCursor: string
  names: Readonly<Record<string, string>>
  actions: readonly Action[]
}

const data: Data = {
  t: {},
  rolloutId: '',
  mayOperate: false,
  rollout: null,
  itemState: '',
  items: [],
  nextCursor: '',
  names: {},
  actions: [],
}

const EVERY_MS = 5000
const PAGE = 20

interface Tap {
  readonly currentTarget: {
    readonly dataset: { readonly name?: ActionName; readonly appid?: string; readonly state?: ItemState }
  }
}

Component({
  behaviors: [pageBehavior],
  data,
  methods: {
    onLoad({ rolloutId = '' }: { readonly rolloutId?: string }) {
      this.setData({ rolloutId })
    },
    onShow() {
      speak(this, 'rollout')
      void this.reload()
      poll(this, EVERY_MS, () => this.follow())
    },
    onHide() {
      stopPolling(this)
    },
    onUnload() {
      stopPolling(this)
    },
    onPullDownRefresh() {
      return this.reload()
    },
    async reload() {
      await load(this, async () => {
        const [me, rollout, items] = await Promise.all([
          whoAmI(),
          call('rollouts.get', { rolloutId: this.data.rolloutId }),
          readItems(this.data),
        ])
        return { mayOperate: mayOperate(me), ...describe(rollout), ...items }
      })
      await this.nameItems()
    },
    /** The cheap look; the list follows where something moved. */
    async follow() {
      const { rolloutId, rollout, busy, items } = this.data
      if (!rollout || !mayCancel(rollout.state) || busy !== '') return
      const now = await call('rollouts.get', { rolloutId }).catch(() => undefined)
      if (!now) return
      if (JSON.stringify(now.counts) !== JSON.stringify(rollout.counts) && items.length <= PAGE) await this.reload()
      else this.setData(describe(now))
    },
    onReachBottom() {
      const { nextCursor, items } = this.data
      if (nextCursor === '') return
      void load(this, async () => {
        const more = await readItems(this.data, nextCursor)
        return { ...more, items: [...items, ...more.items] }
      }).then(() => this.nameItems())
    },
    async nameItems() {
      this.setData({ names: await nameMerchants(this.data.items.map(({ appid }) => appid)) })
    },
    filter({ currentTarget }: Tap) {
      const { state = '' } = currentTarget.dataset
      this.setData({ itemState: state === this.data.itemState ? '' : state })
      void this.reload()
    },
    openRelease({ currentTarget }: Tap) {
      void wx.navigateTo({ url: `/packages/releases/release/release?appid=${currentTarget.dataset.appid}` })
    },
    async tapAction({ currentTarget }: Tap) {
      const { name } = currentTarget.dataset
      const { rollout } = this.data
      if (!name || !rollout) return
      const { title, text, action } = wordsFor('rollout').questions[name]
      const values = { name: rollout.name, version: rollout.version, approved: rollout.counts.approved }
      if (!(await confirm(this, { title, text: fill(text, values), action, danger: name === 'cancel' }))) return
      const done = await act(this, name, async () => {
        this.setData(describe(await call(`rollouts.${name}`, { rolloutId: rollout.rolloutId })))
      })
      if (done) void wx.showToast({ title: wordsFor('rollout').doneTexts[name], icon: 'success' })
      await this.reload()
    },
  },
})

interface ItemFilter {
  readonly rolloutId: string
  readonly itemState: ItemState | ''
}

async function readItems({ rolloutId, itemState }: ItemFilter, cursor?: string) {
  const t = wordsFor('rollout')
  const { items, nextCursor = '' } = await call('rollouts.items', {
    rolloutId,
    limit: PAGE,
    ...(itemState !== '' && { state: itemState }),
    ...(cursor !== undefined && { cursor }),
  })
  const described = items.map((item) => ({
    ...item,
    waveText: fill(t.wave, { wave: item.wave }),
    ...(item.problem && { problem: told(item.problem) }),
  }))
  return { items: described, nextCursor }
}

function describe(rollout: Rollout): object {
  const { expectedEndAt, problem, state } = rollout
  return {
    rollout: { ...describeRollout(rollout), ...(problem && { problem: told(problem) }) },
    endText: expectedEndAt === undefined ? '' : fill(wordsFor('rollout').expected, { time: formatTime(expectedEndAt) }),
    guardText: guardTextOf(rollout),
    actions: actionsFor(rollout),
    mayCancel: mayCancel(state),
  }
}

/** What the guard found last; empty: there is none. */
function guardTextOf({ guard }: Rollout): string {
  if (!guard) return ''
  const t = wordsFor('rollout')
  const { state, figures: { share, formerShare } = {} } = guard
  if (share === undefined || formerShare === undefined) return t.guards[state]
  return `${t.guards[state]} · ${fill(t.guardShares, { share: share.toFixed(2), formerShare: formerShare.toFixed(2) })}`
}
