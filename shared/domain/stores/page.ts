export interface Page<T> {
  readonly items: readonly T[]
  readonly nextCursor?: string
}

export interface PageRequest {
  readonly limit: number
  readonly cursor?: string | undefined
}

export const mapItems = <T, U>({ items, ...rest }: Page<T>, map: (item: T) => U): Page<U> => ({
  ...rest,
  items: items.map(map),
})
