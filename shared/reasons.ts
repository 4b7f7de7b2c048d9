import { isErrorCode, type ErrorCode } from './error-codes.ts'

/** Why a call was refused: stable words that callers may rely on, by the code that each is answered with. Their texts: `words/reasons.ts`. */
const reasonsByCode = {
  INVALID_ARGUMENT: [
    'REQUIRED',
    'NOT_KNOWN_HERE',
    'NOT_TEXT',
    'NOT_NUMBER',
    'NOT_INTEGER',
    'NOT_BOOLEAN',
    'NOT_OBJECT',
    'NOT_LIST',
    'NOT_UNICODE',
    'NESTED_TOO_DEEPLY',
    'NAME_NOT_ALLOWED',
    'EMPTY',
    'TOO_SHORT',
    'TOO_LONG',
    'TOO_SMALL',
    'TOO_LARGE',
    'TOO_MANY',
    'TOO_FEW',
    'NOT_ONE_OF',
    'MALFORMED',
    'BAD_CURSOR',
    'BODY_TOO_LARGE',
    'BODY_NOT_JSON',
    'METHOD_NOT_ALLOWED',
    'NOT_HTTP_REQUEST',
  ],
  UNAUTHENTICATED: ['NO_IDENTITY', 'KEY_NOT_ACCEPTED'],
  PERMISSION_DENIED: [
    'NO_ROLE',
    'ROLE_TOO_LOW',
    'OPERATION_NOT_COVERED',
    'APPIDS_NOT_COVERED',
    'KEY_BEYOND_ITS_MAKER',
    'NOT_OVER_HTTP',
    'ONLY_OVER_HTTP',
    'ONLY_BY_TIMER',
  ],
  NOT_FOUND: ['UNKNOWN_OPERATION', 'ACCOUNT_UNKNOWN', 'NOT_AT_WECHAT'],
  CONFLICT: [
    'CALL_UNDER_WAY',
    'KEY_REUSED',
    'ANSWER_NOT_KEPT',
    'VERSION_UNDER_REVIEW',
    'STATE_AT_WECHAT',
    'ACCOUNT_CLOSED',
    'ACCOUNT_BANNED',
    'ACCOUNT_FROZEN',
    'ACCOUNT_WARNED',
  ],
  TICKET_MISSING: ['TICKET_REFUSED', 'NO_TICKET'],
  REAUTHORIZATION_REQUIRED: ['AUTHORIZATION_WITHDRAWN', 'AUTHORIZATION_NOT_ACCEPTED', 'PERMISSION_SET_MISSING'],
  QUOTA_EXCEEDED: ['TOO_MANY_CALLS', 'REVIEW_QUOTA_USED_UP', 'WECHAT_QUOTA_USED_UP'],
  WECHAT_REJECTED: ['WECHAT_REFUSED', 'UNKNOWN_ERRCODE'],
  WECHAT_UNAVAILABLE: ['WECHAT_UNREACHABLE', 'WECHAT_PAUSED', 'OUTCOME_UNKNOWN', 'OUTCOME_PENDING'],
  STORAGE_UNAVAILABLE: ['DATABASE_SLOW', 'DATABASE_REFUSED', 'DATABASE_LIMIT', 'COLLECTION_MISSING'],
  CONFIG_INVALID: ['VARIABLE_NOT_SET', 'VARIABLE_MALFORMED', 'SEAL_KEY_MISSING', 'ADDRESS_NOT_ALLOWED'],
  INTERNAL: ['BUG'],
} as const satisfies Readonly<Record<ErrorCode, readonly string[]>>

export type Reason = (typeof reasonsByCode)[ErrorCode][number]

const codes: ReadonlyMap<string, ErrorCode> = new Map(
  Object.entries<readonly string[]>(reasonsByCode).flatMap(([code, reasons]) =>
    isErrorCode(code) ? reasons.map((reason) => [reason, code] as const) : [],
  ),
)

export const isReason = (text: string): text is Reason => codes.has(text)

export const codeOfReason = (reason: Reason): ErrorCode => codes.get(reason) ?? 'INTERNAL'
