import { setTimeout as wait } from 'node:timers/promises'
import { ServiceError } from './errors.ts'
import type { Reply } from './replies.ts'

/** One kind of trouble for the requests it fits. Without `action` and `collection` it fits all. */
export interface FaultRule {
  /** As on the wire, `database.modifyDocument`. */
  readonly action?: string
  readonly collection?: string
  /** Before the request is applied, or after it was applied (and is safe) but before it is answered. */
  readonly when: 'before' | 'after'
  /** `drop` closes the connection; `status` answers with that HTTP status; `garbage` answers no JSON; `code` an error. */
  readonly kind: 'drop' | 'delay' | 'status' | 'garbage' | 'code'
  readonly delayMs?: number
  /** Default 500. */
  readonly status?: number
  /** Default `SYS_ERR`. */
  readonly code?: string
  readonly message?: string
  /** How many fitting requests pass first. Default 0. */
  readonly skip?: number
  /** How many requests it hits. Default: all. */
  readonly times?: number
  /** Whether it hits this one. Default: it does. */
  readonly hits?: () => boolean
}

export interface FaultInjector {
  /** Returns how to take the rule away again. */
  add(rule: FaultRule): () => void
  clear(): void
  /** Requests seen since the start or the last `resetCounts`, by `action` and by `action collection`. */
  counts(): Record<string, number>
  resetCounts(): void
  /** `EXCEED_REQUEST_LIMIT` for the operations of a second that exceed this; undefined lifts it. */
  limitOperationsPerSecond(operations: number | undefined): void
  /** `EXCEED_CONCURRENT_REQUEST_LIMIT` for requests beyond so many at once; undefined lifts it. */
  limitConnections(connections: number | undefined): void
}

/** `handle` rejects with it; whoever owns the socket closes it without an answer. */
export class ConnectionDropped extends Error {
  override readonly name = 'ConnectionDropped'
}

interface Target {
  readonly action: string
  readonly collection: string | undefined
}

export class Faults implements FaultInjector {
  private readonly rules = new Map<symbol, { rule: FaultRule; seen: number }>()
  private readonly seen = new Map<string, number>()
  private operationsPerSecond: number | undefined
  private connections: number | undefined
  private underWay = 0
  private second = { number: -1, operations: 0 }

  constructor(private readonly now: () => number) {}

  add(rule: FaultRule): () => void {
    const key = Symbol('fault')
    this.rules.set(key, { rule, seen: 0 })
    return () => {
      this.rules.delete(key)
    }
  }

  clear(): void {
    this.rules.clear()
    this.operationsPerSecond = undefined
    this.connections = undefined
  }

  counts(): Record<string, number> {
    return Object.fromEntries(this.seen)
  }

  resetCounts(): void {
    this.seen.clear()
  }

  limitOperationsPerSecond(operations: number | undefined): void {
    this.operationsPerSecond = operations
  }

  limitConnections(connections: number | undefined): void {
    this.connections = connections
  }

  /** Runs one request under the limits, with the trouble that is due. */
  async around(target: Target, run: () => Promise<Reply>): Promise<Reply> {
    this.note(target)
    this.underWay += 1
    try {
      this.assertWithinLimits()
      const instead = await this.trouble('before', target)
      if (instead !== undefined) return instead
      const reply = await run()
      return (await this.trouble('after', target)) ?? reply
    } finally {
      this.underWay -= 1
    }
  }

  private note({ action, collection }: Target): void {
    for (const key of collection === undefined ? [action] : [action, `${action} ${collection}`]) {
      this.seen.set(key, (this.seen.get(key) ?? 0) + 1)
    }
  }

  private assertWithinLimits(): void {
    if (this.connections !== undefined && this.underWay > this.connections) {
      throw new ServiceError('EXCEED_CONCURRENT_REQUEST_LIMIT', 'exceed concurrent request limit')
    }
    const second = Math.floor(this.now() / 1000)
    if (second !== this.second.number) this.second = { number: second, operations: 0 }
    this.second.operations += 1
    if (this.operationsPerSecond !== undefined && this.second.operations > this.operationsPerSecond) {
      throw new ServiceError('EXCEED_REQUEST_LIMIT', 'exceed request limit')
    }
  }

  private async trouble(when: 'before' | 'after', target: Target): Promise<Reply | undefined> {
    for (const entry of this.rules.values()) {
      const { rule } = entry
      if (rule.when !== when || !fits(rule, target)) continue
      entry.seen += 1
      const turn = entry.seen - (rule.skip ?? 0)
      if (turn < 1 || turn > (rule.times ?? Infinity) || rule.hits?.() === false) continue
      const reply = await cause(rule)
      if (reply !== undefined) return reply
    }
    return undefined
  }
}

const fits = (rule: FaultRule, target: Target): boolean =>
  (rule.action === undefined || rule.action === target.action) &&
  (rule.collection === undefined || rule.collection === target.collection)

async function cause(rule: FaultRule): Promise<Reply | undefined> {
  switch (rule.kind) {
    case 'drop':
      throw new ConnectionDropped('connection dropped')
    case 'delay':
      return wait(rule.delayMs ?? 0, undefined)
    case 'status':
      return { status: rule.status ?? 500, body: '' }
    case 'garbage':
      return { status: 200, body: '<html><body>502 Bad Gateway</body></html>' }
    default:
      throw new ServiceError(rule.code ?? 'SYS_ERR', rule.message ?? 'system error')
  }
}
