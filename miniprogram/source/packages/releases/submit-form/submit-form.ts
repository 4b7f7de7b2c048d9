import type { Operations } from '../../../../../client/src/operations.ts'
import { call } from '../../../api/call.ts'
import { uploadPictures } from '../../../api/pictures.ts'
import { refusalOf } from '../../../api/refused.ts'
import { numberOf, textOf } from '../../../api/wechat-fields.ts'
import { fill, wordsFor } from '../../../text/words.ts'

export type Submission = Omit<Operations['releases.submit']['input'], 'appid'>
type Item = NonNullable<Submission['items']>[number]

interface Category {
  readonly label: string
  readonly item: Item
}

interface Data {
  categories: readonly Category[]
  category: number
  autoRelease: boolean
  feedback: string
  pictureIds: readonly string[]
  uploading: boolean
}

const data: Data = { categories: [], category: 0, autoRelease: false, feedback: '', pictureIds: [], uploading: false }

/** WeChat takes so many. */
const MAX_PICTURES = 5

/** How a version is put before WeChat's reviewers; after a rejection with a word to them. Triggers `submit` with what `releases.submit` takes. */
Component({
  properties: { appid: String, t: Object, busy: Boolean, rejected: Boolean },
  data,
  lifetimes: {
    attached() {
      this.countPictures()
      void this.read()
    },
  },
  methods: {
    async read() {
      try {
        this.setData({ categories: await readCategories(this.data.appid), refusal: null })
      } catch (error) {
        this.setData({ refusal: refusalOf(error) })
      }
    },
    chooseCategory({ currentTarget }: { readonly currentTarget: { readonly dataset: { readonly index?: number } } }) {
      this.setData({ category: currentTarget.dataset.index ?? 0 })
    },
    switchAutoRelease({ detail }: { readonly detail: { readonly value: boolean } }) {
      this.setData({ autoRelease: detail.value })
    },
    typeFeedback({ detail }: { readonly detail: { readonly value: string } }) {
      this.setData({ feedback: detail.value })
    },
    async addPictures() {
      const { appid, pictureIds } = this.data
      this.setData({ uploading: true, refusal: null })
      try {
        const more = await uploadPictures(appid, MAX_PICTURES - pictureIds.length)
        this.setData({ pictureIds: [...pictureIds, ...more] })
      } catch (error) {
        // Who closes the album has not failed.
        if (!isCancelled(error)) this.setData({ refusal: refusalOf(error) })
      }
      this.setData({ uploading: false })
      this.countPictures()
    },
    countPictures() {
      this.setData({ picturesText: fill(wordsFor('release').pictures, { count: this.data.pictureIds.length }) })
    },
    submit() {
      const { categories, category, autoRelease, feedback, pictureIds } = this.data
      const chosen = categories[category]
      const submission: Submission = {
        ...(chosen && { items: [chosen.item] }),
        ...(autoRelease && { autoRelease }),
        ...((feedback !== '' || pictureIds.length > 0) && {
          feedback: { feedback_info: feedback, feedback_stuff: pictureIds.join('|') },
        }),
      }
      this.triggerEvent('submit', submission)
    },
  },
})

const isCancelled = (error: unknown): boolean =>
  typeof error === 'object' && error !== null && 'errMsg' in error && String(error.errMsg).includes('cancel')

async function readCategories(appid: string): Promise<Category[]> {
  const [{ categories }, { pages }] = await Promise.all([
    call('releases.categories', { appid }),
    call('releases.pages', { appid }),
  ])
  const [address] = pages
  return categories.map((category) => {
    const third = { third_class: textOf(category, 'third_class'), third_id: numberOf(category, 'third_id') }
    // WeChat lists some without their numbers, and takes those by name.
    const numbered = 'first_id' in category && 'second_id' in category
    const item: Item = {
      ...(address !== undefined && { address }),
      first_class: textOf(category, 'first_class'),
      second_class: textOf(category, 'second_class'),
      ...(numbered && { first_id: numberOf(category, 'first_id'), second_id: numberOf(category, 'second_id') }),
      ...(third.third_class !== '' && third),
    }
    const label = [item.first_class, item.second_class, third.third_class].filter((name) => name !== '').join(' / ')
    return { label, item }
  })
}
