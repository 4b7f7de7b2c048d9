import { Failure } from '../../errors.ts'
import { DAY, HOUR, MINUTE, SECOND } from '../../time.ts'
import { tokens } from '../../wechat/endpoints/tokens.ts'
import { errcodes } from '../../wechat/errcodes.ts'
import type { Platform } from '../platform.ts'
import { closeProblem, openProblem, type NewProblem } from '../problems/problems.ts'
import type { Claim, TokenHolder, TokenState } from '../stores/tokens.ts'
import { failureOfErrcode } from '../wechat-failures.ts'

/** How long nobody asks again, by kind of failure. */
export function retryDelay(platform: Platform, error: Failure, failures: number): number {
  const jitter = 1 + platform.ids.fraction() / 2
  const doubling = (first: number, most: number): number => Math.min(first * 2 ** Math.min(failures - 1, 20), most)
  switch (error.code) {
    case 'WECHAT_UNAVAILABLE':
      return doubling(5 * SECOND, MINUTE) * jitter
    case 'QUOTA_EXCEEDED':
      return (error.wechat?.errcode === 45011 ? MINUTE : HOUR) * jitter
    case 'CONFIG_INVALID':
    case 'TICKET_MISSING':
      return MINUTE * jitter
    default:
      return doubling(MINUTE, DAY) * jitter
  }
}

/** Not this account's fault: no ticket, an endpoint that is down, an address that is missing on WeChat's whitelist. */
export const isEverybodysTrouble = (error: unknown): boolean =>
  error instanceof Failure &&
  (error.code === 'TICKET_MISSING' ||
    error.code === 'STORAGE_UNAVAILABLE' ||
    error.paused ||
    error.wechat?.errcode === errcodes.addressNotAllowed)

/** Nothing gets through until the operator acts. */
export async function noteRefusedAddress(platform: Platform, error: Failure): Promise<void> {
  if (error.wechat?.errcode !== errcodes.addressNotAllowed) return
  await openProblem(platform, {
    code: 'ADDRESS_NOT_ALLOWED',
    params: error.params ?? {},
  })
}

/** So many failures in a row are more than a bad moment. */
const REPEATED = 5

export async function noteRepeatedFailure(
  platform: Platform,
  { holder, failures }: Claim,
  error: Failure,
): Promise<void> {
  if ((failures + 1) % REPEATED !== 0) return
  // An outage is everybody's; it would be one problem per account.
  if (holder.kind === 'authorizer' && error.code === 'WECHAT_UNAVAILABLE') return
  await openProblem(platform, {
    code: failingCode(holder),
    ...(holder.kind === 'authorizer' && { appid: holder.appid }),
    params: { ...error.params, failures: failures + 1, reason: error.reason ?? error.code },
  })
}

const failingCode = (holder: TokenHolder) => (holder.kind === 'component' ? 'COMPONENT_TOKEN_FAILING' : 'TOKEN_FAILING')

/** What a row says of a token that cannot be renewed. */
export function failingToken(
  holder: TokenHolder,
  { failures, failedFor = 'INTERNAL' }: { readonly failures: number; readonly failedFor?: string },
): readonly NewProblem[] {
  if (failures < REPEATED || (holder.kind === 'authorizer' && failedFor === 'WECHAT_UNAVAILABLE')) return []
  const where = holder.kind === 'authorizer' ? { appid: holder.appid } : {}
  return [{ ...where, code: failingCode(holder), params: { failures, reason: failedFor } }]
}

/** After a success: closes what the failures before it had opened. Costs nothing where there were none. */
export async function noteRecovery(platform: Platform, { holder, failures, state }: Claim): Promise<void> {
  const appid = holder.kind === 'authorizer' ? holder.appid : undefined
  if (state.refusal?.errcode === errcodes.addressNotAllowed) await closeProblem(platform, 'ADDRESS_NOT_ALLOWED')
  if (failures >= REPEATED) await closeProblem(platform, failingCode(holder), appid)
  if (state.status === 'reauthorize') await closeProblem(platform, 'REAUTHORIZATION_REQUIRED', appid)
}

/** The authorizer withdrew, or its refresh token is no longer accepted even after repair. */
export function refusedForGood(state: TokenState): Failure {
  if (state.status === 'revoked') return new Failure('AUTHORIZATION_WITHDRAWN')
  return new Failure('AUTHORIZATION_NOT_ACCEPTED', {
    ...(state.refusal && { wechat: { ...state.refusal, path: tokens.authorizerToken.path } }),
  })
}

/** Why the last attempt failed, for callers who come before the next one is due. */
export async function whyNot({ kind }: TokenHolder, { refusal, failedFor }: TokenState): Promise<Failure> {
  const { path } = kind === 'component' ? tokens.componentToken : tokens.authorizerToken
  const said = refusal && { ...refusal, path }
  if (failedFor === 'TICKET_MISSING') return ticketMissing(said && (await failureOfErrcode(said)))
  if (said && said.errcode !== -1) return failureOfErrcode(said)
  return new Failure('WECHAT_UNREACHABLE', { ...(said && { wechat: said }) })
}

/** @param refusal WeChat's, if it was asked at all */
export const ticketMissing = (refusal: Failure | undefined): Failure =>
  refusal ? new Failure('TICKETS_REFUSED', { cause: refusal, wechat: refusal.wechat }) : new Failure('NO_TICKET')
