/** How often a process started by npm looks whether npm's shell is still there. */
const watchMs = 300

/**
 * Calls back once when this process is told to end: SIGINT, SIGTERM, or the end of the shell in which npm runs a script. npm hands
 * a signal only to that shell, which may die of it and leave us running.
 */
export const whenEnded = (end: () => void): void => {
  const parent = process.ppid
  const watch =
    process.env.npm_lifecycle_event === undefined
      ? undefined
      : setInterval(() => {
          if (process.ppid !== parent) endOnce()
        }, watchMs).unref()
  let ended = false
  const endOnce = (): void => {
    if (ended) return
    ended = true
    clearInterval(watch)
    end()
  }
  process.on('SIGINT', endOnce).on('SIGTERM', endOnce)
}
