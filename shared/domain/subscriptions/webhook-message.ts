import type { KeptProblem } from '../../notice.ts'
import type { Attempt } from '../stores/deliveries.ts'

/** One signed message, as Standard Webhooks describes it. */
export interface WebhookMessage {
  readonly id: string
  readonly unixSeconds: number
  /** JSON text. */
  readonly body: string
  /** `whsec_…`; each adds a signature. */
  readonly secrets: readonly string[]
}

export type WebhookOutcome = { readonly attempt: Attempt } & (
  { readonly delivered: true } | { readonly delivered: false; readonly problem: KeptProblem }
)

/** The servers of others. */
export interface Webhooks {
  /** Why nothing may ever be sent there: a word of `addressFlaw`. */
  objection(url: string): Promise<string | undefined>
  /** Sends once. Never throws: what went wrong is an outcome. */
  post(url: string, message: WebhookMessage): Promise<WebhookOutcome>
}
