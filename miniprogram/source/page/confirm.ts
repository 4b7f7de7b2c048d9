export interface Question {
  readonly title: string
  /** Whom or what it touches. */
  readonly text: string
  readonly action: string
  /** Whether it takes something away. */
  readonly danger?: boolean
}

interface Asking {
  setData(data: { readonly question: Question | null }): void
}

const waiting = new WeakMap<object, (yes: boolean) => void>()

/** Asks on the page's `confirm-sheet`; closing it means no. */
export function confirm(page: Asking, question: Question): Promise<boolean> {
  settleQuestion(page, false)
  page.setData({ question })
  return new Promise((resolve) => waiting.set(page, resolve))
}

export function settleQuestion(page: Asking, yes: boolean): void {
  const resolve = waiting.get(page)
  if (!resolve) return
  waiting.delete(page)
  page.setData({ question: null })
  resolve(yes)
}
