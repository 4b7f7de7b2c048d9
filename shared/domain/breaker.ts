import type { BreakerStore } from './stores.ts'

/** So many failures in a row, and the endpoint is taken for down: one call with its two repetitions. */
const FAILURES = 3

/** Over all instances an endpoint that is down is tried once in so long. */
export const PROBE_EVERY_MS = 5000

/** One instance asks the database no more often than this; in between it keeps off. */
const ASK_EVERY_MS = 1000

interface Endpoint {
  failures: number
  open: boolean
  askAgainAt: number
}

export interface EndpointBreaker {
  /** False: keep off for now. */
  mayCall(path: string): Promise<boolean>
  succeeded(path: string): Promise<void>
  failed(path: string): Promise<void>
}

/**
 * Keeps all instances off an endpoint that is down, and lets one of them try now and then. As long as everything works
 * it costs nothing; the shared state is read only by an instance that met failures itself.
 */
export function createBreaker(store: BreakerStore, now: () => number): EndpointBreaker {
  const endpoints = new Map<string, Endpoint>()
  const stateOf = (path: string): Endpoint => {
    const known = endpoints.get(path) ?? { failures: 0, open: false, askAgainAt: 0 }
    endpoints.set(path, known)
    return known
  }
  return {
    async mayCall(path) {
      const state = endpoints.get(path)
      if (!state?.open) return true
      if (now() < state.askAgainAt && state.askAgainAt - now() <= ASK_EVERY_MS) return false
      state.askAgainAt = now() + ASK_EVERY_MS
      // Without the database nobody knows; then each instance tries by itself.
      const answer = await store.ask(path, PROBE_EVERY_MS).catch(() => 'probe' as const)
      if (answer === 'closed') endpoints.delete(path)
      return answer !== 'wait'
    },
    async succeeded(path) {
      const state = endpoints.get(path)
      endpoints.delete(path)
      if (state?.open) await store.close(path).catch(() => undefined)
    },
    async failed(path) {
      const state = stateOf(path)
      state.failures += 1
      if (state.open || state.failures < FAILURES) return
      state.open = true
      await store.trip(path).catch(() => undefined)
    },
  }
}
