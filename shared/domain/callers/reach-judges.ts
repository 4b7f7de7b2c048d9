import type { Platform } from '../platform.ts'
import type { SubjectName, Verdict } from './reach.ts'

type Covered = ReadonlySet<unknown>

type Judge = (platform: Platform, id: string, covered: Covered, input: object) => Promise<Verdict>

const judgeAccounts = (appids: readonly string[], covered: Covered): Verdict => {
  if (appids.length === 0) return 'none'
  return appids.every((appid) => covered.has(appid)) ? 'inside' : 'outside'
}

/** Something that belongs to one account, or to the whole platform. */
const judgeOwned = (thing: { readonly appid?: string | undefined } | undefined, covered: Covered): Verdict => {
  if (!thing) return 'none'
  return covered.has(thing.appid) ? 'inside' : 'outside'
}

async function judgeBusiness(
  { stores }: Platform,
  businessId: string,
  covered: Covered,
  accountType?: unknown,
): Promise<Verdict> {
  const bound = (await stores.bindings.ofBusiness(businessId))
    .filter((record) => accountType === undefined || record.accountType === accountType)
    .flatMap(({ appid }) => appid ?? [])
  return judgeAccounts(bound, covered)
}

export const judges: Readonly<Record<SubjectName, Judge>> = {
  /** What is bound to it now: the other side of a binding. */
  business(platform, businessId, covered, input) {
    const type = 'accountType' in input && input.accountType !== 'any' ? input.accountType : undefined
    return judgeBusiness(platform, businessId, covered, type)
  },

  /** An authorization code that nobody has brought before may be anybody's. */
  async code(platform, code, covered) {
    return judgeOwned((await platform.stores.codes.find(platform.ids.hash('code', code))) ?? {}, covered)
  },

  async rollout({ stores }, rolloutId, covered) {
    const rollout = await stores.rollouts.find(rolloutId)
    if (!rollout) return 'none'
    const inside = await stores.rollouts.countOf(rolloutId, [...covered].map(String))
    return inside === rollout.total ? 'inside' : 'outside'
  },

  async subscription({ stores }, subscriptionId, covered) {
    return judgeOwned((await stores.subscriptions.find(subscriptionId))?.match, covered)
  },

  /** Sent again to where its subscription says. */
  async delivery({ stores }, deliveryId, covered) {
    return judgeOwned(await stores.deliveries.find(deliveryId), covered)
  },

  async invite(platform, inviteId, covered) {
    const invite = await platform.stores.invites.find(inviteId)
    if (!invite) return 'none'
    if (invite.appid !== undefined) return judgeOwned(invite, covered)
    return judgeBusiness(platform, invite.businessId, covered)
  },

  async key({ stores }, keyId, covered) {
    const record = await stores.admins.findKey(keyId)
    if (!record) return 'none'
    return record.appids ? judgeAccounts(record.appids, covered) : 'outside'
  },

  async problem({ stores }, problemId, covered) {
    return judgeOwned(await stores.problems.find(problemId), covered)
  },

  /** `cloud://<environment>.<bucket>/<folder>/<appid>/…` */
  async file(_platform, fileId, covered) {
    const [, appid, ...rest] = fileId.split('/').slice(3)
    const isPlain = rest.length > 0 && !/\/\.{0,2}(?:\/|$)|[\\%]/.test(fileId.replace(/^cloud:\/\//, ''))
    return isPlain && covered.has(appid) ? 'inside' : 'outside'
  },
}
