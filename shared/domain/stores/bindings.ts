import type { EpochMs } from '../../time.ts'
import { bindableTypes, type AccountType, type Authorizer, type AuthorizerProfile } from './authorizers.ts'
import { nested, number, optional, text, textMap, time, word, type RecordOf } from './forms.ts'
import type { AuthOutcome, AuthState, Invite } from './invites.ts'
import type { Happening } from './outbox.ts'
import type { Page, PageRequest } from './page.ts'

/** One document a business and account type, so that a business cannot have two accounts of one type. */
export const bindingIdOf = (accountType: AccountType | 'any', businessId: string): string =>
  `${accountType}:${businessId}`

export const writingOutcomes = ['bound', 'updated'] as const

export const binding = {
  businessId: text,
  accountType: word(bindableTypes),
  status: word(['none', 'pending', 'bound', 'revoked']),
  appid: optional(text),
  attributes: textMap,
  boundAt: optional(time),
  pendingUntil: optional(time),
  /** The run (`Run.activityId`) that untied it last. */
  endedBy: optional(text),
  /** The run that bound many and wrote this one last, and what it did. */
  imported: optional(nested({ by: text, outcome: word(writingOutcomes) })),
  revision: optional(number),
}

export type BindingRecord = RecordOf<typeof binding>

export type BindingStatus = BindingRecord['status']

/** What is stored of an account, of the business that it is to belong to, and of the page and the link that it came through. */
export interface Standing {
  readonly authorizer: Authorizer | undefined
  /** Those of the business, one a type. */
  readonly bindings: readonly BindingRecord[]
  readonly invite: Invite | undefined
  readonly page: AuthState | undefined
}

export interface BindRequest {
  readonly businessId: string
  readonly appid: string
  readonly accountType: AccountType
  readonly attributes?: Readonly<Record<string, string>> | undefined
  readonly replace: boolean
  /** All that the caller may change; absent: everything. */
  readonly within?: readonly string[] | undefined
  /** It comes through the page that was seen: that has its outcome with the same write, and its link is spent. */
  readonly page?:
    | {
        /** Of the push that named it. */
        readonly codeId?: string | undefined
        readonly outcomeOf: (authorizer: Authorizer) => AuthOutcome
      }
    | undefined
  /** What WeChat said of the account just now and is not stored yet; its account status is the one that is. */
  readonly profile?: AuthorizerProfile | undefined
  /** The run (`Run.activityId`) that binds many: attributes join those that are there, and what stands in the way is not noted. */
  readonly importedBy?: string
  /** The identity of the caller here who binds; absent: the merchant. */
  readonly who?: string | undefined
  readonly now: EpochMs
}

export type BindResult =
  | {
      readonly kind: 'bound'
      readonly changed: boolean
      readonly written: boolean
      readonly takenFrom?: string
      /** As both are now. */
      readonly binding: BindingRecord
      readonly authorizer: Authorizer
      /** It was asked for in vain before. */
      readonly hadConflict: boolean
    }
  /** The authorizer belongs to another business. */
  | { readonly kind: 'authorizerTaken'; readonly businessId: string }
  /** The business has another authorizer of this type. */
  | { readonly kind: 'businessTaken'; readonly appid: string }
  | { readonly kind: 'noAuthorizer' }
  /** The link was ended, or has bound another account. */
  | { readonly kind: 'linkEnded' }
  | { readonly kind: 'linkSpent' }
  /** What would change on the other side is not the caller's. */
  | { readonly kind: 'outside' }

/** What is to be told of a binding that begins or ends, as both documents are after the change. */
export type TellOfBinding = (record: BindingRecord, authorizer: Authorizer) => Happening

export interface BindingStore {
  ofBusiness(businessId: string): Promise<readonly BindingRecord[]>
  /** The same for many, in no order. */
  ofBusinesses(businessIds: readonly string[]): Promise<readonly BindingRecord[]>
  ofAuthorizer(appid: string): Promise<BindingRecord | undefined>
  /** The same for many, by appid. */
  ofAuthorizers(appids: readonly string[]): Promise<ReadonlyMap<string, BindingRecord>>
  /** Of these only the attributes. */
  attributesOf(appids: readonly string[]): Promise<ReadonlyMap<string, BindingRecord['attributes']>>
  list(
    filter: { status?: BindingStatus | undefined; appids?: readonly string[] | undefined },
    page: PageRequest,
    now: EpochMs,
  ): Promise<Page<BindingRecord>>
  openPending(
    businessId: string,
    accountType: AccountType | 'any',
    attributes: Readonly<Record<string, string>>,
    until: EpochMs,
  ): Promise<void>
  /** As openPending says, but for what is open still: `until` is read between two looks at the binding that show the same. */
  reviewPending(
    businessId: string,
    accountType: AccountType | 'any',
    until: () => Promise<EpochMs | undefined>,
  ): Promise<void>
  /** Over what was seen. Undefined where somebody wrote in between: then nothing is written. */
  bind(standing: Standing, request: BindRequest, tell: TellOfBinding): Promise<BindResult | undefined>
  /** Undefined where somebody wrote in between. */
  setAttributes(seen: BindingRecord, attributes: Readonly<Record<string, string>>): Promise<BindingRecord | undefined>
  unbind(
    businessId: string,
    accountType: AccountType,
    ending: { readonly appid: string; readonly runId: string; readonly who: string; readonly now: EpochMs },
  ): Promise<boolean>
}
