import type { BreakerStore } from './stores/breakers.ts'

/**
 * So many failures within so long, over all instances, and the endpoint is taken for down. More than two calls with
 * their repetitions, so that one caller's bad moment stops nobody.
 */
const FAILURES = 10
const WITHIN_MS = 10_000

/** Over all instances an endpoint that is down is tried once in so long. */
const PROBE_EVERY_MS = 5000

/** One instance asks the database no more often than this; in between it keeps off. */
const ASK_EVERY_MS = 1000

interface Endpoint {
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
 * it costs nothing; failures are counted where all instances see them, so that each meets the outage once.
 */
export function createBreaker(store: BreakerStore, now: () => number): EndpointBreaker {
  /** Endpoints that failed here since they last worked. */
  const endpoints = new Map<string, Endpoint>()
  return {
    async mayCall(path) {
      const state = endpoints.get(path)
      if (!state?.open) return true
      // Also after a clock jumped back.
      if (now() < state.askAgainAt && state.askAgainAt - now() <= ASK_EVERY_MS) return false
      state.askAgainAt = now() + ASK_EVERY_MS
      // Without the database nobody knows; then each instance tries by itself.
      const answer = await store.ask(path, PROBE_EVERY_MS).catch(() => 'probe' as const)
      if (answer === 'closed') endpoints.delete(path)
      return answer !== 'wait'
    },
    async succeeded(path) {
      if (endpoints.delete(path)) await store.close(path).catch(() => undefined)
    },
    async failed(path) {
      const state = endpoints.get(path) ?? { open: false, askAgainAt: 0 }
      endpoints.set(path, state)
      state.open = await store.noteFailure(path, FAILURES, WITHIN_MS).catch(() => state.open)
    },
  }
}
