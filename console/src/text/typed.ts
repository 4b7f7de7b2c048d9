import { domainForms, type DomainKind, readDomain } from '../../../shared/domain/miniprograms/domain-form.ts'
import type { Language } from '../../../shared/words/language.ts'
import { tell } from '../../../shared/words/tell.ts'

/** As WeChat writes it; what is none stays as it was typed. */
export const domainOf = (entry: string, kind: DomainKind): string => {
  const read = readDomain(entry, domainForms[kind])
  return 'domain' in read ? read.domain : entry
}

/** What is wrong with the first that the platform would refuse, to be said at the field. */
export const tellWrongDomain = (
  entries: readonly string[],
  kind: DomainKind,
  language: Language,
): string | undefined => {
  for (const entry of entries) {
    const read = readDomain(entry, domainForms[kind])
    if ('refused' in read) return tell({ word: read.refused, params: read.params, field: entry }, language)?.message
  }
  return undefined
}

/** What was entered one a line, or apart by blanks, commas and semicolons, without repetitions. */
export const linesOf = (text: string): readonly string[] => [
  ...new Set(text.split(/[\s;,，；]+/).filter((line) => line !== '')),
]

/** `NaN` where nothing or something else was typed. */
export const numberIn = (text: string): number => (text.trim() === '' ? Number.NaN : Number(text))

/** `name=value`, one a line. */
export const formatAttributes = (attributes: Readonly<Record<string, string>>): string =>
  Object.entries(attributes)
    .map(([name, value]) => `${name}=${value}`)
    .join('\n')

type Parsed = { readonly attributes: Readonly<Record<string, string>> } | { readonly wrong: string }

export const parseAttributes = (text: string): Parsed => {
  const pairs: [string, string][] = []
  for (const line of text.split('\n').map((line) => line.trim())) {
    if (line === '') continue
    const [, name, value] = /^([^=\s][^=]*?)\s*=\s*(.*)$/.exec(line) ?? []
    if (name === undefined || value === undefined) return { wrong: line }
    pairs.push([name, value])
  }
  return { attributes: Object.fromEntries(pairs) }
}
