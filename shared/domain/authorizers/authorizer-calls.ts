import { errcodeOf, Failure } from '../../errors.ts'
import type { Endpoint, ReplyOf, RequestOf } from '../../wechat/endpoints/endpoint.ts'
import { permissionSetName } from '../../wechat/permission-sets.ts'
import { refuseStanding } from './account-status.ts'
import { authorizerToken } from '../tokens/authorizer-token.ts'
import type { Platform } from '../platform.ts'
import { withLiveToken } from '../platform-calls.ts'
import type { LiveToken } from '../tokens/tokens.ts'

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
      (wish) => authorizerToken(platform, appid, wish),
      (token) => {
        assertGranted(endpoint, token)
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
  assertGranted(endpoint, token)
  refuseStanding(token.accountStatus)
}

function assertGranted(endpoint: Endpoint, { funcInfo }: LiveToken): void {
  const needed = endpoint.permissionSets ?? []
  if (needed.length === 0 || funcInfo.length === 0 || needed.some((set) => funcInfo.includes(set))) return
  throw missingSet(endpoint)
}

const isSetMissing = (error: unknown): error is Failure => [48001, 61007, 61016, 61017].includes(errcodeOf(error) ?? 0)

function missingSet(endpoint: Endpoint, cause?: Failure): Failure {
  const names = (endpoint.permissionSets ?? []).map(permissionSetName).join(' / ')
  return new Failure(
    'REAUTHORIZATION_REQUIRED',
    `The merchant has not granted the permission set ${names || 'of this interface'}`,
    {
      hint: "Send the merchant an invite link (bindings.createLink) and have the set ticked; it must also be chosen in the platform's console. 请商户重新授权并勾选该权限集。",
      cause,
      ...(cause?.wechat && { wechat: cause.wechat }),
    },
  )
}
