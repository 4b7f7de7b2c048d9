import { createRequire } from 'node:module'
import type sortedBtree from 'sorted-btree'
import { compareValues, rankOf, scalarAt } from './values.ts'
import type { Document, Id, Scalar } from './values.ts'

// The package is CommonJS with a `default` member, which Node and TypeScript import differently.
const { default: BTree }: { default: typeof sortedBtree } = createRequire(import.meta.url)('sorted-btree')

export interface IndexField {
  readonly name: string
  readonly direction: 1 | -1
}

/** Before or after all values of one type. */
export class TypeEdge {
  constructor(
    readonly rank: number,
    readonly side: -1 | 1,
  ) {}
}

type Component = Scalar | TypeEdge

/** An entry's values, or with a `side` the place just before or after all entries that begin with these values. */
export interface Key {
  readonly values: readonly Component[]
  readonly side: -1 | 0 | 1
}

export interface KeyRange {
  readonly from: Key
  readonly to: Key
}

/**
 * Documents ordered by fields, then by `_id`. Without fields it is the collection itself.
 * A document with a list or an object at an indexed path is kept apart in `irregular`: every scan has to look at it too.
 */
export class OrderedIndex {
  private constructor(
    readonly name: string,
    readonly fields: readonly IndexField[],
    readonly unique: boolean,
    private readonly entries: InstanceType<typeof BTree<Key, Document>>,
    readonly irregular: InstanceType<typeof BTree<Id, Document>>,
  ) {}

  static create(name: string, fields: readonly IndexField[], unique: boolean): OrderedIndex {
    const directions = [...fields.map((field) => field.direction), 1]
    return new OrderedIndex(
      name,
      [...fields, { name: '_id', direction: 1 }],
      unique,
      new BTree<Key, Document>(undefined, (a, b) => compareKeys(a, b, directions)),
      new BTree<Id, Document>(undefined, compareValues),
    )
  }

  /** A copy that shares what neither side changes; costs the same for any size. */
  fork(): OrderedIndex {
    return new OrderedIndex(this.name, this.fields, this.unique, this.entries.clone(), this.irregular.clone())
  }

  get size(): number {
    return this.entries.size + this.irregular.size
  }

  get(id: Id): Document | undefined {
    return this.entries.get({ values: [id], side: 0 })
  }

  add(document: Document): void {
    const key = this.keyOf(document)
    if (key === undefined) this.irregular.set(document._id, document)
    else this.entries.set(key, document)
  }

  delete(document: Document): void {
    const key = this.keyOf(document)
    if (key === undefined) this.irregular.delete(document._id)
    else this.entries.delete(key)
  }

  /** The indexed values if another document already has them. Missing counts as null. */
  takenValues(document: Document): readonly unknown[] | undefined {
    const values = this.keyOf(document)?.values.slice(0, -1)
    if (values === undefined) return undefined
    for (const found of this.scan({ from: { values, side: -1 }, to: { values, side: 1 } }, false)) {
      if (found._id !== document._id) return values
    }
    return undefined
  }

  isIrregular(document: Document): boolean {
    return this.keyOf(document) === undefined
  }

  *scan(range: KeyRange, backwards: boolean): Generator<Document> {
    const directions = this.fields.map((field) => field.direction)
    if (backwards) {
      for (const [key, document] of this.entries.entriesReversed(range.to)) {
        if (compareKeys(key, range.from, directions) < 0) return
        yield document
      }
      return
    }
    for (const [key, document] of this.entries.entries(range.from)) {
      if (compareKeys(key, range.to, directions) > 0) return
      yield document
    }
  }

  private keyOf(document: Document): Key | undefined {
    const values: Scalar[] = []
    for (const { name } of this.fields) {
      const value = scalarAt(document, name)
      if (value === undefined) return undefined
      values.push(value)
    }
    return { values, side: 0 }
  }
}

function compareKeys(a: Key, b: Key, directions: readonly number[]): number {
  const shared = Math.min(a.values.length, b.values.length)
  for (let position = 0; position < shared; position++) {
    const order = compareComponents(a.values[position] ?? null, b.values[position] ?? null)
    if (order !== 0) return order * (directions[position] ?? 1)
  }
  if (a.values.length < b.values.length) return a.side
  if (a.values.length > b.values.length) return -b.side
  return a.side - b.side
}

function compareComponents(a: Component, b: Component): number {
  if (!(a instanceof TypeEdge) && !(b instanceof TypeEdge)) return compareValues(a, b)
  const rankA = a instanceof TypeEdge ? a.rank : rankOf(a)
  const rankB = b instanceof TypeEdge ? b.rank : rankOf(b)
  if (rankA !== rankB) return rankA - rankB
  return (a instanceof TypeEdge ? a.side : 0) - (b instanceof TypeEdge ? b.side : 0)
}
