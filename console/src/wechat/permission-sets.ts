import type { Language } from '../../../shared/words/language.ts'
import { permissionSets, termOf } from '../../../shared/words/terms.ts'

/** Without it no code can be shipped. */
export const DEVELOPMENT_SET = 18

/** A permission set (权限集) in words. */
export const permissionSetName = (id: number, language: Language): string => {
  if (Object.hasOwn(permissionSets, id)) return termOf('permissionSet', String(id), language)
  return language === 'zh' ? `权限集 ${id}` : `Set ${id}`
}
