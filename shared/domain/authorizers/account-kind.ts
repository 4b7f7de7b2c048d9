import type { AccountKind } from '../stores/authorizers.ts'

/** Members of `authorizer_info` that are there for one kind of account only. */
const marks: readonly (readonly [member: string, kind: AccountKind])[] = [
  ['MiniProgramInfo', 'miniprogram'],
  ['store_info', 'store'],
  ['channels_info', 'channels'],
  ['talent_info', 'talent'],
  ['supplier_info', 'supplier'],
]

/** Every account has these. */
const common = new Set(['service_type_info', 'verify_type_info', 'business_info'])

/** An official account has no mark; a mark that is not known is that of another kind. */
export function kindOf(info: Readonly<Record<string, unknown>>): AccountKind {
  const has = (member: string): boolean => typeof info[member] === 'object' && info[member] !== null
  const known = marks.find(([member]) => has(member))?.[1]
  if (known !== undefined) return known
  return Object.keys(info).some((name) => name.endsWith('_info') && !common.has(name) && has(name))
    ? 'other'
    : 'official'
}
