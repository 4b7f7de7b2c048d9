import type { Operations } from '../../../../../client/src/operations.ts'
import { call } from '../../../api/call.ts'
import { act } from '../../../page/act.ts'
import { confirm } from '../../../page/confirm.ts'
import { load } from '../../../page/load.ts'
import { pageBehavior } from '../../../page/page-behavior.ts'
import { speak } from '../../../page/speak.ts'
import { formatTime } from '../../../text/times.ts'
import { fill, wordsFor, type WordsOf } from '../../../text/words.ts'

type Session = Operations['sessions.list']['data']['items'][number]

type Shown = Session & { readonly title: string; readonly line: string }

interface Data {
  t: Partial<WordsOf<'sessions'>>
  sessions: readonly Shown[]
}

const data: Data = { t: {}, sessions: [] }

interface Tap {
  readonly currentTarget: { readonly dataset: { readonly id?: string } }
}

Component({
  behaviors: [pageBehavior],
  data,
  methods: {
    onShow() {
      speak(this, 'sessions')
      void this.reload()
    },
    onPullDownRefresh() {
      return this.reload()
    },
    reload() {
      return load(this, async () => ({
        sessions: (await call('sessions.list', { limit: 100 })).items
          .filter(({ state }) => state === 'active')
          .map(present),
      }))
    },
    async end({ currentTarget }: Tap) {
      const { id = '' } = currentTarget.dataset
      const t = wordsFor('sessions')
      const title = this.data.sessions.find(({ sessionId }) => sessionId === id)?.title ?? id
      const text = fill(t.endText, { browser: title })
      if (!(await confirm(this, { title: t.endTitle, text, action: t.end, danger: true }))) return
      await act(this, id, () => call('sessions.revoke', { sessionId: id }))
      await this.reload()
    },
  },
})

function present(session: Session): Shown {
  const { browser, name, person, expiresAt } = session
  const t = wordsFor('sessions')
  const line = `${name ?? person} · ${fill(t.until, { time: formatTime(expiresAt) })}`
  return { ...session, title: browser || t.unknown, line }
}
