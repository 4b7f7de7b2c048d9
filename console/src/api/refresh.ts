/** Lets whatever is on the screen ask again: after a change, or when something outside changed the platform's state. */
const listeners = new Set<() => void>()

export const onRefresh = (listener: () => void): (() => void) => {
  listeners.add(listener)
  return () => {
    listeners.delete(listener)
  }
}

export const refreshAll = (): void => {
  for (const listener of listeners) listener()
}

// Whoever comes back to the tab sees what is true now.
window.addEventListener('focus', refreshAll)
