import { join } from 'node:path'
import { clientCall, httpCall, timerCall, type Identity } from './calls.ts'
import { failed, type Outcome } from './failures.ts'
import { maxPayloadBytes, startInstance } from './instance.ts'
import { createPool, type Pool, type PoolStats } from './pool.ts'
import type { FunctionSettings, TimerTrigger } from './settings.ts'

interface FleetOptions {
  readonly functions: readonly FunctionSettings[]
  /** Holds one folder per built function. */
  readonly functionsFolder: string
  readonly environmentOf: (settings: FunctionSettings) => Record<string, string>
  /** Per function. */
  readonly maxInstances: number
  readonly log: (line: string) => void
}

export type FleetStats = Readonly<Record<string, PoolStats>>

/** All functions with their instances, and the three ways to call one. Instances start with the first call. */
export interface Fleet {
  invoke(name: string, event: unknown, identity?: Identity): Promise<Outcome>
  /** Without a trigger: the function's own, which it must have. */
  fireTimer(name: string, trigger?: TimerTrigger): Promise<Outcome>
  request(name: string, event: unknown, clientAddress: string, requestId: string): Promise<Outcome>
  stats(): FleetStats
  close(): Promise<void>
}

export const createFleet = (options: FleetOptions): Fleet => {
  const members = new Map(
    options.functions.map((settings) => [settings.name, { settings, pool: poolOf(settings, options) }]),
  )
  return {
    invoke: async (name, event, identity) => {
      const member = members.get(name)
      if (!member) return unknownFunction(name)
      if (isTooLarge(event)) return failed('payload', 'the event is over 6 MB')
      return member.pool.run(clientCall(member.settings, event, identity))
    },
    fireTimer: async (name, trigger) => {
      const member = members.get(name)
      if (!member) return unknownFunction(name)
      const due = trigger ?? member.settings.timers[0]
      if (!due) return failed('unknown', `${name} has no timer`)
      return member.pool.run(timerCall(member.settings, due.name, new Date()))
    },
    request: async (name, event, clientAddress, requestId) => {
      const member = members.get(name)
      return member?.pool.run(httpCall(member.settings, event, clientAddress, requestId)) ?? unknownFunction(name)
    },
    stats: () => Object.fromEntries([...members].map(([name, { pool }]) => [name, pool.stats()])),
    close: async () => {
      await Promise.all([...members.values()].map(({ pool }) => pool.close()))
    },
  }
}

const poolOf = (settings: FunctionSettings, options: FleetOptions): Pool =>
  createPool({
    maxInstances: options.maxInstances,
    start: () =>
      startInstance({
        settings,
        folder: join(options.functionsFolder, settings.name),
        env: options.environmentOf(settings),
        log: options.log,
      }),
  })

const unknownFunction = (name: string): Outcome => failed('unknown', `no function ${name}`)

const isTooLarge = (event: unknown): boolean => Buffer.byteLength(JSON.stringify(event) ?? '') > maxPayloadBytes
