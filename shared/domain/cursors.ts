import { Failure } from '../errors.ts'

/** Where a list was left: a cursor of another list, or another order of it, is refused. */
export const writeCursor = (list: string, ...place: readonly string[]): string =>
  Buffer.from(JSON.stringify([list, ...place])).toString('base64url')

export function readCursor(list: string, length: number, cursor: string): readonly string[] {
  const refused = new Failure('BAD_CURSOR', { field: 'cursor' })
  let read: unknown
  try {
    read = JSON.parse(Buffer.from(cursor, 'base64url').toString())
  } catch {
    throw refused
  }
  if (!Array.isArray(read) || !read.every((one) => typeof one === 'string')) throw refused
  const [name, ...place]: string[] = read
  if (name !== list || place.length !== length || writeCursor(list, ...place) !== cursor) throw refused
  return place
}
