import type { Platform } from '../platform.ts'

/** OPENID, uid, or id of a key. */
export const idOf = (identity: string): string => identity.replace(/^\w+:/, '')

/** What people are called, by identity. One read at most. */
export async function namesOf(
  { stores }: Platform,
  identities: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const people = [...new Set(identities.filter((identity) => /^(?:openid|uid):/.test(identity)))]
  const admins = people.length === 0 ? [] : await stores.admins.findMany(people.map(idOf))
  const byId = new Map(admins.map(({ id, name }) => [id, name]))
  return new Map(
    people.flatMap((identity) => {
      const name = byId.get(idOf(identity))
      return name === undefined ? [] : [[identity, name] as const]
    }),
  )
}
