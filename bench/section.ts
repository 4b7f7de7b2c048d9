/** One line of a section's table. */
export interface Row {
  readonly what: string
  readonly measured: string
  /** Against the reference named in `than`. */
  readonly ratio?: number
  readonly than?: string
  /** What is asked for, as text. */
  readonly goal?: string
  readonly holds?: boolean
}

export interface Section {
  readonly name: string
  readonly about: string
  readonly run: (options: BenchOptions) => Promise<readonly Row[]>
}

export interface BenchOptions {
  readonly authorizers: number
  /** Of the rollout. */
  readonly merchants: number
  /** How long a review takes; in earnest some hours or days. */
  readonly reviewMinutes: number
  /** How long the simulated WeChat takes to answer a sweep. */
  readonly wechatMs: number
  /** Of a load, in seconds. */
  readonly seconds: number
  /** Of a load, requests. */
  readonly perSecond: number
  /** How many authorizers, one after the other, to see how things grow. */
  readonly sizes: readonly number[]
  /** Draws what was measured. */
  readonly plot: boolean
  readonly progress: (text: string) => void
}

export const median = (values: readonly number[]): number => percentile(values, 50)

export function percentile(values: readonly number[], percent: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor((sorted.length * percent) / 100))] ?? Number.NaN
}

export const ms = (value: number): string => `${value.toFixed(value < 10 ? 2 : 0)} ms`

/** A ratio that must not exceed its limit. */
export const atMost = (limit: number, ratio: number): { goal: string; holds: boolean } => ({
  goal: `≤ ${limit}`,
  holds: ratio <= limit,
})
