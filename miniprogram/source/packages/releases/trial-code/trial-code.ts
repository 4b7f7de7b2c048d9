import { call } from '../../../api/call.ts'
import { showPicture, type Picture } from '../../../api/pictures.ts'
import { refusalOf } from '../../../api/refused.ts'

interface Data {
  picture: Picture | null
  source: string
  wechatId: string
  busy: boolean
}

const data: Data = { picture: null, source: '', wechatId: '', busy: false }

/** The QR code under which testers open the trial version. Triggers `tested` when a tester was added, `refused` with `{error}` when not. */
Component({
  properties: { appid: String, t: Object, canAdd: Boolean },
  data,
  lifetimes: {
    attached() {
      void this.read()
    },
  },
  methods: {
    async read() {
      this.setData({ refusal: null })
      try {
        const picture = await call('releases.preview', { appid: this.data.appid })
        this.setData({ picture, source: `data:${picture.contentType};base64,${picture.base64}` })
      } catch (error) {
        this.setData({ refusal: refusalOf(error) })
      }
    },
    enlarge() {
      if (this.data.picture) showPicture('trial', this.data.picture)
    },
    type({ detail }: { readonly detail: { readonly value: string } }) {
      this.setData({ wechatId: detail.value.trim() })
    },
    async addTester() {
      const { appid, wechatId } = this.data
      this.setData({ busy: true })
      try {
        await call('miniprograms.bindTester', { appid, wechatId })
        this.setData({ wechatId: '' })
        this.triggerEvent('tested')
      } catch (error) {
        this.triggerEvent('refused', { error })
      } finally {
        this.setData({ busy: false })
      }
    },
  },
})
