/** Lists of domains by kind. */
export type Lists = Readonly<Record<string, readonly string[]>>

export type DomainAction = 'add' | 'delete' | 'set'

export interface DomainInput {
  readonly action: DomainAction
  /** Kinds that are not named stay as they are. */
  readonly lists: Lists
}

/** The one request that makes the lists what was asked for, with the differences only; undefined: they are that already. */
export function stepTo(present: readonly Lists[], { action, lists }: DomainInput): DomainInput | undefined {
  const missing = action === 'delete' ? {} : pick(lists, (kind, domain) => !isEverywhere(present, kind, domain))
  const surplus =
    action === 'add'
      ? {}
      : action === 'delete'
        ? pick(lists, (kind, domain) => isAnywhere(present, kind, domain))
        : pick(union(present, Object.keys(lists)), (kind, domain) => !lists[kind]?.includes(domain))
  if (isEmpty(missing)) return isEmpty(surplus) ? undefined : { action: 'delete', lists: surplus }
  if (isEmpty(surplus)) return { action: 'add', lists: missing }
  // `set` replaces all kinds at WeChat, so those that were not named are sent as they are.
  return { action: 'set', lists: { ...union(present, Object.keys(present[0] ?? {})), ...lists } }
}

export const isEmpty = (lists: Lists): boolean => Object.values(lists).every((domains) => domains.length === 0)

export const allOf = (lists: Lists): string[] => [...new Set(Object.values(lists).flat())]

/** What the step still wants after WeChat's answer. */
export const stillMissing = (present: readonly Lists[], step: DomainInput): string[] =>
  step.action === 'delete' ? [] : allOf(pick(step.lists, (kind, domain) => !isEverywhere(present, kind, domain)))

const isEverywhere = (present: readonly Lists[], kind: string, domain: string): boolean =>
  present.every((lists) => lists[kind]?.includes(domain))

const isAnywhere = (present: readonly Lists[], kind: string, domain: string): boolean =>
  present.some((lists) => lists[kind]?.includes(domain))

const union = (present: readonly Lists[], kinds: readonly string[]): Lists =>
  Object.fromEntries(kinds.map((kind) => [kind, [...new Set(present.flatMap((lists) => lists[kind] ?? []))]]))

const pick = (lists: Lists, wanted: (kind: string, domain: string) => boolean): Lists =>
  Object.fromEntries(
    Object.entries(lists).map(([kind, domains]) => [kind, domains.filter((domain) => wanted(kind, domain))]),
  )
