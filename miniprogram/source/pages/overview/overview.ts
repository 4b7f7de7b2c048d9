import type { Operations, Release } from '../../../../client/src/operations.ts'
import { call } from '../../api/call.ts'
import { filterMerchants, type MerchantStatus } from '../../api/merchant-filter.ts'
import { nameMerchants } from '../../api/names.ts'
import { plainReason } from '../../api/reasons.ts'
import { mayOperate, whoAmI } from '../../api/session.ts'
import { act } from '../../page/act.ts'
import { confirm } from '../../page/confirm.ts'
import { load } from '../../page/load.ts'
import { pageBehavior } from '../../page/page-behavior.ts'
import { speak, speakTabs } from '../../page/speak.ts'
import { told } from '../../text/told.ts'
import { formatTime } from '../../text/times.ts'
import { fill, wordsFor, type WordsOf } from '../../text/words.ts'

type Status = Operations['platform.status']['data']

/** What waits longer than the newest so many is found under its merchant. */
const SHOWN = 10

interface Data {
  t: Partial<WordsOf<'overview'>>
  mayOperate: boolean
  ready: readonly Release[]
  names: Readonly<Record<string, string>>
}

const data: Data = { t: {}, mayOperate: false, ready: [], names: {} }

interface Tap {
  readonly currentTarget: {
    readonly dataset: { readonly appid?: string; readonly status?: MerchantStatus; readonly index?: number }
  }
}

Component({
  behaviors: [pageBehavior],
  data,
  methods: {
    onLoad() {
      speak(this, 'overview')
    },
    onShow() {
      speak(this, 'overview')
      speakTabs()
      void this.reload()
    },
    onPullDownRefresh() {
      return this.reload({ again: true })
    },
    reload(options: { readonly again?: boolean } = {}) {
      return load(this, () => readOverview(options))
    },
    release({ currentTarget }: Tap) {
      const release = this.data.ready[currentTarget.dataset.index ?? 0]
      return release && this.releaseOne(release)
    },
    async releaseOne({ appid, releaseId, version }: Release) {
      const t = wordsFor('overview')
      const text = fill(t.releaseText, { name: this.data.names[appid] ?? appid, version })
      if (!(await confirm(this, { title: t.releaseTitle, text, action: t.release }))) return
      const released = await act(this, releaseId, () => call('releases.release', { appid, version }))
      if (released) void wx.showToast({ title: t.released, icon: 'success' })
      await this.reload()
    },
    openRelease({ currentTarget }: Tap) {
      void wx.navigateTo({ url: `/packages/releases/release/release?appid=${currentTarget.dataset.appid}` })
    },
    openRejection({ currentTarget }: Tap) {
      void wx.navigateTo({ url: `/packages/releases/rejection/rejection?appid=${currentTarget.dataset.appid}` })
    },
    openMerchant({ currentTarget }: Tap) {
      const { appid } = currentTarget.dataset
      if (appid) void wx.navigateTo({ url: `/packages/merchants/merchant/merchant?appid=${appid}` })
    },
    openMerchants({ currentTarget }: Tap) {
      const { status } = currentTarget.dataset
      if (!status) return
      filterMerchants(status)
      void wx.switchTab({ url: '/pages/merchants/merchants' })
    },
  },
})

async function readOverview(options: { readonly again?: boolean }): Promise<object> {
  const [me, status, ready, rejected] = await Promise.all([
    whoAmI(options),
    call('platform.status'),
    call('releases.list', { state: 'approved', limit: SHOWN }),
    call('releases.list', { state: 'rejected', limit: SHOWN }),
  ])
  const releases = [...ready.items, ...rejected.items]
  const appids = [...releases, ...status.problems].flatMap(({ appid }) => appid ?? [])
  return {
    mayOperate: mayOperate(me),
    names: await nameMerchants(appids),
    ready: ready.items,
    rejected: rejected.items.map((release) => ({ ...release, reasonText: plainReason(release.reason) })),
    ...describe(status, ready.items.length),
  }
}

function describe(status: Status, ready: number): object {
  const t = wordsFor('overview')
  const { ticket, authorizers, audits, problems } = status
  return {
    status: {
      problems: problems.map((problem) => ({
        ...problem,
        key: `${problem.code} ${problem.appid ?? ''}`,
        ...told(problem),
        sinceText: fill(t.since, { time: formatTime(problem.since) }),
      })),
    },
    healthText: problems.length === 0 ? t.healthy : fill(t.problems, { count: problems.length }),
    ticketText: ticket.receivedAt === null ? t.noTicket : fill(t.ticketAge, { time: formatTime(ticket.receivedAt) }),
    numbers: [
      { label: t.active, count: authorizers.active, status: 'active' },
      { label: t.reauthorize, count: authorizers.reauthorize, status: 'reauthorize' },
      { label: t.revoked, count: authorizers.revoked, status: 'revoked' },
      { label: t.auditing, count: audits.auditing },
      { label: t.rejected, count: audits.rejected },
      { label: t.ready, count: ready },
    ],
  }
}
