import type { Authorizer } from '../../../../client/src/operations.ts'
import { call } from '../../api/call.ts'
import { takeFilter, type MerchantStatus } from '../../api/merchant-filter.ts'
import { rememberName } from '../../api/names.ts'
import { mayOperate, whoAmI } from '../../api/session.ts'
import { load } from '../../page/load.ts'
import { pageBehavior } from '../../page/page-behavior.ts'
import { speak, speakTabs } from '../../page/speak.ts'
import { fill, wordsFor, type WordsOf } from '../../text/words.ts'

type Status = MerchantStatus | ''

interface Merchant extends Authorizer {
  readonly liveText: string
}

interface Data {
  t: Partial<WordsOf<'merchants'>>
  mayOperate: boolean
  query: string
  status: Status
  merchants: readonly Merchant[]
  nextCursor: string
}

const data: Data = { t: {}, mayOperate: false, query: '', status: '', merchants: [], nextCursor: '' }

/** Ms of rest after a key before the search begins. */
const TYPING_MS = 300

let typing: ReturnType<typeof setTimeout> | undefined

interface Tap {
  readonly currentTarget: { readonly dataset: { readonly appid?: string; readonly status?: Status } }
}

Component({
  behaviors: [pageBehavior],
  data,
  methods: {
    onShow() {
      speak(this, 'merchants')
      speakTabs()
      const t = wordsFor('merchants')
      const filters = (['', 'active', 'reauthorize', 'revoked'] as const).map((status) => ({
        status,
        label: status === '' ? t.all : t.states[status],
      }))
      const wanted = takeFilter()
      this.setData({ filters, ...(wanted !== undefined && { status: wanted, query: '' }) })
      void this.reload()
    },
    onPullDownRefresh() {
      return this.reload({ again: true })
    },
    reload(options: { readonly again?: boolean } = {}) {
      return load(this, async () => {
        const [me, list] = await Promise.all([whoAmI(options), readMerchants(this.data)])
        return { mayOperate: mayOperate(me), ...list }
      })
    },
    onReachBottom() {
      const { nextCursor, merchants } = this.data
      if (nextCursor === '') return
      void load(this, async () => {
        const more = await readMerchants(this.data, nextCursor)
        return { ...more, merchants: [...merchants, ...more.merchants] }
      })
    },
    typeQuery({ detail }: { readonly detail: { readonly value: string } }) {
      this.setData({ query: detail.value })
      clearTimeout(typing)
      typing = setTimeout(() => void this.reload(), TYPING_MS)
    },
    clearQuery() {
      this.setData({ query: '' })
      void this.reload()
    },
    chooseStatus({ currentTarget }: Tap) {
      this.setData({ status: currentTarget.dataset.status ?? '', phase: 'loading' })
      void this.reload()
    },
    openMerchant({ currentTarget }: Tap) {
      void wx.navigateTo({ url: `/packages/merchants/merchant/merchant?appid=${currentTarget.dataset.appid}` })
    },
    invite() {
      void wx.navigateTo({ url: '/packages/merchants/invite/invite' })
    },
  },
})

interface Filter {
  readonly query: string
  readonly status: Status
}

async function readMerchants({ query, status }: Filter, cursor?: string) {
  const t = wordsFor('merchants')
  const { items, nextCursor = '' } = await call('authorizers.list', {
    ...(query.trim() !== '' && { query: query.trim() }),
    ...(status !== '' && { status }),
    ...(cursor !== undefined && { cursor }),
  })
  items.forEach(rememberName)
  const merchants = items.map((merchant): Merchant => {
    const { live } = merchant
    return { ...merchant, liveText: live ? fill(t.live, { version: live.version }) : t.notLive }
  })
  return { merchants, nextCursor }
}
