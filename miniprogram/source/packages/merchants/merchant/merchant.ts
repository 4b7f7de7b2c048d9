import type { Authorizer, Release } from '../../../../../client/src/operations.ts'
import { call } from '../../../api/call.ts'
import { rememberName } from '../../../api/names.ts'
import { mayOperate, whoAmI } from '../../../api/session.ts'
import { act } from '../../../page/act.ts'
import { confirm } from '../../../page/confirm.ts'
import { load } from '../../../page/load.ts'
import { pageBehavior } from '../../../page/page-behavior.ts'
import { speak } from '../../../page/speak.ts'
import { formatTime } from '../../../text/times.ts'
import { fill, wordsFor, type WordsOf } from '../../../text/words.ts'

type Action = 'invite' | 'ship' | 'look' | ''

interface Data {
  t: Partial<WordsOf<'merchant'>>
  appid: string
  mayOperate: boolean
  merchant: Authorizer | null
  releases: readonly Release[]
  action: Action
  /** What the person binds it to. */
  businessId: string
}

const data: Data = { t: {}, appid: '', mayOperate: false, merchant: null, releases: [], action: '', businessId: '' }

const NEWEST = 5

Component({
  behaviors: [pageBehavior],
  data,
  methods: {
    onLoad({ appid = '' }: { readonly appid?: string }) {
      this.setData({ appid })
    },
    onShow() {
      speak(this, 'merchant')
      void this.reload()
    },
    onPullDownRefresh() {
      return this.reload()
    },
    reload() {
      return load(this, () => readMerchant(this.data.appid))
    },
    typeBusiness({ detail }: { readonly detail: { readonly value: string } }) {
      this.setData({ businessId: detail.value.trim() })
    },
    async bind() {
      const t = wordsFor('merchant')
      const { appid, businessId, merchant } = this.data
      const text = fill(t.bindText, { name: merchant?.nickName ?? appid, businessId })
      if (!(await confirm(this, { title: t.bindTitle, text, action: t.bind }))) return
      await act(this, 'bind', () => call('bindings.bind', { businessId, appid }))
      await this.reload()
    },
    async unbind() {
      const t = wordsFor('merchant')
      const { merchant } = this.data
      if (!merchant?.businessId) return
      const { businessId, nickName } = merchant
      // Nothing else is bound.
      const accountType = merchant.accountType === 'official' ? 'official' : 'miniprogram'
      const text = fill(t.unbindText, { name: nickName, businessId })
      if (!(await confirm(this, { title: t.unbindTitle, text, action: t.unbind, danger: true }))) return
      await act(this, 'unbind', () => call('bindings.unbind', { businessId, accountType }))
      await this.reload()
    },
    goOn() {
      if (this.data.action === 'invite') this.invite()
      else this.openRelease()
    },
    invite() {
      const { merchant } = this.data
      if (!merchant) return
      const { businessId = '', appid, accountType } = merchant
      const query = `businessId=${encodeURIComponent(businessId)}&appid=${appid}&accountType=${accountType}`
      void wx.navigateTo({ url: `/packages/merchants/invite/invite?${query}` })
    },
    openRelease() {
      void wx.navigateTo({ url: `/packages/releases/release/release?appid=${this.data.appid}` })
    },
  },
})

async function readMerchant(appid: string): Promise<object> {
  const [me, merchant, { items }] = await Promise.all([
    whoAmI(),
    call('authorizers.get', { appid }),
    call('releases.list', { appid, limit: NEWEST }),
  ])
  rememberName(merchant)
  const t = wordsFor('merchant')
  const { live, missing, authorizedAt } = merchant
  return {
    mayOperate: mayOperate(me),
    merchant,
    action: actionFor(merchant, mayOperate(me)),
    authorizedAt: formatTime(authorizedAt),
    liveText: live ? `${live.version} · ${formatTime(live.releasedAt ?? live.readAt)}` : t.notLive,
    missingText: fill(t.missing, { sets: missing.join(', ') }),
    releases: items.map((release) => ({ ...release, timeText: formatTime(release.updatedAt) })),
  }
}

/** What comes next with this merchant, if anything. */
function actionFor({ status, accountType }: Authorizer, operator: boolean): Action {
  if (status !== 'active') return operator ? 'invite' : ''
  if (accountType !== 'miniprogram') return ''
  return operator ? 'ship' : 'look'
}
