import { bindableTypes, type AccountType } from '../domain/stores/authorizers.ts'
import { writingOutcomes, type BindingRecord, type BindingStatus } from '../domain/stores/bindings.ts'
import type { Row } from './requests.ts'
import { optionalFields, optionalText, optionalTime, present, text, textMap, word } from './row.ts'
import { revisionOf } from './seen.ts'

const statuses: readonly BindingStatus[] = ['none', 'pending', 'bound', 'revoked']

/** One document a business and account type, so that a business cannot have two accounts of one type. */
export const idOf = (accountType: AccountType | 'any', businessId: string): string => `${accountType}:${businessId}`

export const toBinding = (row: Row): BindingRecord => ({
  businessId: text(row, 'businessId'),
  accountType: word(row, 'accountType', bindableTypes),
  status: word(row, 'status', statuses),
  attributes: textMap(row, 'attributes'),
  ...present({
    appid: optionalText(row, 'appid'),
    boundAt: optionalTime(row, 'boundAt'),
    pendingUntil: optionalTime(row, 'pendingUntil'),
    endedBy: optionalText(row, 'endedBy'),
    imported: toImported(row),
    revision: revisionOf(row),
  }),
})

function toImported(row: Row): BindingRecord['imported'] {
  const imported = optionalFields(row, 'imported')
  return imported && { by: text(imported, 'by'), outcome: word(imported, 'outcome', writingOutcomes) }
}

/** The account that a link has bound, by the type that it was meant for; a link for any type may bind one of each. */
export const spentFieldOf = (type: AccountType): 'spentMiniprogram' | 'spentOfficial' =>
  type === 'miniprogram' ? 'spentMiniprogram' : 'spentOfficial'
