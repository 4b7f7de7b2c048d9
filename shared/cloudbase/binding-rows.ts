import type { AccountType } from '../domain/stores/authorizers.ts'
import type { BindingRecord, BindingStatus } from '../domain/stores/bindings.ts'
import type { Row } from './requests.ts'
import { optionalText, optionalTime, present, text, textMap, word } from './row.ts'

const statuses: readonly BindingStatus[] = ['none', 'pending', 'bound', 'revoked']

export const bindableTypes: readonly (AccountType | 'any')[] = ['miniprogram', 'official', 'any']

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
  }),
})
