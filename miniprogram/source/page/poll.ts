const timers = new WeakMap<object, ReturnType<typeof setTimeout>>()

/** Runs the work again and again while the page is seen; `stopPolling` when it is hidden or gone. */
export function poll(page: object, everyMs: number, work: () => Promise<void>): void {
  stopPolling(page)
  const timer = setTimeout(() => {
    // Only who was not stopped meanwhile goes on.
    void work().then(() => timers.get(page) === timer && poll(page, everyMs, work))
  }, everyMs)
  timers.set(page, timer)
}

export function stopPolling(page: object): void {
  const timer = timers.get(page)
  if (timer !== undefined) clearTimeout(timer)
  timers.delete(page)
}
