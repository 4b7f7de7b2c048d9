import { isRecord } from '../../../shared/record.ts'

export type Ext = Readonly<Record<string, unknown>>

export interface Pair {
  readonly name: string
  readonly value: string
}

/** `ext` as it is filled in: row by row, or as JSON where it has levels. */
export interface ExtDraft {
  readonly editor: 'form' | 'json'
  readonly ext: readonly Pair[]
  readonly extJson: string
}

/** A JSON object out of a text; an empty text is an empty object; `undefined` where it is neither. */
export const parseObject = (text: string): Ext | undefined => {
  if (text.trim() === '') return {}
  try {
    const value: unknown = JSON.parse(text)
    return isRecord(value) ? value : undefined
  } catch {
    return undefined
  }
}

/** Rows where every value is a text, else `undefined`: then it can only be edited as JSON. */
export const pairsOf = (ext: Ext): readonly Pair[] | undefined => {
  const pairs = Object.entries(ext).flatMap(([name, value]) => (typeof value === 'string' ? [{ name, value }] : []))
  return pairs.length === Object.keys(ext).length ? pairs : undefined
}

/** Without rows that have no name yet. */
export const objectOf = (pairs: readonly Pair[]): Record<string, string> =>
  Object.fromEntries(pairs.filter(({ name }) => name.trim() !== '').map(({ name, value }) => [name.trim(), value]))

export const formatExt = (ext: Ext): string => JSON.stringify(ext, undefined, 2)

/** What `ext` is to be; `undefined` while it cannot be read. */
export const extOf = ({ editor, ext, extJson }: ExtDraft): Ext | undefined =>
  editor === 'form' ? objectOf(ext) : parseObject(extJson)

/** The same, left out where nothing was typed: then it is the template's settings. */
export const givenExtOf = (draft: ExtDraft): Ext | undefined => {
  const ext = extOf(draft)
  return ext && Object.keys(ext).length > 0 ? ext : undefined
}

/** The `ext` of an earlier commit, to begin with. */
export const draftOfCommit = (extJson: string | undefined): ExtDraft => {
  const found = parseObject(extJson ?? '')?.['ext']
  const ext = isRecord(found) ? found : {}
  const pairs = pairsOf(ext)
  return { editor: pairs ? 'form' : 'json', ext: pairs ?? [], extJson: formatExt(ext) }
}
