import type { AccountStore } from './stores/accounts.ts'
import type { ActivityStore } from './stores/activity.ts'
import type { AdminStore } from './stores/admins.ts'
import type { AuthorizerStore } from './stores/authorizers.ts'
import type { BindingStore } from './stores/bindings.ts'
import type { TemplateSettingsStore } from './stores/template-settings.ts'
import type { CleanUp } from './stores/clean-up.ts'
import type { CodeStore } from './stores/codes.ts'
import type { ConfirmationStore } from './stores/confirmations.ts'
import type { DeliveryStore } from './stores/deliveries.ts'
import type { DueStore } from './stores/due.ts'
import type { InviteStore } from './stores/invites.ts'
import type { OutboxStore } from './stores/outbox.ts'
import type { ProblemStore } from './stores/problems.ts'
import type { PushStore } from './stores/pushes.ts'
import type { ReleaseStore } from './stores/releases.ts'
import type { RolloutStore } from './stores/rollouts.ts'
import type { SessionStore } from './stores/sessions.ts'
import type { SubscriptionStore } from './stores/subscriptions.ts'
import type { TokenStore } from './stores/tokens.ts'

/* What must be remembered. Implemented by `cloudbase/*-store.ts`; secrets are sealed there and plain here. */

export interface Stores {
  readonly tokens: TokenStore
  readonly authorizers: AuthorizerStore
  readonly accounts: AccountStore
  readonly bindings: BindingStore
  readonly invites: InviteStore
  readonly codes: CodeStore
  readonly pushes: PushStore
  readonly releases: ReleaseStore
  readonly activity: ActivityStore
  readonly problems: ProblemStore
  readonly admins: AdminStore
  readonly sessions: SessionStore
  readonly confirmations: ConfirmationStore
  readonly rollouts: RolloutStore
  readonly subscriptions: SubscriptionStore
  readonly deliveries: DeliveryStore
  readonly outbox: OutboxStore
  readonly due: DueStore
  readonly templateSettings: TemplateSettingsStore
  readonly cleanUp: CleanUp
}
