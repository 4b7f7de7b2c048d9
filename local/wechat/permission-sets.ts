import type { AccountType } from './merchants.ts'

export interface PermissionSet {
  readonly id: number
  readonly name: string
  readonly accountType: AccountType
}

/** The sets that matter to a code-managing platform; a real console lists many more. */
export const PERMISSION_SETS: readonly PermissionSet[] = [
  { id: 17, name: '账号管理权限', accountType: 'miniProgram' },
  { id: 18, name: '小程序开发与数据分析', accountType: 'miniProgram' },
  { id: 19, name: '客服消息管理权限', accountType: 'miniProgram' },
  { id: 25, name: '开放平台账号管理权限', accountType: 'miniProgram' },
  { id: 30, name: '小程序基本信息设置权限', accountType: 'miniProgram' },
  { id: 40, name: '小程序插件管理权限', accountType: 'miniProgram' },
  { id: 49, name: '云开发管理权限', accountType: 'miniProgram' },
  { id: 1, name: '消息管理权限', accountType: 'officialAccount' },
  { id: 2, name: '用户管理权限', accountType: 'officialAccount' },
  { id: 3, name: '账号服务权限', accountType: 'officialAccount' },
  { id: 27, name: '快速注册小程序权限', accountType: 'officialAccount' },
]

const idsFor = (accountType: AccountType): readonly number[] =>
  PERMISSION_SETS.filter((set) => set.accountType === accountType).map((set) => set.id)

export const MINI_PROGRAM_SETS = idsFor('miniProgram')
export const OFFICIAL_ACCOUNT_SETS = idsFor('officialAccount')

export const nameOfSet = (id: number): string => PERMISSION_SETS.find((set) => set.id === id)?.name ?? `权限集 ${id}`
