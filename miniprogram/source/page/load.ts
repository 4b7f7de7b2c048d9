import { refusalOf, strangerId, type Refusal } from '../api/refused.ts'

interface Loading {
  readonly data: { readonly phase: string }
  setData(data: object): void
}

const newest = new WeakMap<object, number>()

/** Shows what `read` answers, unless a later load began meanwhile. What is shown already stays where a load fails, the reason above it. */
export async function load(page: Loading, read: () => Promise<object>): Promise<void> {
  const round = (newest.get(page) ?? 0) + 1
  newest.set(page, round)
  const changes = await read().then(
    (data) => ({ ...data, phase: 'shown', refusal: null, strangerId: '' }),
    (error: unknown) => refused(page, refusalOf(error)),
  )
  if (newest.get(page) === round) page.setData(changes)
  void wx.stopPullDownRefresh()
}

const refused = ({ data }: Loading, refusal: Refusal): object => {
  const id = strangerId(refusal)
  return { refusal, strangerId: id ?? '', phase: data.phase === 'shown' && id === undefined ? 'shown' : 'refused' }
}
