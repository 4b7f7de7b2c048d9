import type { EpochMs } from '../../time.ts'
import type { BindingRecord, Standing } from './bindings.ts'
import type { CodeRecord } from './codes.ts'
import type { Problem } from './problems.ts'
import type { ReleaseRecord } from './releases.ts'
import type { TemplateSettings } from './template-settings.ts'
import type { TokenState } from './tokens.ts'

/** Whom a use case is about: what is not named is not looked for. */
export interface AccountNames {
  readonly appid: string
  readonly businessId?: string | undefined
  readonly inviteId?: string | undefined
  /** The page that was opened under it; without it that of `stateId`. */
  readonly preAuthId?: string | undefined
  readonly stateId?: string | undefined
  readonly codeId?: string | undefined
  readonly pushId?: string | undefined
  readonly problemIds?: readonly string[]
  /** Of a template's settings. */
  readonly settingsKey?: string | undefined
}

/** What is stored of an account in all collections. */
export interface Account extends Standing {
  readonly token: TokenState | undefined
  /** CreateTime of the newest push that says that the merchant withdrew. */
  readonly withdrawnAt: number | undefined
  /** When the push was stored, by the database's clock. */
  readonly pushedAt: EpochMs | undefined
  /** Those of `problemIds` that are open. */
  readonly problems: readonly Problem[]
  /** Its own. */
  readonly binding: BindingRecord | undefined
  readonly code: CodeRecord | undefined
  /** As `ReleaseStore.ofAuthorizer` has them. */
  readonly releases: readonly ReleaseRecord[]
  /** Empty where there are none. */
  readonly settings: TemplateSettings
}

export interface AccountStore {
  /** Only these parts, in one operation. */
  load<P extends keyof Account>(names: AccountNames, ...parts: readonly P[]): Promise<Pick<Account, P>>
}
