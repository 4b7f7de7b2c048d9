import type { Release } from '../../../../../client/src/operations.ts'
import { call } from '../../../api/call.ts'
import { nameMerchants } from '../../../api/names.ts'
import { plainReason } from '../../../api/reasons.ts'
import { Refused, refusalOf } from '../../../api/refused.ts'
import { mayOperate, whoAmI } from '../../../api/session.ts'
import { act } from '../../../page/act.ts'
import { confirm } from '../../../page/confirm.ts'
import { load } from '../../../page/load.ts'
import { pageBehavior } from '../../../page/page-behavior.ts'
import { poll, stopPolling } from '../../../page/poll.ts'
import { speak } from '../../../page/speak.ts'
import { formatTime } from '../../../text/times.ts'
import { fill, wordsFor, type WordsOf } from '../../../text/words.ts'
import type { Submission } from '../submit-form/submit-form.ts'
import { actionsFor, isInTrial, isMoving, stepOf, type Action, type ActionName } from './actions.ts'
import { askedActions, type AskedName } from './asked-actions.ts'

interface Data {
  t: Partial<WordsOf<'release'>>
  appid: string
  name: string
  mayOperate: boolean
  release: Release | null
  /** Which form is open. */
  form: '' | 'commit' | 'submit'
  actions: readonly Action[]
}

const data: Data = { t: {}, appid: '', name: '', mayOperate: false, release: null, form: '', actions: [] }

const EVERY_MS = 8000

interface Tap {
  readonly currentTarget: { readonly dataset: { readonly name?: ActionName } }
}

interface Commit {
  readonly detail: { readonly templateId: number; readonly version: string; readonly description: string }
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
      void this.reload()
      poll(this, EVERY_MS, async () => {
        if (isMoving(this.data.release) && this.data.busy === '') await this.reload()
      })
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
      const { appid } = this.data
      await load(this, async () => {
        const [me, release, names] = await Promise.all([whoAmI(), readRelease(appid), nameMerchants([appid])])
        return { mayOperate: mayOperate(me), name: names[appid], ...describe(release, this.data.form, mayOperate(me)) }
      })
    },
    show(release: Release | null, form: Data['form'] = '') {
      this.setData(describe(release, form, this.data.mayOperate))
    },
    async commit({ detail: { templateId, version, description } }: Commit) {
      const { appid, name } = this.data
      const { title, text, action } = wordsFor('release').questions.commit
      if (!(await confirm(this, { title, text: fill(text, { name, version }), action }))) return
      await act(this, 'commit', async () => {
        this.show(await call('releases.commit', { appid, templateId, version, description }))
      })
    },
    async submit({ detail }: { readonly detail: Submission }) {
      const { appid, name, release } = this.data
      const { title, text, action } = wordsFor('release').questions.submit
      const values = { name, version: release?.version ?? '' }
      if (!(await confirm(this, { title, text: fill(text, values), action }))) return
      await act(this, 'submit', async () => {
        this.show(await call('releases.submit', { appid, ...detail }))
      })
    },
    tapAction({ currentTarget }: Tap) {
      const { name } = currentTarget.dataset
      const { appid, release } = this.data
      if (name === 'choose') this.show(release, 'commit')
      else if (name === 'prepare') this.show(release, 'submit')
      else if (name === 'back') this.show(release)
      else if (name === 'fix') void wx.navigateTo({ url: `/packages/releases/rejection/rejection?appid=${appid}` })
      else if (name && release) void this.askAndDo(name, release)
    },
    async askAndDo(name: AskedName, release: Release) {
      const { title, text, action } = wordsFor('release').questions[name]
      const asked = askedActions[name]
      let values: Readonly<Record<string, string | number>> = { name: this.data.name, version: release.version }
      const known = await act(this, name, async () => {
        values = { ...values, ...(await asked.learn?.(release)) }
      })
      if (!known) return
      if (!(await confirm(this, { title, text: fill(text, values), action, danger: asked.danger === true }))) return
      const done = await act(this, name, () => asked.run(release))
      if (done) void wx.showToast({ title: wordsFor('release').done, icon: 'success' })
      await this.reload()
    },
    onTested() {
      void wx.showToast({ title: wordsFor('release').testerAdded, icon: 'success' })
    },
    onRefused({ detail }: { readonly detail: { readonly error: unknown } }) {
      this.setData({ failure: refusalOf(detail.error) })
    },
  },
})

/** None yet is no failure. */
async function readRelease(appid: string): Promise<Release | null> {
  try {
    return await call('releases.status', { appid })
  } catch (error) {
    if (error instanceof Refused && error.refusal.code === 'NOT_FOUND') return null
    throw error
  }
}

function describe(release: Release | null, asked: Data['form'], operator: boolean): object {
  const t = wordsFor('release')
  const form = operator && release === null ? 'commit' : asked === 'submit' && !isInTrial(release) ? '' : asked
  const back: Action = { name: 'back', label: t.actions.back, theme: 'light' }
  return {
    release,
    form,
    step: form === 'commit' ? 0 : stepOf(release),
    inTrial: isInTrial(release),
    actions: !operator || !release ? [] : form === '' ? actionsFor(release.state) : [back],
    stateText: release === null ? '' : fill(t.stateTexts[release.state], valuesOf(release)),
    reason: plainReason(release?.reason),
  }
}

const valuesOf = ({ auditId, submittedAt, updatedAt, grayPercentage }: Release) => ({
  auditId: auditId ?? '',
  time: formatTime(submittedAt ?? updatedAt),
  percentage: grayPercentage ?? '',
})
