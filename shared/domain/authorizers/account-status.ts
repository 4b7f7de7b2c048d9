import { Failure } from '../../errors.ts'
import { closeProblem, openProblem } from '../problems/problems.ts'
import type { Platform } from '../platform.ts'
import type { AccountStatusName } from '../stores/authorizers.ts'

/** `account_status` of api_get_authorizer_info. */
const names = { 1: 'normal', 14: 'closed', 16: 'banned', 18: 'warned', 19: 'frozen' } as const

const known: ReadonlyMap<number, AccountStatusName> = new Map(
  Object.entries(names).map(([code, name]) => [Number(code), name]),
)

const problems = {
  closed: 'ACCOUNT_CLOSED',
  banned: 'ACCOUNT_BANNED',
  warned: 'ACCOUNT_WARNED',
  frozen: 'ACCOUNT_FROZEN',
} as const

export type AccountProblem = (typeof problems)[keyof typeof problems]

export const accountProblems: readonly AccountProblem[] = Object.values(problems)

/** Undefined: WeChat has not said. */
export const describeStatus = (code: number | undefined) => ({
  name: known.get(code ?? 0) ?? ('unknown' as const),
  ...(code !== undefined && { code }),
})

/** Undefined also where WeChat has not said. */
export const problemOfStatus = (code: number | undefined): AccountProblem | undefined => {
  const { name } = describeStatus(code)
  return name === 'normal' || name === 'unknown' ? undefined : problems[name]
}

/** What keeps code from being sent to the account. A warned one still takes it. */
export const standingOf = (code: number | undefined): Exclude<AccountProblem, 'ACCOUNT_WARNED'> | undefined => {
  const problem = problemOfStatus(code)
  return problem === 'ACCOUNT_WARNED' ? undefined : problem
}

/** WeChat would take a commit, and a review would be spent. */
export function refuseStanding(code: number | undefined): void {
  const standing = standingOf(code)
  if (standing) throw new Failure(standing)
}

/** Opens the problem that this status is, and closes those that others were. */
export async function noteStanding(
  platform: Platform,
  appid: string,
  code: number,
  before: number | undefined,
): Promise<void> {
  const [now, former] = [problemOfStatus(code), problemOfStatus(before)]
  if (former && former !== now) await closeProblem(platform, former, appid)
  if (now) await openProblem(platform, { code: now, params: {}, appid })
}
