import { hasRole } from '../callers/authorize.ts'
import type { Caller } from '../callers/caller.ts'

/** Fields of WeChat's events that say nothing of a person. All others are left out for those who may not read personal data. */
const impersonalFields = new Set(
  `AppId InfoType CreateTime MsgType Event ToUserName AuthorizerAppid AuthorizationCodeExpiredTime appid authorizer_appid verify_appid
  status ret ret_code RetCode result along_with_auth_result beian_status task_id taskid task_status apply_status procedure_id
  procedure_status audit_id AuditId apply_time audit_time expired msg message reason Reason ScreenShot SuccTime FailTime DelayTime nickname
  first second api_name list List result_info Appid`.split(/\s+/),
)

/** A push as this caller may see it: what people wrote and who they are is the owners'. */
export const visibleFields = ({ role = 'viewer' }: Caller, fields: unknown): unknown =>
  hasRole(role, 'owner') ? fields : impersonal(fields)

function impersonal(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(impersonal)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .filter(([name]) => impersonalFields.has(name))
      .map(([name, member]: [string, unknown]) => [name, impersonal(member)]),
  )
}
