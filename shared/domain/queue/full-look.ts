import { after, DAY, HOUR, MINUTE, type EpochMs } from '../../time.ts'
import { errcodes } from '../../wechat/errcodes.ts'
import { accountProblems, problemOfStatus } from '../authorizers/account-status.ts'
import { conflictOf } from '../authorizers/binding-conflicts.ts'
import { noticeProblemCodes, noticeProblems } from '../authorizers/notice-problems.ts'
import { endpointProblems } from '../subscriptions/subscription-health.ts'
import { databaseTime, type Platform } from '../platform.ts'
import { heldUpProblem } from '../releases/refused-steps.ts'
import { pauseOf } from '../rollouts/steering.ts'
import type { Authorizer } from '../stores/authorizers.ts'
import type { Problem } from '../stores/problems.ts'
import { FOREIGN_REFRESHER } from '../tokens/foreign-refresher.ts'
import { failingToken } from '../tokens/token-failures.ts'
import {
  MOST_OPEN,
  openProblem,
  pauses,
  problemIdOf,
  settleProblem,
  type NewProblem,
  type ProblemCode,
} from '../problems/problems.ts'

/** The sweep comes 20 minutes before a token's end: what has been due for longer has expired. */
const OVERDUE_MS = 25 * MINUTE

/** Which problems the rows mean, those that are open looked at again one by one. What stands in none of them stays as it is. */
interface Rule {
  readonly codes: readonly ProblemCode[]
  readonly find: (platform: Platform, open: readonly Problem[]) => Promise<readonly NewProblem[]>
}

const rules: readonly Rule[] = [
  { codes: ['TOKENS_OVERDUE'], find: findOverdueTokens },
  { codes: ['COMPONENT_TOKEN_FAILING', 'ADDRESS_NOT_ALLOWED', FOREIGN_REFRESHER], find: findPlatformTrouble },
  {
    codes: ['REAUTHORIZATION_REQUIRED', 'TOKEN_FAILING', 'BINDING_CONFLICT', ...accountProblems, ...noticeProblemCodes],
    find: findAccountTrouble,
  },
  { codes: ['AUTHORIZATION_LOST'], find: findLostAuthorizations },
  { codes: ['SUBSCRIPTION_FAILING', 'SUBSCRIPTION_SWITCHED_OFF'], find: findEndpointTrouble },
  { codes: pauses, find: findPausedRollouts },
  { codes: ['RELEASE_HELD_UP'], find: findHeldUpReleases },
  { codes: ['BACKGROUND_STEP_FAILING'], find: findFailingSteps },
]

/**
 * Opens what the rows say and is not open, closes what they say no more. A rule that fails holds up no other. The open ones, where these
 * are the same as before.
 */
export async function lookAtAll(platform: Platform): Promise<readonly Problem[] | undefined> {
  const open = await platform.stores.problems.newest(MOST_OPEN)
  let isSame = true
  for (const { codes, find } of rules)
    try {
      const ours = open.filter(({ code }) => codes.some((one) => one === code))
      if (await compare(platform, ours, await find(platform, ours))) isSame = false
    } catch (error) {
      isSame = false
      platform.log.warn('problems could not be looked at', { problems: codes, reason: error })
    }
  return isSame ? open : undefined
}

/** Whether there was something to open or to close. */
async function compare(platform: Platform, open: readonly Problem[], found: readonly NewProblem[]): Promise<boolean> {
  const isOpen = new Set(open.map(({ problemId }) => problemId))
  const isFound = new Set(found.map((one) => problemIdOf(one.code, one)))
  const added = found.filter((one) => !isOpen.has(problemIdOf(one.code, one)))
  const gone = open.filter(({ problemId }) => !isFound.has(problemId))
  for (const problem of added) await openProblem(platform, problem)
  for (const { problemId } of gone) await settleProblem(platform, problemId)
  return added.length + gone.length > 0
}

/** The sweep does not keep up, or does not run. */
async function findOverdueTokens(platform: Platform): Promise<readonly NewProblem[]> {
  const count = await platform.stores.tokens.countDue(after(databaseTime(platform), -OVERDUE_MS))
  return count === 0 ? [] : [{ code: 'TOKENS_OVERDUE', params: { count } }]
}

async function findPlatformTrouble(platform: Platform, open: readonly Problem[]): Promise<readonly NewProblem[]> {
  const { stores } = platform
  const aDayAgo = after(databaseTime(platform), -DAY)
  const [component, { isRefused, replaced }] = await Promise.all([
    stores.tokens.read({ kind: 'component' }),
    stores.authorizers.refusedOrReplaced(errcodes.addressNotAllowed, aDayAgo),
  ])
  const isAddressRefused = isRefused || component?.refusal?.errcode === errcodes.addressNotAllowed
  const signs = [...(replaced ? [replaced] : []), ...(component?.replacedAt ? [{ at: component.replacedAt }] : [])]
  return [
    ...(component ? failingToken({ kind: 'component' }, component) : []),
    ...(isAddressRefused ? [{ code: 'ADDRESS_NOT_ALLOWED', params: {} } as const] : []),
    ...(await foreignRefresher(
      platform,
      open,
      signs.filter(({ at }) => at > aDayAgo),
    )),
  ]
}

/** Nobody can sign for the end of such a problem: it ends when it has not come back for a day, or a person says so. */
async function foreignRefresher(
  platform: Platform,
  open: readonly Problem[],
  signs: readonly { readonly appid?: string; readonly at: EpochMs }[],
): Promise<readonly NewProblem[]> {
  const known = open.find(({ code }) => code === FOREIGN_REFRESHER)
  if (known) {
    const isYoung = databaseTime(platform) - (known.seenAt ?? known.since) <= DAY
    return isYoung || signs.length > 0 ? [{ code: FOREIGN_REFRESHER, params: known.params ?? {} }] : []
  }
  const [sign] = signs
  if (!sign) return []
  const closedAt = await platform.stores.problems.closedAt(FOREIGN_REFRESHER)
  if (closedAt !== undefined && signs.every(({ at }) => at <= closedAt)) return []
  return [{ code: FOREIGN_REFRESHER, params: sign.appid === undefined ? {} : { appid: sign.appid } }]
}

async function findAccountTrouble(platform: Platform, open: readonly Problem[]): Promise<readonly NewProblem[]> {
  const accounts = [...(await platform.stores.authorizers.inTrouble(MOST_OPEN)), ...(await accountsOf(platform, open))]
  const found: NewProblem[] = []
  for (const account of new Map(accounts.map((one) => [one.appid, one])).values()) {
    const { appid, status } = account
    if (status === 'reauthorize') found.push({ code: 'REAUTHORIZATION_REQUIRED', appid, params: {} })
    if (status === 'active') found.push(...failingToken({ kind: 'authorizer', appid }, account))
    const standing = status === 'revoked' ? undefined : problemOfStatus(account.accountStatus)
    if (standing) found.push({ code: standing, appid, params: {} })
    found.push(...noticeProblems(account, databaseTime(platform)))
    const conflict = await conflictOf(platform, account)
    if (conflict) found.push(conflict)
    else if (account.conflict) await platform.stores.authorizers.forgetConflict(account)
  }
  return found
}

const accountsOf = (platform: Platform, open: readonly Problem[]): Promise<readonly Authorizer[]> =>
  platform.stores.authorizers.findMany(open.flatMap(({ appid }) => appid ?? []))

/** A push shows it first; that the merchant came, or withdrew, the account shows. */
async function findLostAuthorizations(platform: Platform, open: readonly Problem[]): Promise<readonly NewProblem[]> {
  const accounts = new Map((await accountsOf(platform, open)).map((account) => [account.appid, account]))
  const lost: NewProblem[] = []
  for (const { appid, since, params = {} } of open) {
    if (appid === undefined) continue
    const account = accounts.get(appid)
    const isSettled = (account?.status === 'active' && account.hasRefreshToken) || account?.status === 'reauthorize'
    const withdrawnAt = isSettled ? undefined : await platform.stores.pushes.latestTime(appid, 'wechat.unauthorized')
    if (!isSettled && (withdrawnAt ?? 0) * 1000 <= since) lost.push({ code: 'AUTHORIZATION_LOST', appid, params })
  }
  return lost
}

async function findEndpointTrouble(platform: Platform): Promise<readonly NewProblem[]> {
  const all = await platform.stores.subscriptions.all()
  return all.flatMap((one) => endpointProblems(one, databaseTime(platform)))
}

async function findPausedRollouts(platform: Platform): Promise<readonly NewProblem[]> {
  const { items } = await platform.stores.rollouts.list({ state: 'paused' }, { limit: MOST_OPEN - 1 })
  return items.flatMap((rollout) => pauseOf(rollout) ?? [])
}

async function findHeldUpReleases(platform: Platform): Promise<readonly NewProblem[]> {
  const found: NewProblem[] = []
  for (const release of await platform.stores.releases.heldUp(MOST_OPEN))
    found.push(...(await heldUpProblem(platform, release)))
  return found
}

/** One that waits for its turn says nothing; one that is repeated and fails says so within the hour. */
async function findFailingSteps(platform: Platform, open: readonly Problem[]): Promise<readonly NewProblem[]> {
  const now = databaseTime(platform)
  return open.flatMap(({ code, about, since, seenAt, params = {} }) =>
    code === 'BACKGROUND_STEP_FAILING' && about !== undefined && now - (seenAt ?? since) <= HOUR
      ? [{ code, about, params: { ...params, step: about, reason: params['reason'] ?? 'BUG' } }]
      : [],
  )
}
