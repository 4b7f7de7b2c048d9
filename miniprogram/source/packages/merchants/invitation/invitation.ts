import { pageBehavior } from '../../../page/page-behavior.ts'
import { speak } from '../../../page/speak.ts'
import type { WordsOf } from '../../../text/words.ts'
import { drawQrCode } from '../qr/qr-code.ts'

interface Data {
  t: Partial<WordsOf<'invitation'>>
  /** Empty if it is no authorization link. */
  link: string
  qrCode: string
}

const data: Data = { t: {}, link: '', qrCode: '' }

/** What a merchant sees who opens the card: whoever may be here, nothing is called. */
Component({
  behaviors: [pageBehavior],
  data,
  methods: {
    onLoad({ link = '' }: { readonly link?: string }) {
      const url = decodeURIComponent(link)
      if (/^https?:\/\/[^\s?#]+\/auth\/start\?invite=[^\s&#]+$/.test(url))
        this.setData({ link: url, qrCode: drawQrCode(url) })
    },
    onShow() {
      speak(this, 'invitation')
    },
  },
})
