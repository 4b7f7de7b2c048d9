import { Failure, isFailure } from '../../errors.ts'
import { problemOf } from '../../notice.ts'
import { codeOfWord } from '../../reasons.ts'
import { SECOND, toUnixSeconds } from '../../time.ts'
import { exchangeCode } from './authorization.ts'
import { codeIdOf } from './code-ids.ts'
import { bindAuthorizer, boundOutcome, readBinding } from './bindings.ts'
import { ungrantedSets } from './authorizers.ts'
import { inviteUrlOf } from './new-invites.ts'
import { browserIdOf } from './open-invite.ts'
import { openSigned } from './signed-ids.ts'
import { databaseTime, learnDatabaseTime, type Platform } from '../platform.ts'
import type { AuthOutcome, AuthState, ClaimedState } from '../stores/invites.ts'

/** How long a second callback waits for the first. */
const WAIT_MS = 9 * SECOND
const POLL_MS = 300

export interface Completed {
  readonly businessId: string
  readonly returnUrl?: string
  readonly outcome: AuthOutcome
  /** Permission sets that are needed and were not granted, and where they can be. */
  readonly lacks?: { readonly sets: readonly number[]; readonly againUrl: string }
}

interface Callback {
  readonly stateToken: string
  readonly browser: string | undefined
  readonly code: string | undefined
}

/** WeChat sent the merchant's browser back. The same state repeats its first outcome; only its own browser may use it. */
export async function completeAuthorization(
  platform: Platform,
  { stateToken, browser, code }: Callback,
): Promise<Completed> {
  const stateId = openSigned(platform, 'state', stateToken)
  if (stateId === undefined || browser === undefined) throw new Failure('NOT_BEGUN_HERE')
  const { invites } = platform.stores
  const browserId = browserIdOf(platform, browser)
  const claim =
    code === undefined ? undefined : { owner: platform.ids.random(), code, browserCodeId: codeIdOf(platform, code) }
  // Mostly it comes back for the first time.
  const first = claim && (await invites.claimNewState({ ...claim, stateId, browserId }))
  if (first) return finish(platform, first, claim)
  for (let waited = 0; waited < WAIT_MS; waited += POLL_MS) {
    const state = await invites.findState(stateId)
    if (state?.browserId !== browserId) throw new Failure('NOT_BEGUN_HERE')
    if (state.outcome && isUsed(state)) return answer(platform, state, state.outcome)
    if (state.endedAt !== undefined) throw new Failure('LINK_ENDED')
    if (state.expiresAt <= databaseTime(platform)) throw new Failure('AUTHORIZATION_TOO_LATE')
    if (!claim) throw new Failure('NO_AUTH_CODE')
    const claimed = await invites.claimState(state, claim)
    if (claimed) return finish(platform, claimed, claim)
    await platform.sleep(POLL_MS)
  }
  throw new Failure('STILL_BEING_COMPLETED')
}

/** A push may have brought the outcome before the browser came back; with the same code, it was all that there was to do. */
const isUsed = ({ pushedCodeId, browserCodeId }: AuthState): boolean =>
  pushedCodeId === undefined || pushedCodeId === browserCodeId

async function finish(
  platform: Platform,
  { state, now }: ClaimedState,
  { owner, code }: { readonly owner: string; readonly code: string },
): Promise<Completed> {
  learnDatabaseTime(platform, now)
  if (state.outcome && isUsed(state)) return answer(platform, state, state.outcome)
  try {
    const { outcome, isTold } = await authorizeAndBind(platform, state, code)
    if (!isTold) await platform.stores.invites.finishState(state.stateId, outcome)
    return await answer(platform, state, outcome)
  } catch (error) {
    await platform.stores.invites.releaseState(state.stateId, owner).catch(() => undefined)
    // Not for good: the state stays open, and a reload tries again.
    if (!isFailure(error) || state.returnUrl === undefined) throw error
    return { businessId: state.businessId, returnUrl: state.returnUrl, outcome: failed(error) }
  }
}

const failed = (failure: Failure): AuthOutcome => ({ status: 'failed', problem: problemOf(failure) })

/** `isTold`: the page has the outcome already. */
async function authorizeAndBind(
  platform: Platform,
  state: AuthState,
  code: string,
): Promise<{ readonly outcome: AuthOutcome; readonly isTold: boolean }> {
  let appid: string | undefined
  try {
    const eventTime = toUnixSeconds(state.openedAt)
    const exchanged = await exchangeCode(platform, { code, eventTime, ties: state })
    appid = exchanged.appid
    const { businessId, attributes, accountType } = state
    const input = {
      businessId,
      appid,
      attributes,
      replace: false,
      page: state,
      ...(accountType !== 'any' && { expectedType: accountType }),
    }
    const { authorizer, isTold } = await bindAuthorizer(platform, input, exchanged)
    return { outcome: boundOutcome(authorizer), isTold }
  } catch (error) {
    if (!isFailure(error) || error.retryable || error.code === 'INTERNAL' || error.code === 'CONFIG_INVALID')
      throw error
    return { outcome: { ...failed(error), ...(appid !== undefined && { appid }) }, isTold: false }
  }
}

/** What the merchant is told; of one that is bound, also what it did not grant. */
async function answer(platform: Platform, state: AuthState, outcome: AuthOutcome): Promise<Completed> {
  const completed = await present(platform, state, outcome)
  const { appid, status, complete } = completed.outcome
  if (status !== 'bound' || appid === undefined || complete || completed.returnUrl !== undefined) return completed
  const account = await platform.stores.authorizers.find(appid)
  const sets = account ? ungrantedSets(account) : []
  return sets.length === 0
    ? completed
    : { ...completed, lacks: { sets, againUrl: inviteUrlOf(platform, state.inviteId) } }
}

/** A failure is looked at again: the push may have completed the binding since, with the account that this state authorized. */
async function present(platform: Platform, state: AuthState, outcome: AuthOutcome): Promise<Completed> {
  const { businessId, returnUrl } = state
  const base = { businessId, ...(returnUrl !== undefined && { returnUrl }) }
  if (outcome.status === 'bound') return { ...base, outcome }
  const binding = await readBinding(platform, businessId, state.accountType === 'any' ? undefined : state.accountType)
  const boundSince =
    binding.status === 'bound' && binding.boundAt !== undefined && Date.parse(binding.boundAt) >= state.openedAt
  const isSameAccount = binding.appid !== undefined && binding.appid === (outcome.appid ?? binding.appid)
  if (!boundSince || !isSameAccount) return { ...base, outcome }
  return {
    ...base,
    outcome: {
      status: 'bound',
      appid: binding.appid,
      ...(binding.nickName !== undefined && { nickName: binding.nickName }),
    },
  }
}

/** Where the business page gets the merchant back; parameters join an existing query and stay before a fragment. */
export function returnTo(returnUrl: string, { businessId, outcome }: Completed): string {
  const { status, appid, problem } = outcome
  const code = problem && codeOfWord(problem.code)
  const parameters = new URLSearchParams({
    businessId,
    ...(status === 'bound' && appid !== undefined && { appid }),
    status,
    ...(status === 'failed' && code !== undefined && { code }),
  })
  const [address = '', ...fragment] = returnUrl.split('#')
  const separator = !address.includes('?') ? '?' : /[?&]$/.test(address) ? '' : '&'
  return `${address}${separator}${parameters.toString()}${fragment.length > 0 ? `#${fragment.join('#')}` : ''}`
}
