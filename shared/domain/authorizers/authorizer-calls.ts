import { Failure, isFailure } from '../../errors.ts'
import type { Endpoint, ReplyOf, RequestOf } from '../../wechat/endpoints/endpoint.ts'
import { refuseStanding } from './account-status.ts'
import { authorizerToken } from '../tokens/authorizer-token.ts'
import type { Platform } from '../platform.ts'
import { withLiveToken } from '../tokens/platform-calls.ts'
import { forget, type LiveToken } from '../tokens/tokens.ts'

/** Calls WeChat on an authorizer's behalf. A permission set that is known to be missing is said before anything is sent. */
export async function callForAuthorizer<E extends Endpoint>(
  platform: Platform,
  appid: string,
  endpoint: E,
  request: RequestOf<E>,
): Promise<ReplyOf<E>> {
  try {
    return await withLiveToken(
      platform,
      (input) => authorizerToken(platform, appid, input),
      async (token) => {
        await assertGranted(platform, appid, endpoint, token)
        return platform.wechat.send(endpoint, request, token.accessToken)
      },
    )
  } catch (error) {
    throw isSetMissing(error) ? missingSet(endpoint, error) : error
  }
}

/** For use cases that write before they call, and bring code to an account: what would refuse the call is said first. */
export async function assertCallable(platform: Platform, appid: string, endpoint: Endpoint): Promise<void> {
  const token = await authorizerToken(platform, appid)
  await assertGranted(platform, appid, endpoint, token)
  if ((token.accountType ?? 'miniprogram') !== 'miniprogram')
    throw new Failure('NOT_A_MINI_PROGRAM', { field: 'appid' })
  refuseStanding(token.accountStatus)
}

/** What is remembered may be a minute old, and the merchant may have granted the set since: the database has the last word. */
async function assertGranted(platform: Platform, appid: string, endpoint: Endpoint, known: LiveToken): Promise<void> {
  if (isGranted(endpoint, known.funcInfo)) return
  const authorizer = await platform.stores.authorizers.find(appid)
  if (!authorizer || !isGranted(endpoint, authorizer.funcInfo)) throw missingSet(endpoint)
  forget(platform, { kind: 'authorizer', appid })
}

export function isGranted(
  { permissionSets: needed = [], allSetsNeeded }: Endpoint,
  funcInfo: readonly number[],
): boolean {
  if (needed.length === 0 || funcInfo.length === 0) return true
  const isThere = (set: number): boolean => funcInfo.includes(set)
  return allSetsNeeded ? needed.every(isThere) : needed.some(isThere)
}

const isSetMissing = (error: unknown): error is Failure =>
  isFailure(error) && error.reason === 'PERMISSION_SET_MISSING' && error.params?.['sets'] === undefined

function missingSet(endpoint: Endpoint, cause?: Failure): Failure {
  const sets = (endpoint.permissionSets ?? []).map(String)
  return new Failure('PERMISSION_SET_MISSING', {
    params: { ...cause?.params, ...(sets.length > 0 && { sets }) },
    cause,
    ...(cause?.wechat && { wechat: cause.wechat }),
  })
}
