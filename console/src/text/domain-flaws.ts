import { domainForms, readDomain, type DomainKind } from '../../../shared/domain/miniprograms/domain-form.ts'
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
