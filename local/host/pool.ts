import type { Call } from './calls.ts'
import { failed, type Outcome } from './failures.ts'
import type { Instance } from './instance.ts'

/** A spare instance is ended after so long. */
const idleMs = 5 * 60_000
const sweepMs = 30_000

interface PoolOptions {
  readonly start: () => Instance
  readonly maxInstances: number
}

export interface PoolStats {
  readonly invocations: number
  readonly coldStarts: number
  readonly instances: number
  readonly pids: readonly number[]
  readonly errors: number
}

/** The instances of one function: as many as calls are under way, up to a maximum; further calls wait in line. */
export interface Pool {
  run(call: Call): Promise<Outcome>
  stats(): PoolStats
  close(): Promise<void>
}

const closing = failed('crashed', 'the host is closing')

interface Job {
  readonly call: Call
  readonly settle: (outcome: Outcome) => void
}

export const createPool = ({ start, maxInstances }: PoolOptions): Pool => {
  const live = new Set<Instance>()
  /** Most recently used last, so that the spare ones grow old. */
  const idle: { readonly instance: Instance; readonly since: number }[] = []
  const queue: Job[] = []
  const counts = { invocations: 0, coldStarts: 0, errors: 0 }
  let starting = 0
  let closed = false

  const dispatch = (): void => {
    if (closed) return
    while (queue.length > 0) {
      const instance = takeIdle()
      if (!instance) break
      const job = queue.shift()
      if (job) void serve(instance, job)
    }
    while (starting < queue.length && live.size < maxInstances) void add()
  }

  const takeIdle = (): Instance | undefined => {
    for (let entry = idle.pop(); entry; entry = idle.pop()) {
      if (entry.instance.alive) return entry.instance
      dismiss(entry.instance)
    }
    return undefined
  }

  const add = async (): Promise<void> => {
    starting += 1
    counts.coldStarts += 1
    const instance = start()
    live.add(instance)
    const failure = await instance.loaded
    starting -= 1
    if (failure) {
      live.delete(instance)
      const job = queue.shift()
      if (job) settle(job, failure)
    } else release(instance)
    dispatch()
  }

  const serve = async (instance: Instance, job: Job): Promise<void> => {
    settle(job, await instance.run(job.call))
    release(instance)
    dispatch()
  }

  const release = (instance: Instance): void => {
    if (instance.alive) idle.push({ instance, since: performance.now() })
    else dismiss(instance)
  }

  const dismiss = (instance: Instance): void => {
    live.delete(instance)
    void instance.end()
  }

  const settle = (job: Job, outcome: Outcome): void => {
    if ('failure' in outcome) counts.errors += 1
    job.settle(outcome)
  }

  const sweep = (): void => {
    while (idle[0] && performance.now() - idle[0].since > idleMs) {
      const spare = idle.shift()?.instance
      if (spare) dismiss(spare)
    }
  }

  const sweeper = setInterval(sweep, sweepMs).unref()

  return {
    run: (call) => {
      counts.invocations += 1
      if (closed) return Promise.resolve(closing)
      return new Promise((resolve) => {
        queue.push({ call, settle: resolve })
        dispatch()
      })
    },
    stats: () => {
      const pids = [...live].filter(({ alive }) => alive).map(({ pid }) => pid)
      return { ...counts, instances: pids.length, pids }
    },
    close: async () => {
      closed = true
      clearInterval(sweeper)
      for (const job of queue.splice(0)) settle(job, closing)
      const instances = [...live]
      live.clear()
      await Promise.all(instances.map((instance) => instance.end()))
    },
  }
}
