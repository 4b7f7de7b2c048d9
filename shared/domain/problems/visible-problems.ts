import { hasRole } from '../callers/authorize.ts'
import type { Caller } from '../callers/caller.ts'
import type { Platform } from '../platform.ts'

/** Problems as this caller may see them: live authorization links are for those who may make some. */
export function visibleTo<T extends object>(
  { settings }: Platform,
  { role = 'viewer' }: Pick<Caller, 'role'>,
  problems: readonly T[],
): readonly T[] {
  if (hasRole(role, 'operator')) return problems
  const start = `${settings.authBaseUrl}/auth/start?`
  return problems.map((problem) => withoutLinks(problem, start))
}

function withoutLinks<T extends object>(value: T, start: string): T {
  const copy = { ...value }
  for (const name in copy) {
    const member: unknown = copy[name]
    if (typeof member === 'string' && member.includes(start)) Object.assign(copy, { [name]: cut(member, start) })
    else if (typeof member === 'object' && member !== null && !Array.isArray(member))
      Object.assign(copy, { [name]: withoutLinks(member, start) })
  }
  return copy
}

/** A link has no blanks; undefined where there is nothing but the link. */
function cut(text: string, start: string): string | undefined {
  const kept = text.split(start).map((part, index) => (index === 0 ? part : part.replace(/^\S*/, '')))
  const rest = kept.join('')
  return rest === '' ? undefined : rest
}
