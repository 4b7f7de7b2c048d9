import type { Platform } from '../platform.ts'
import type { SubjectName, Verdict } from './reach.ts'

type Input = Readonly<Record<string, unknown>>
type Covered = readonly string[]

type Judge = (platform: Platform, input: Input, covered: Covered) => Promise<Verdict>

const textOf = (input: Input, name: string): string | undefined => {
  const value = input[name]
  return typeof value === 'string' ? value : undefined
}

const judgeAccounts = (appids: readonly string[], covered: Covered): Verdict => {
  if (appids.length === 0) return 'none'
  return appids.every((appid) => covered.includes(appid)) ? 'inside' : 'outside'
}

/** Something that belongs to one account, or to the whole platform. */
const judgeOwned = (thing: { readonly appid?: string | undefined } | undefined, covered: Covered): Verdict => {
  if (!thing) return 'none'
  return thing.appid !== undefined && covered.includes(thing.appid) ? 'inside' : 'outside'
}

async function judgeBusinesses(
  { stores }: Platform,
  businessIds: readonly string[],
  accountType: string | undefined,
  covered: Covered,
): Promise<Verdict> {
  const bound: string[] = []
  for (const businessId of businessIds)
    for (const record of await stores.bindings.ofBusiness(businessId))
      if (record.appid !== undefined && (accountType === undefined || record.accountType === accountType))
        bound.push(record.appid)
  return judgeAccounts(bound, covered)
}

/** Those at the top, and those of a list's items. */
const businessesIn = (input: Input): readonly string[] => {
  const items: readonly unknown[] = Array.isArray(input['items']) ? input['items'] : []
  const rows = [input, ...items.map((item): Input => (typeof item === 'object' && item !== null ? { ...item } : {}))]
  const several: unknown = input['businessIds']
  const named = [...rows.map((row) => row['businessId']), ...(Array.isArray(several) ? several : [])]
  return named.filter((id): id is string => typeof id === 'string')
}

export const judges: Readonly<Record<SubjectName, Judge>> = {
  /** What is bound to it now: the other side of a binding. */
  business(platform, input, covered) {
    const type = textOf(input, 'accountType')
    return judgeBusinesses(platform, businessesIn(input), type === 'any' ? undefined : type, covered)
  },

  /** An authorization code that nobody has brought before may be anybody's. */
  async code(platform, input, covered) {
    const code = textOf(input, 'authCode')
    if (code === undefined) return 'none'
    const known = await platform.stores.codes.find(platform.ids.hash('code', code))
    return judgeOwned(known ?? {}, covered)
  },

  async rollout({ stores }, input, covered) {
    const rolloutId = textOf(input, 'rolloutId')
    const rollout = rolloutId === undefined ? undefined : await stores.rollouts.find(rolloutId)
    if (!rollout) return 'none'
    return (await stores.rollouts.countOf(rollout.rolloutId, covered)) === rollout.total ? 'inside' : 'outside'
  },

  async subscription({ stores }, input, covered) {
    const subscriptionId = textOf(input, 'subscriptionId')
    const known = subscriptionId === undefined ? undefined : await stores.subscriptions.find(subscriptionId)
    return judgeOwned(known?.match, covered)
  },

  async delivery({ stores }, input, covered) {
    const deliveryId = textOf(input, 'deliveryId')
    return judgeOwned(deliveryId === undefined ? undefined : await stores.deliveries.find(deliveryId), covered)
  },

  async invite(platform, input, covered) {
    const inviteId = textOf(input, 'inviteId')
    const invite = inviteId === undefined ? undefined : await platform.stores.invites.find(inviteId)
    if (!invite) return 'none'
    if (invite.appid !== undefined) return judgeOwned(invite, covered)
    return judgeBusinesses(platform, [invite.businessId], undefined, covered)
  },

  async key({ stores }, input, covered) {
    const keyId = textOf(input, 'keyId')
    const record = keyId === undefined ? undefined : await stores.admins.findKey(keyId)
    if (!record) return 'none'
    return record.appids ? judgeAccounts(record.appids, covered) : 'outside'
  },

  async problem({ stores }, input, covered) {
    const problemId = textOf(input, 'problemId')
    return judgeOwned(problemId === undefined ? undefined : await stores.problems.find(problemId), covered)
  },

  /** Files in cloud storage belong to the account whose folder they lie in. */
  async file(_platform, input, covered) {
    const fileId = textOf(input, 'fileId')
    if (fileId === undefined) return 'none'
    return fileId.split('/').some((folder) => covered.includes(folder)) ? 'inside' : 'outside'
  },
}
