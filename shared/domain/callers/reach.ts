import { Failure } from '../../errors.ts'
import type { Platform } from '../platform.ts'

/* What a key limited to appids may read and change: its accounts, wherever an input names them and behind whatever it names. */

/** Things that belong to accounts, judged by `reach-judges.ts`. */
export type SubjectName =
  'business' | 'code' | 'rollout' | 'subscription' | 'delivery' | 'invite' | 'key' | 'problem' | 'file'

/**
 * How an operation keeps within a limited key where it does not simply ask for all that its input names. `list`: its items are
 * filtered; `everyone`: it says the same to all.
 */
export type Reach = 'list' | 'everyone'

/** Inside: all of it is the key's. None: there is no such thing, or nobody's. */
export type Verdict = 'inside' | 'outside' | 'none'

/** Members with these names hold accounts, at every depth; the others name what belongs to some. */
const members: Readonly<Record<string, SubjectName | 'account'>> = {
  appid: 'account',
  appids: 'account',
  canary: 'account',
  businessId: 'business',
  businessIds: 'business',
  authCode: 'code',
  rolloutId: 'rollout',
  subscriptionId: 'subscription',
  deliveryId: 'delivery',
  inviteId: 'invite',
  keyId: 'key',
  problemId: 'problem',
  fileId: 'file',
}

/** The merchant's own data, in which names mean what the merchant likes. */
const merchantsOwn = new Set(['ext', 'extJson'])

/** WeChat's own fields: of its names only those of accounts are known. */
const wechatsOwn = new Set(['query', 'body'])

export interface Named {
  readonly kind: SubjectName | 'account'
  readonly value: unknown
  readonly field: string
}

/** Everything in an input that is an account or belongs to some. */
export function namedIn(input: unknown, field = '', isWechats = false): readonly Named[] {
  if (Array.isArray(input))
    return input.flatMap((item: unknown, index) => namedIn(item, `${field}.${index}`, isWechats))
  if (typeof input !== 'object' || input === null) return []
  return Object.entries(input).flatMap(([name, member]: [string, unknown]) => {
    if (member === undefined || merchantsOwn.has(name)) return []
    const place = field === '' ? name : `${field}.${name}`
    const kind = Object.hasOwn(members, name) ? members[name] : undefined
    if (kind === undefined || (isWechats && kind !== 'account'))
      return namedIn(member, place, isWechats || wechatsOwn.has(name))
    return [member].flat(Infinity).map((value) => ({ kind, value, field: place }))
  })
}

export interface Asked {
  readonly reach: Reach | undefined
  readonly input: object
  /** Whether it was let in before under its key: what it was about may be gone because of it. */
  readonly wasLetIn: () => Promise<boolean>
}

/** Throws `PERMISSION_DENIED` where the operation would read or change what is not the limited key's. */
export async function assertWithinReach(
  platform: Platform,
  appids: readonly string[],
  { reach, input, wasLetIn }: Asked,
): Promise<void> {
  const covered = new Set<unknown>(appids)
  const named = namedIn(input)
  const accounts = named.filter(({ kind }) => kind === 'account')
  const outside = accounts.find(({ value }) => !covered.has(value))
  if (outside) throw notCovered(outside.field)
  if (reach) return
  const things = named.filter(({ kind }) => kind !== 'account')
  const verdicts = things.length === 0 ? [] : await judgeAll(platform, things, input, covered)
  const isNobodys = accounts.length === 0 && !verdicts.includes('inside')
  // Whether there is such a thing is not told.
  if (verdicts.includes('outside') || (isNobodys && !(await wasLetIn()))) throw notCovered('appids')
}

async function judgeAll(
  platform: Platform,
  things: readonly Named[],
  input: object,
  covered: ReadonlySet<unknown>,
): Promise<readonly Verdict[]> {
  const { judges } = await import('./reach-judges.ts')
  const verdicts: Verdict[] = []
  for (const { kind, value } of things)
    if (kind !== 'account') verdicts.push(await judges[kind](platform, String(value), covered, input))
  return verdicts
}

export const notCovered = (field: string): Failure => new Failure('APPIDS_NOT_COVERED', { field })

/** Whose items a list shows: those of the account that was asked for, else all of a limited key; undefined for everybody's. */
export const accountsAsked = (
  { appids }: { readonly appids?: readonly string[] },
  asked: string | undefined,
): readonly string[] | undefined => (asked === undefined ? appids : [asked])
