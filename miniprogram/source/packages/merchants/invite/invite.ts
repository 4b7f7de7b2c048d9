import type { Binding, Operations } from '../../../../../client/src/operations.ts'
import { call } from '../../../api/call.ts'
import { act } from '../../../page/act.ts'
import { pageBehavior } from '../../../page/page-behavior.ts'
import { poll, stopPolling } from '../../../page/poll.ts'
import { speak } from '../../../page/speak.ts'
import { formatTime } from '../../../text/times.ts'
import { fill, wordsFor, type WordsOf } from '../../../text/words.ts'
import { drawQrCode } from '../qr/qr-code.ts'

type Link = Operations['bindings.createLink']['data']
type AccountType = Binding['accountType']

interface Data {
  t: Partial<WordsOf<'invite'>>
  businessId: string
  accountType: AccountType
  /** The one account that may authorize; empty: any. */
  appid: string
  link: Link | null
  qrCode: string
  /** How it stood before the invitation. */
  before: Binding | null
  bound: Binding | null
}

const data: Data = {
  t: {},
  businessId: '',
  accountType: 'miniprogram',
  appid: '',
  link: null,
  qrCode: '',
  before: null,
  bound: null,
}

const EVERY_MS = 4000

interface Query {
  readonly businessId?: string
  readonly appid?: string
  readonly accountType?: AccountType
}

interface Tap {
  readonly currentTarget: { readonly dataset: { readonly type?: AccountType } }
}

Component({
  behaviors: [pageBehavior],
  data,
  methods: {
    onLoad({ businessId = '', appid = '', accountType = 'miniprogram' }: Query) {
      this.setData({ businessId: decodeURIComponent(businessId), appid, accountType })
    },
    onShow() {
      speak(this, 'invite')
      const t = wordsFor('invite')
      this.setData({
        types: (['miniprogram', 'official', 'any'] as const).map((type) => ({ type, label: t.types[type] })),
      })
      if (this.data.link && !this.data.bound) poll(this, EVERY_MS, () => this.look())
    },
    onHide() {
      stopPolling(this)
    },
    onUnload() {
      stopPolling(this)
    },
    typeBusiness({ detail }: { readonly detail: { readonly value: string } }) {
      this.setData({ businessId: detail.value.trim() })
    },
    chooseType({ currentTarget }: Tap) {
      this.setData({ accountType: currentTarget.dataset.type ?? 'miniprogram' })
    },
    async create() {
      const { businessId, accountType, appid } = this.data
      const t = wordsFor('invite')
      await act(this, 'create', async () => {
        const [before, link] = await Promise.all([
          call('bindings.get', { businessId, accountType }),
          call('bindings.createLink', { businessId, accountType, ...(appid !== '' && { appid }) }),
        ])
        const expiryText = fill(t.expires, { time: formatTime(link.expiresAt) })
        this.setData({ before, link, qrCode: drawQrCode(link.inviteUrl), expiryText })
        poll(this, EVERY_MS, () => this.look())
      })
    },
    /** Whether the merchant authorized meanwhile; a failed look is made up for by the next. */
    async look() {
      const { businessId, accountType, before } = this.data
      const now = await call('bindings.get', { businessId, accountType }).catch(() => undefined)
      if (!now || !isNew(before, now)) return
      stopPolling(this)
      const t = wordsFor('invite')
      this.setData({
        bound: now,
        boundTitle: fill(t.bound, { name: now.nickName ?? now.appid ?? '' }),
        boundText: fill(t.boundText, { businessId }),
      })
    },
    shareQrCode() {
      const path = `${wx.env.USER_DATA_PATH}/invite.png`
      wx.getFileSystemManager().writeFileSync(path, this.data.qrCode, 'base64')
      void wx.showShareImageMenu({ path })
    },
    /** The card leads to a page that needs no role. */
    onShareAppMessage() {
      const { link } = this.data
      const t = wordsFor('invite')
      return {
        title: t.cardTitle,
        path: `/packages/merchants/invitation/invitation?link=${encodeURIComponent(link?.inviteUrl ?? '')}`,
      }
    },
    openMerchant() {
      void wx.redirectTo({ url: `/packages/merchants/merchant/merchant?appid=${this.data.bound?.appid}` })
    },
  },
})

const isNew = (before: Binding | null, now: Binding): boolean =>
  now.status === 'bound' &&
  now.problem === undefined &&
  (before?.status !== 'bound' || before.boundAt !== now.boundAt || before.problem !== undefined)
