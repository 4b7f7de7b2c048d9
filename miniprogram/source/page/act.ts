import { refusalOf } from '../api/refused.ts'

interface Acting {
  readonly data: { readonly busy: string }
  setData(data: object): void
}

/** Does one thing at a time: `busy` names it meanwhile; a failure comes up in the page's `refusal-sheet`. Answers whether it was done. */
export async function act(page: Acting, name: string, work: () => Promise<unknown>): Promise<boolean> {
  if (page.data.busy !== '') return false
  page.setData({ busy: name, failure: null })
  try {
    await work()
    return true
  } catch (error) {
    page.setData({ failure: refusalOf(error) })
    return false
  } finally {
    page.setData({ busy: '' })
  }
}
