import { Failure, isFailure } from '../../errors.ts'
import { notCovered } from '../callers/reach.ts'
import { refuseBinding } from './binding-conflicts.ts'
import { presentBinding, toldBinding, type BindingView } from './binding-views.ts'
import { endInvitesOf } from './invites.ts'
import {
  earliestEventTime,
  exchangeCode,
  readProfile,
  refreshProfile,
  saveProfile,
  type Exchanged,
} from './authorization.ts'
import { codeIdOf } from './code-ids.ts'
import { ungrantedSets } from './authorizers.ts'
import { areTooMany, tooManyAttributes } from './attribute-limit.ts'
import { databaseTime, type Platform } from '../platform.ts'
import type { Run } from '../callers/activity.ts'
import { closeProblem } from '../problems/problems.ts'
import type { AccountNames } from '../stores/accounts.ts'
import type { AccountKind, AccountType, Authorizer, AuthorizerProfile } from '../stores/authorizers.ts'
import type { BindingRecord, BindingStatus, BindResult, Standing } from '../stores/bindings.ts'
import type { AuthOutcome, AuthState } from '../stores/invites.ts'
import type { Page, PageRequest } from '../stores/page.ts'

interface BindInput {
  readonly businessId: string
  readonly appid: string
  readonly attributes?: Readonly<Record<string, string>> | undefined
  readonly replace: boolean
  /** Appids of a limited key: what is taken away elsewhere must be its own. */
  readonly within?: readonly string[] | undefined
  /** The page it was opened on: binding spends its link. */
  readonly page?: Pick<AuthState, 'stateId' | 'inviteId'> & { readonly codeId?: string | undefined }
  /** The identity of the caller here who binds. */
  readonly who?: string
  /** Counts where WeChat has not said what kind of account it is. */
  readonly expectedType?: AccountType
}

/** What is known of it already: all that ties it, and what WeChat says of it that is not stored yet. */
type Known = Pick<Exchanged, 'standing' | 'profile'>

interface Tied {
  readonly binding: BindingRecord
  readonly authorizer: Authorizer
  /** The page that was asked for has its outcome. */
  readonly isTold: boolean
}

/** Ties an authorizer to a business. One that belongs elsewhere never moves without `replace`. What stands already is not written again. */
export async function bindAuthorizer(platform: Platform, input: BindInput, known: Known = {}): Promise<Tied> {
  const { appid, page, expectedType } = input
  const look = () => standingOf(platform, { ...input, ...page })
  // It rides on the binding's own write, if there is one.
  let { profile } = known
  const saveUnsaved = async () => {
    const unsaved = profile
    profile = undefined
    if (unsaved) await saveProfile(platform, appid, unsaved)
  }
  try {
    // Anew where somebody else wrote in between.
    for (let standing = known.standing ?? (await look()); ; standing = await look()) {
      const seen = standing.authorizer
      if (!seen) throw notAuthorized()
      if (seen.status === 'revoked') throw withdrawn()
      profile ??= await missingProfile(platform, seen, expectedType)
      const authorizer = profile ? { ...seen, ...profile, profiledAt: databaseTime(platform) } : seen
      const isSilent = authorizer.profiledAt === undefined && expectedType !== undefined
      const accountType = isSilent ? expectedType : bindable(authorizer.accountType)
      const present = presentlyBound({ ...standing, authorizer }, input, accountType)
      if (present) return { binding: present, authorizer, isTold: false }
      const result = await platform.stores.bindings.bind(
        { ...standing, authorizer },
        {
          ...input,
          accountType,
          profile,
          page: page && { codeId: page.codeId, outcomeOf: boundOutcome },
          now: databaseTime(platform),
        },
        toldBinding(platform),
      )
      if (result?.kind === 'bound') profile = undefined
      if (result) return await follow(platform, input, result)
      await saveUnsaved()
    }
  } finally {
    await saveUnsaved().catch((reason: unknown) => {
      platform.log.warn('the profile of an authorizer could not be stored', { appid, reason })
    })
  }
}

export const standingOf = (platform: Platform, names: AccountNames): Promise<Standing> =>
  platform.stores.accounts.load(names, 'authorizer', 'bindings', 'invite', 'page')

/** What has to follow once it is decided. */
async function follow(platform: Platform, input: BindInput, result: BindResult): Promise<Tied> {
  const { businessId, appid, page } = input
  if (result.kind === 'noAuthorizer') throw notAuthorized()
  if (result.kind === 'outside') throw notCovered('businessId')
  if (result.kind === 'linkEnded') throw new Failure('LINK_ENDED')
  if (result.kind === 'linkSpent') throw new Failure('LINK_SPENT')
  if (result.kind === 'authorizerTaken' || result.kind === 'businessTaken')
    throw await refuseBinding(platform, input, result)
  if (result.takenFrom !== undefined)
    platform.log.warn('an authorizer was taken over', { appid, from: result.takenFrom, to: businessId })
  if (result.changed) platform.log.info('binding made', { appid, businessId })
  if (result.hadConflict) await closeProblem(platform, 'BINDING_CONFLICT', appid)
  return { ...result, isTold: page !== undefined }
}

/** The binding that is asked for, where nothing is left to be written for it. */
function presentlyBound(
  { authorizer, bindings, invite }: Standing,
  { businessId, appid, attributes, page }: BindInput,
  accountType: AccountType,
): BindingRecord | undefined {
  const binding = bindings.find((one) => one.accountType === accountType)
  const isBound = binding?.appid === appid && binding.status === 'bound' && authorizer?.businessId === businessId
  const isSame = attributes === undefined || JSON.stringify(attributes) === JSON.stringify(binding?.attributes)
  const isSpent =
    !page || (invite?.endedAt === undefined && [invite?.spentMiniprogram, invite?.spentOfficial].includes(appid))
  const isOpen = bindings.some((one) => one.accountType === 'any' && one.status === 'pending')
  return isBound && isSame && isSpent && !isOpen && !authorizer.conflict ? binding : undefined
}

/** What the page shows of an account that it has bound. */
export const boundOutcome = (authorizer: Authorizer): AuthOutcome => ({
  status: 'bound',
  appid: authorizer.appid,
  ...(authorizer.nickName !== '' && { nickName: authorizer.nickName }),
  ...(ungrantedSets(authorizer).length === 0 && { complete: true }),
})

/** Asked of WeChat where it has not said it yet; an answer that does not come is replaced by what the link was for. */
async function missingProfile(
  platform: Platform,
  { appid, profiledAt }: Authorizer,
  expected: AccountType | undefined,
): Promise<AuthorizerProfile | undefined> {
  if (profiledAt !== undefined) return undefined
  try {
    return await readProfile(platform, appid)
  } catch (error) {
    if (expected !== undefined && isFailure(error)) return undefined
    throw error
  }
}

/** What an account can be bound as. */
export const typeOf = async (
  platform: Platform,
  { appid, profiledAt, accountType }: Authorizer,
): Promise<AccountType> =>
  bindable(profiledAt === undefined ? (await refreshProfile(platform, appid)).accountType : accountType)

function bindable(kind: AccountKind): AccountType {
  if (isBindable(kind)) return kind
  throw notBindable(kind)
}

export const isBindable = (kind: AccountKind): kind is AccountType => kind === 'miniprogram' || kind === 'official'

export const notBindable = (kind: AccountKind): Failure =>
  new Failure('ACCOUNT_NOT_BINDABLE', { field: 'appid', params: { kind } })

export const withdrawn = (): Failure => new Failure('NOT_AUTHORIZED_NOW', { field: 'appid' })

export const notAuthorized = (): Failure => new Failure('ACCOUNT_UNKNOWN', { field: 'appid' })

/** Binds by a code (exchanged here unless that was done already) or by the appid of an active authorizer. */
export async function bindByCodeOrAppid(
  platform: Platform,
  input: {
    readonly businessId: string
    readonly authCode?: string | undefined
    readonly appid?: string | undefined
    readonly attributes?: Readonly<Record<string, string>> | undefined
    readonly replace?: boolean | undefined
    readonly who: string
  },
  within?: readonly string[],
): Promise<BindingView> {
  const { businessId, authCode, appid = '' } = input
  const known = await (authCode === undefined
    ? activeAccount(platform, { businessId, appid })
    : accountOfCode(platform, authCode, businessId))
  const asked = { ...input, appid: known.appid, replace: input.replace ?? false, within }
  const { binding, authorizer } = await bindAuthorizer(platform, asked, known)
  return presentBinding(binding, authorizer, databaseTime(platform))
}

type Found = Known & Pick<Exchanged, 'appid'>

async function activeAccount(platform: Platform, names: AccountNames): Promise<Found> {
  const standing = await standingOf(platform, names)
  if (!standing.authorizer) throw notAuthorized()
  if (standing.authorizer.status !== 'active') throw withdrawn()
  return { standing, appid: names.appid }
}

async function accountOfCode(platform: Platform, code: string, businessId: string): Promise<Found> {
  const { appid } = (await platform.stores.codes.find(codeIdOf(platform, code))) ?? {}
  if (appid !== undefined) {
    const standing = await standingOf(platform, { businessId, appid })
    if (standing.authorizer?.status === 'active') return { standing, appid }
  }
  return exchangeCode(platform, { code, eventTime: earliestEventTime(platform), ties: { businessId } })
}

/** What a business page polls. Never `NOT_FOUND`. */
export async function readBinding(
  platform: Platform,
  businessId: string,
  accountType?: AccountType | 'any',
): Promise<BindingView> {
  const records = await platform.stores.bindings.ofBusiness(businessId)
  const now = databaseTime(platform)
  const views = await Promise.all(
    records
      .filter(
        (record) =>
          accountType === undefined ||
          accountType === 'any' ||
          record.accountType === accountType ||
          record.accountType === 'any',
      )
      .map((record) => viewBinding(platform, record, now)),
  )
  const order: readonly BindingStatus[] = ['bound', 'revoked', 'pending', 'none']
  const isLess = ({ accountType: type }: BindingView): number => Number(type !== (accountType ?? 'miniprogram'))
  const best = views.toSorted((a, b) => order.indexOf(a.status) - order.indexOf(b.status) || isLess(a) - isLess(b))[0]
  return best ?? { businessId, accountType: accountType ?? 'miniprogram', status: 'none', attributes: {} }
}

async function viewBinding(platform: Platform, record: BindingRecord, now: number): Promise<BindingView> {
  const authorizer = record.appid === undefined ? undefined : await platform.stores.authorizers.find(record.appid)
  return presentBinding(record, authorizer, now)
}

export async function listBindings(
  platform: Platform,
  filter: { status?: BindingStatus | undefined; appids?: readonly string[] | undefined },
  page: PageRequest,
): Promise<Page<BindingView>> {
  const now = databaseTime(platform)
  const { items, ...rest } = await platform.stores.bindings.list(filter, page, now)
  const appids = items.flatMap((record) => (record.appid === undefined ? [] : [record.appid]))
  const authorizers = new Map((await platform.stores.authorizers.findMany(appids)).map((found) => [found.appid, found]))
  return { ...rest, items: items.map((record) => presentBinding(record, authorizers.get(record.appid ?? ''), now)) }
}

/** Given attributes are set, null takes one away, the others stay. */
export async function updateAttributes(
  platform: Platform,
  {
    businessId,
    accountType,
    attributes,
  }: {
    readonly businessId: string
    readonly accountType?: AccountType | undefined
    readonly attributes: Readonly<Record<string, string | null>>
  },
): Promise<BindingView> {
  const { bindings } = platform.stores
  for (;;) {
    const record = boundAmong(
      (await bindings.ofBusiness(businessId)).filter(
        (one) => accountType === undefined || one.accountType === accountType,
      ),
    )
    const after = changedAttributes(record.attributes, attributes)
    if (areTooMany(after)) throw tooManyAttributes()
    const isSame = JSON.stringify(after) === JSON.stringify(record.attributes)
    const changed = isSame ? record : await bindings.setAttributes(record, after)
    if (changed) return viewBinding(platform, changed, databaseTime(platform))
  }
}

const changedAttributes = (
  former: Readonly<Record<string, string>>,
  change: Readonly<Record<string, string | null>>,
): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries({ ...former, ...change }).flatMap(([name, value]) => (value === null ? [] : [[name, value]])),
  )

interface BoundRecord extends BindingRecord {
  readonly appid: string
  readonly accountType: AccountType
}

/** The one that has an account. */
function boundAmong(records: readonly BindingRecord[]): BoundRecord {
  const [record, another] = records.flatMap((one): BoundRecord[] => {
    const { appid, accountType } = one
    return appid === undefined || accountType === 'any' ? [] : [{ ...one, appid, accountType }]
  })
  if (!record) throw new Failure('NO_BOUND_ACCOUNT', { field: 'businessId' })
  if (another) throw new Failure('ACCOUNT_TYPE_NEEDED', { field: 'accountType' })
  return record
}

export async function unbind(
  platform: Platform,
  { businessId, accountType }: { readonly businessId: string; readonly accountType?: AccountType | undefined },
  { activityId, begunBefore, caller }: Run,
): Promise<BindingView> {
  const records = (await platform.stores.bindings.ofBusiness(businessId)).filter(
    (record) => accountType === undefined || record.accountType === accountType,
  )
  const done = begunBefore === undefined ? undefined : records.find(({ endedBy }) => endedBy === activityId)
  if (done) return readBinding(platform, businessId, done.accountType)
  const record = boundAmong(records)
  // The binding comes last: once it is gone, nobody comes back to its links and its problem.
  await endInvitesOf(platform, businessId)
  await closeProblem(platform, 'BINDING_CONFLICT', record.appid)
  const ending = { appid: record.appid, runId: activityId, who: caller.identity, now: databaseTime(platform) }
  await platform.stores.bindings.unbind(businessId, record.accountType, ending)
  return readBinding(platform, businessId, record.accountType)
}
