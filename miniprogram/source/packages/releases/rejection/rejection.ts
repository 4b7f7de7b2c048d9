import type { Release } from '../../../../../client/src/operations.ts'
import { call } from '../../../api/call.ts'
import { nameMerchants } from '../../../api/names.ts'
import { showPicture, type Picture } from '../../../api/pictures.ts'
import { plainReason } from '../../../api/reasons.ts'
import { mayOperate, whoAmI } from '../../../api/session.ts'
import { act } from '../../../page/act.ts'
import { confirm } from '../../../page/confirm.ts'
import { load } from '../../../page/load.ts'
import { pageBehavior } from '../../../page/page-behavior.ts'
import { speak } from '../../../page/speak.ts'
import { fill, wordsFor, type WordsOf } from '../../../text/words.ts'
import type { Submission } from '../submit-form/submit-form.ts'

interface ShownPicture {
  readonly mediaId: string
  readonly picture?: Picture
  readonly source?: string
  readonly failed?: boolean
}

interface Data {
  t: Partial<WordsOf<'release'>>
  appid: string
  name: string
  mayOperate: boolean
  release: Release | null
  pictures: readonly ShownPicture[]
}

const data: Data = { t: {}, appid: '', name: '', mayOperate: false, release: null, pictures: [] }

interface Tap {
  readonly currentTarget: { readonly dataset: { readonly index?: number } }
}

Component({
  behaviors: [pageBehavior],
  data,
  methods: {
    onLoad({ appid = '' }: { readonly appid?: string }) {
      this.setData({ appid, name: appid })
    },
    onShow() {
      speak(this, 'release')
      void wx.setNavigationBarTitle({ title: wordsFor('release').rejectionTitle })
      void this.reload()
    },
    onPullDownRefresh() {
      return this.reload()
    },
    async reload() {
      const { appid } = this.data
      await load(this, () => readRejection(appid))
      await Promise.all(this.data.pictures.map((_, index) => this.readPicture(index)))
    },
    async readPicture(index: number) {
      const { appid, pictures } = this.data
      const mediaId = pictures[index]?.mediaId
      if (mediaId === undefined || pictures[index]?.source !== undefined) return
      const picture = await call('releases.screenshot', { appid, mediaId }).catch(() => undefined)
      this.setData({
        [`pictures[${index}]`]: picture
          ? { mediaId, picture, source: `data:${picture.contentType};base64,${picture.base64}` }
          : { mediaId, failed: true },
      })
    },
    enlarge({ currentTarget }: Tap) {
      const { index = 0 } = currentTarget.dataset
      const shown = this.data.pictures[index]
      if (shown?.failed) void this.readPicture(index)
      if (shown?.picture) showPicture(`rejection-${index}`, shown.picture)
    },
    async submit({ detail }: { readonly detail: Submission }) {
      const { appid, name, release } = this.data
      const t = wordsFor('release')
      const { title, text } = t.questions.submit
      const values = { name, version: release?.version ?? '' }
      if (!(await confirm(this, { title, text: fill(text, values), action: t.resubmit }))) return
      const done = await act(this, 'submit', () => call('releases.submit', { appid, ...detail }))
      if (done) this.openRelease()
      else await this.reload()
    },
    openRelease() {
      void wx.redirectTo({ url: `/packages/releases/release/release?appid=${this.data.appid}` })
    },
  },
})

async function readRejection(appid: string): Promise<object> {
  const [me, release, names] = await Promise.all([whoAmI(), call('releases.status', { appid }), nameMerchants([appid])])
  return {
    mayOperate: mayOperate(me),
    release,
    name: names[appid],
    reason: plainReason(release.reason),
    pictures: (release.screenshots ?? []).map((mediaId) => ({ mediaId })),
  }
}
