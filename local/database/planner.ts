import { TypeEdge } from './ordered-index.ts'
import type { Key, KeyRange, OrderedIndex } from './ordered-index.ts'
import type { Collection } from './collection.ts'
import { compareValues, isOperatorObject, isPlainObject, isScalar, rankOf } from './values.ts'
import type { Scalar } from './values.ts'

export type Order = readonly (readonly [path: string, direction: 1 | -1])[]

export interface Plan {
  readonly index: OrderedIndex
  readonly ranges: readonly KeyRange[]
  readonly backwards: boolean
  /** The scan yields the wanted order already. */
  readonly ordered: boolean
}

interface Bound {
  readonly value: Scalar
  readonly inclusive: boolean
}

/** What a query demands of one path in any case. Leaving a demand out only makes the scan longer. */
interface Demand {
  equals?: Scalar
  oneOf?: readonly Scalar[]
  lower?: Bound
  upper?: Bound
}

/** Chooses the index whose leading fields the query fixes best. Candidates still have to pass the whole query. */
export function planQuery(collection: Collection, query: Record<string, unknown>, order: Order): Plan {
  const demands = new Map<string, Demand>()
  collectDemands(query, demands)
  let best = rate(collection.primary, demands, order)
  for (const index of collection.secondary) {
    const rated = rate(index, demands, order)
    if (rated.score > best.score) best = rated
  }
  return best.plan
}

function collectDemands(query: Record<string, unknown>, demands: Map<string, Demand>): void {
  for (const [name, condition] of Object.entries(query)) {
    if (name === '$and' && Array.isArray(condition)) {
      for (const part of condition) if (isPlainObject(part)) collectDemands(part, demands)
    } else if (!name.startsWith('$')) {
      const demand = demands.get(name) ?? {}
      demands.set(name, demand)
      if (isScalar(condition)) demand.equals = condition
      else if (isOperatorObject(condition)) addOperators(demand, condition)
    }
  }
}

function addOperators(demand: Demand, condition: Record<string, unknown>): void {
  for (const [operator, operand] of Object.entries(condition)) {
    if (operator === '$in' && Array.isArray(operand) && operand.every(isScalar)) demand.oneOf = distinct(operand)
    if (!isScalar(operand)) continue
    if (operator === '$eq') demand.equals = operand
    // Null takes part in comparisons as missing does, in ways a range does not show.
    if (operand === null) continue
    if (operator === '$gt' || operator === '$gte') demand.lower ??= { value: operand, inclusive: operator === '$gte' }
    if (operator === '$lt' || operator === '$lte') demand.upper ??= { value: operand, inclusive: operator === '$lte' }
  }
}

const distinct = (values: readonly Scalar[]): Scalar[] => {
  const sorted = values.toSorted(compareValues)
  return sorted.filter((value, position) => position === 0 || compareValues(value, sorted[position - 1]) !== 0)
}

function rate(index: OrderedIndex, demands: Map<string, Demand>, order: Order): { plan: Plan; score: number } {
  const fixed: Scalar[] = []
  const fixedNames = new Set<string>()
  for (const { name } of index.fields) {
    const equals = demands.get(name)?.equals
    if (equals === undefined) break
    fixed.push(equals)
    fixedNames.add(name)
  }
  const next = index.fields[fixed.length]
  const demand = next === undefined ? undefined : demands.get(next.name)
  const ranges = rangesAfter(fixed, demand, next?.direction ?? 1)
  const direction = ranges.length > 1 || index.irregular.size > 0 ? undefined : directionFor(index, fixedNames, order)
  const ordered = order.length === 0 || direction !== undefined
  return {
    plan: { index, ranges, backwards: direction === -1, ordered },
    score: scoreOf(fixedNames, demand) + (ordered && order.length > 0 ? 1 : 0),
  }
}

function scoreOf(fixedNames: ReadonlySet<string>, demand: Demand | undefined): number {
  // One document at most: the shortest way to it is the best.
  if (fixedNames.has('_id')) return 1000 - fixedNames.size
  if (demand?.oneOf !== undefined) return fixedNames.size * 4 + 3
  return fixedNames.size * 4 + (demand?.lower === undefined && demand?.upper === undefined ? 0 : 2)
}

function rangesAfter(fixed: readonly Scalar[], demand: Demand | undefined, direction: 1 | -1): KeyRange[] {
  if (demand?.oneOf !== undefined) return demand.oneOf.map((value) => prefixRange([...fixed, value]))
  const { lower, upper } = demand ?? {}
  const bound = lower ?? upper
  if (bound === undefined) return [prefixRange(fixed)]
  const rank = rankOf(bound.value)
  const least: Key =
    lower === undefined
      ? { values: [...fixed, new TypeEdge(rank, -1)], side: direction === 1 ? -1 : 1 }
      : { values: [...fixed, lower.value], side: lower.inclusive === (direction === 1) ? -1 : 1 }
  const greatest: Key =
    upper === undefined || rankOf(upper.value) !== rank
      ? { values: [...fixed, new TypeEdge(rank, 1)], side: direction === 1 ? 1 : -1 }
      : { values: [...fixed, upper.value], side: upper.inclusive === (direction === 1) ? 1 : -1 }
  return [direction === 1 ? { from: least, to: greatest } : { from: greatest, to: least }]
}

const prefixRange = (values: readonly Scalar[]): KeyRange => ({ from: { values, side: -1 }, to: { values, side: 1 } })

/** 1 or -1 if reading the index forwards or backwards gives the order; undefined if neither does. */
function directionFor(index: OrderedIndex, fixed: ReadonlySet<string>, order: Order): 1 | -1 | undefined {
  const wanted = order.filter(([path]) => !fixed.has(path))
  let direction: 1 | -1 | undefined
  for (const [position, [path, wantedDirection]] of wanted.entries()) {
    const field = index.fields[fixed.size + position]
    if (field === undefined) break
    if (field.name !== path) return undefined
    const here = field.direction === wantedDirection ? 1 : -1
    if (direction !== undefined && direction !== here) return undefined
    direction = here
  }
  return direction ?? 1
}
