import { randomUUID } from 'node:crypto'
import { localEnvId, localRegion, withoutUnset } from './environment.ts'
import type { FunctionSettings } from './settings.ts'

/** Who calls through callFunction; nobody is a server or the CLI. */
export interface Identity {
  readonly openid?: string | undefined
  readonly appid?: string | undefined
  readonly unionid?: string | undefined
  readonly uid?: string | undefined
}

/** One call as it goes to an instance. */
export interface Call {
  readonly event: unknown
  readonly context: Readonly<Record<string, unknown>>
  /** Per-call variables: in `context.environment`, and copied into the instance's process.env. */
  readonly variables: Readonly<Record<string, string>>
}

type Variables = Readonly<Record<string, string | undefined>>

/** The mini program that a caller with an openid comes from, if none is named. */
const localAppid = 'wx0000000000000000'

export const clientCall = (settings: FunctionSettings, event: unknown, identity: Identity = {}): Call =>
  createCall(settings, withUserInfo(event ?? {}, identity), clientVariables(identity))

export const httpCall = (settings: FunctionSettings, event: unknown, clientAddress: string, requestId: string): Call =>
  createCall(settings, event, { TCB_SOURCE: 'wx_http', TCB_SOURCE_IP: clientAddress }, requestId)

export const timerCall = (settings: FunctionSettings, triggerName: string, now: Date): Call =>
  createCall(
    settings,
    { Type: 'Timer', TriggerName: triggerName, Time: now.toISOString().replace(/\.\d+Z$/, 'Z'), Message: '' },
    { TCB_SOURCE: 'wx_trigger', TRIGGER_SRC: 'timer' },
  )

const clientVariables = ({ openid, appid, unionid, uid }: Identity): Variables => {
  if (openid !== undefined)
    return {
      WX_OPENID: openid,
      WX_APPID: appid ?? localAppid,
      WX_UNIONID: unionid,
      WX_CLIENTIP: '127.0.0.1',
      TCB_UUID: uid,
      TCB_SOURCE: 'wx_client',
    }
  if (uid !== undefined)
    return { TCB_UUID: uid, TCB_ISANONYMOUS_USER: 'false', LOGINTYPE: 'USERNAME', TCB_SOURCE: 'tcb_web' }
  return { TCB_SOURCE: 'scf' }
}

/** The cloud adds `userInfo` to events of mini programs, over whatever the caller put there. */
const withUserInfo = (event: unknown, { openid, appid }: Identity): unknown =>
  openid === undefined || typeof event !== 'object' || event === null || Array.isArray(event)
    ? event
    : { ...event, userInfo: { openId: openid, appId: appid ?? localAppid } }

const createCall = (
  { name, timeLimitSeconds, memoryMb }: FunctionSettings,
  event: unknown,
  own: Variables,
  requestId: string = randomUUID(),
): Call => {
  const variables = describeKeys(withoutUnset({ ...own, TCB_ENV: localEnvId, TCB_SEQID: requestId }))
  return {
    event,
    variables,
    context: {
      request_id: requestId,
      function_name: name,
      function_version: '$LATEST',
      namespace: localEnvId,
      memory_limit_in_mb: memoryMb,
      time_limit_in_ms: timeLimitSeconds * 1000,
      tencentcloud_region: localRegion,
      tencentcloud_appid: '1250000000',
      tencentcloud_uin: '100000000000',
      callbackWaitsForEmptyEventLoop: true,
      environment: JSON.stringify({ ...variables, SCF_NAMESPACE: localEnvId }),
    },
  }
}

/** The SDK reads a variable only if it stands in one of these lists. */
const describeKeys = (variables: Record<string, string>): Record<string, string> => {
  const names = Object.keys(variables)
  return {
    ...variables,
    WX_CONTEXT_KEYS: names.filter((name) => name.startsWith('WX_')).join(','),
    TCB_CONTEXT_KEYS: names.filter((name) => !name.startsWith('WX_')).join(','),
  }
}
