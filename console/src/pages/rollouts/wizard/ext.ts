import type { Draft, Pair } from './draft.ts'
import { isRecord } from '../../../../../shared/record.ts'

export type Ext = Readonly<Record<string, unknown>>

type Read =
  { readonly ext: Ext } | { readonly wrong: 'notObject' } | { readonly wrong: 'json'; readonly reason: string }

export const readExtJson = (text: string): Read => {
  try {
    const value: unknown = JSON.parse(text.trim() === '' ? '{}' : text)
    return isRecord(value) ? { ext: value } : { wrong: 'notObject' }
  } catch (error) {
    return { wrong: 'json', reason: error instanceof Error ? error.message : '' }
  }
}

const ofPairs = (pairs: readonly Pair[]): Ext =>
  Object.fromEntries(pairs.map(({ name, value }) => [name.trim(), value]))

/** What `ext` is to be; `undefined` while it cannot be read. */
export const extOf = ({ editor, ext, extJson }: Pick<Draft, 'editor' | 'ext' | 'extJson'>): Ext | undefined => {
  if (editor === 'form') return ofPairs(ext)
  const read = readExtJson(extJson)
  return 'ext' in read ? read.ext : undefined
}

/** The same, left out where nothing was typed: then it is the template's settings. */
export const givenExtOf = (draft: Parameters<typeof extOf>[0]): Ext | undefined => {
  const ext = extOf(draft)
  return ext && Object.keys(ext).length > 0 ? ext : undefined
}

/** As rows of a form; `undefined` where something is not a plain text. */
export const pairsOf = (ext: Ext): Pair[] | undefined => {
  const pairs = Object.entries(ext).flatMap(([name, value]) => (typeof value === 'string' ? [{ name, value }] : []))
  return pairs.length === Object.keys(ext).length ? pairs : undefined
}

export const formatExt = (ext: Ext): string => JSON.stringify(ext, undefined, 2)
