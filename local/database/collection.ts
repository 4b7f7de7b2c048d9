import { limits } from './limits.ts'
import { DuplicateKey, notEmulated } from './errors.ts'
import { OrderedIndex } from './ordered-index.ts'
import type { IndexField } from './ordered-index.ts'
import type { Document, Id } from './values.ts'

export interface IndexDefinition {
  collection: string
  name: string
  fields: { name: string; direction: 1 | -1 }[]
  unique?: boolean
}

/** The documents of one collection with its indexes kept in step. Each method is applied wholly or not at all. */
export class Collection {
  private constructor(
    readonly name: string,
    /** The documents by `_id`. */
    readonly primary: OrderedIndex,
    readonly secondary: readonly OrderedIndex[],
  ) {}

  static create(name: string, definitions: readonly IndexDefinition[] = []): Collection {
    if (definitions.length > limits.maxIndexesPerCollection) throw new Error(`too many indexes on ${name}`)
    const indexes = definitions.map((index) =>
      OrderedIndex.create(index.name, withoutId(index.fields), index.unique ?? false),
    )
    return new Collection(name, OrderedIndex.create('_id_', [], true), indexes)
  }

  /** A copy to change independently, at the same small cost for any size. */
  fork(): Collection {
    return new Collection(
      this.name,
      this.primary.fork(),
      this.secondary.map((index) => index.fork()),
    )
  }

  get size(): number {
    return this.primary.size
  }

  get(id: Id): Document | undefined {
    return this.primary.get(id)
  }

  *all(): Generator<Document> {
    yield* this.primary.scan({ from: { values: [], side: -1 }, to: { values: [], side: 1 } }, false)
  }

  insert(document: Document): void {
    if (this.get(document._id) !== undefined) throw new DuplicateKey(this.name, '_id_', [document._id])
    this.assertUnique(document)
    this.add(document)
  }

  replace(before: Document, after: Document): void {
    this.assertUnique(after)
    this.remove(before)
    this.add(after)
  }

  remove(document: Document): void {
    this.primary.delete(document)
    for (const index of this.secondary) index.delete(document)
  }

  private add(document: Document): void {
    this.primary.add(document)
    for (const index of this.secondary) index.add(document)
  }

  private assertUnique(document: Document): void {
    for (const index of this.secondary) {
      if (!index.unique) continue
      if (index.isIrregular(document)) throw notEmulated(`a list or object under unique index ${index.name}`)
      const taken = index.takenValues(document)
      if (taken !== undefined) throw new DuplicateKey(this.name, index.name, taken)
    }
  }
}

/** Every index ends in `_id` by itself. */
const withoutId = (fields: readonly IndexField[]): readonly IndexField[] => {
  const last = fields.at(-1)
  return last?.name === '_id' && last.direction === 1 ? fields.slice(0, -1) : fields
}
