import { Failure } from '../../errors.ts'
import type { Platform } from '../platform.ts'

/* What a key limited to appids may read and change: its accounts, wherever an input names them and behind whatever it names. */

/** Things that belong to accounts, judged by `reach-judges.ts`. */
export type SubjectName =
  'business' | 'code' | 'rollout' | 'subscription' | 'delivery' | 'invite' | 'key' | 'problem' | 'file'

/**
 * How an operation keeps within a limited key. `list`: its items are filtered; `everyone`: it says the same to all; else all accounts
 * that the input names, and all that these subjects belong to, must be the key's, and there must be one.
 */
export type Reach = 'list' | 'everyone' | readonly SubjectName[]

/** Inside: all of it is the key's. None: there is no such thing, or nobody's. */
export type Verdict = 'inside' | 'outside' | 'none'

/** Members with these names hold accounts, at every depth. */
const accountMembers = new Set(['appid', 'appids', 'canary'])

/** The merchant's own data, in which names mean what the merchant likes. */
const foreignMembers = new Set(['ext', 'extJson'])

interface Named {
  readonly appid: unknown
  readonly field: string
}

export function accountsNamedIn(input: unknown, field = ''): readonly Named[] {
  if (Array.isArray(input)) return input.flatMap((item: unknown, index) => accountsNamedIn(item, `${field}.${index}`))
  if (typeof input !== 'object' || input === null) return []
  return Object.entries(input).flatMap(([name, member]: [string, unknown]) => {
    if (member === undefined || foreignMembers.has(name)) return []
    const place = field === '' ? name : `${field}.${name}`
    if (!accountMembers.has(name)) return accountsNamedIn(member, place)
    return [member].flat(Infinity).map((appid) => ({ appid, field: place }))
  })
}

/** Throws `PERMISSION_DENIED` where the operation would read or change what is not the limited key's. */
export async function assertWithinReach(
  platform: Platform,
  covered: readonly string[],
  reach: Reach,
  input: object,
): Promise<void> {
  const named = accountsNamedIn(input)
  const outside = named.find(({ appid }) => typeof appid !== 'string' || !covered.includes(appid))
  if (outside) throw notCovered(outside.field)
  if (typeof reach === 'string') return
  const verdicts = await judgeAll(platform, reach, input, covered)
  if (verdicts.includes('outside') || (named.length === 0 && !verdicts.includes('inside'))) throw notCovered('appids')
}

async function judgeAll(
  platform: Platform,
  subjects: readonly SubjectName[],
  input: object,
  covered: readonly string[],
): Promise<readonly Verdict[]> {
  if (subjects.length === 0) return []
  const { judges } = await import('./reach-judges.ts')
  return Promise.all(subjects.map((subject) => judges[subject](platform, { ...input }, covered)))
}

export const notCovered = (field: string): Failure => new Failure('APPIDS_NOT_COVERED', { field })

/** Whose items a list shows: those of the account that was asked for, else all of a limited key; undefined for everybody's. */
export const accountsAsked = (
  { appids }: { readonly appids?: readonly string[] },
  asked: string | undefined,
): readonly string[] | undefined => (asked === undefined ? appids : [asked])
