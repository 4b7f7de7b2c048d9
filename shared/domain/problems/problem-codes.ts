/** Everything that an operator may have to take care of. */
export type ProblemKind =
  | 'TICKET_OVERDUE'
  | 'TOKENS_OVERDUE'
  | 'COMPONENT_TOKEN_FAILING'
  | 'TOKEN_FAILING'
  | 'TOKEN_REPLACED_ELSEWHERE'
  | 'ADDRESS_NOT_ALLOWED'
  | 'REAUTHORIZATION_REQUIRED'
  | 'AUTHORIZATION_LOST'
  | 'BINDING_CONFLICT'
  | 'ACCOUNT_CLOSED'
  | 'ACCOUNT_BANNED'
  | 'ACCOUNT_FROZEN'
  | 'ACCOUNT_WARNED'
  | 'SUBSCRIPTION_FAILING'
  | 'SUBSCRIPTION_SWITCHED_OFF'
  | 'ROLLOUT_PAUSED'

/** Each rollout has a problem of its own. */
export type ProblemCode = Exclude<ProblemKind, 'ROLLOUT_PAUSED'> | `ROLLOUT_PAUSED:${string}`
