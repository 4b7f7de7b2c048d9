import type { Operations } from '../../../../../client/src/operations.ts'
import { call } from '../../../api/call.ts'
import { act } from '../../../page/act.ts'
import { confirm } from '../../../page/confirm.ts'
import { load } from '../../../page/load.ts'
import { pageBehavior } from '../../../page/page-behavior.ts'
import { speak } from '../../../page/speak.ts'
import { fill, wordsFor, type WordsOf } from '../../../text/words.ts'

type Person = Operations['admins.list']['data']['items'][number]
type Role = Person['role']

interface Data {
  t: Partial<WordsOf<'me'>>
  people: readonly Person[]
  id: string
  name: string
  role: Role
}

const data: Data = { t: {}, people: [], id: '', name: '', role: 'operator' }

interface Tap {
  readonly currentTarget: { readonly dataset: { readonly role?: Role; readonly id?: string } }
}

interface Typed {
  readonly currentTarget: { readonly dataset: { readonly name?: 'id' | 'name' } }
  readonly detail: { readonly value: string }
}

Component({
  behaviors: [pageBehavior],
  data,
  methods: {
    onShow() {
      speak(this, 'me')
      const t = wordsFor('me')
      void wx.setNavigationBarTitle({ title: t.people })
      this.setData({
        roles: (['viewer', 'operator', 'owner'] as const).map((role) => ({ role, label: t.roles[role] })),
      })
      void this.reload()
    },
    onPullDownRefresh() {
      return this.reload()
    },
    reload() {
      return load(this, async () => ({ people: (await call('admins.list', { limit: 100 })).items }))
    },
    type({ currentTarget, detail }: Typed) {
      const { name } = currentTarget.dataset
      if (name) this.setData({ [name]: detail.value.trim() })
    },
    chooseRole({ currentTarget }: Tap) {
      this.setData({ role: currentTarget.dataset.role ?? 'viewer' })
    },
    async add() {
      const { id, name, role } = this.data
      const t = wordsFor('me')
      const text = fill(t.addText, { person: name || id, role: t.roles[role] })
      if (!(await confirm(this, { title: t.addTitle, text, action: t.add }))) return
      const added = await act(this, 'add', () => call('admins.put', { id, role, ...(name !== '' && { name }) }))
      if (!added) return
      this.setData({ id: '', name: '' })
      await this.reload()
    },
    async remove({ currentTarget }: Tap) {
      const { id = '' } = currentTarget.dataset
      const t = wordsFor('me')
      const person = this.data.people.find((someone) => someone.id === id)?.name ?? id
      const text = fill(t.removeText, { person })
      if (!(await confirm(this, { title: t.removeTitle, text, action: t.remove, danger: true }))) return
      await act(this, id, () => call('admins.delete', { id }))
      await this.reload()
    },
  },
})
