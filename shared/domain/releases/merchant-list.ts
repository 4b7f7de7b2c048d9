import { presentAuthorizer } from '../authorizers/present-authorizer.ts'
import { liveVersionOf } from '../authorizers/live-versions.ts'
import { readCursor, writeCursor } from '../cursors.ts'
import { groupBy } from '../../grouping.ts'
import type { Platform } from '../platform.ts'
import type { Authorizer, AuthorizerFilter, LiveVersion } from '../stores/authorizers.ts'
import { mapItems, type PageRequest } from '../stores/page.ts'
import { compareVersions } from './comparison.ts'
import { fitting, type MerchantFilter } from './merchant-filter.ts'
import { knownTemplates } from './templates.ts'

export const merchantOrders = ['name', 'authorizedAt', 'version'] as const
export type MerchantOrder = (typeof merchantOrders)[number]

export interface MerchantInput extends AuthorizerFilter {
  readonly filter?: ListFilter | undefined
  readonly sort?: MerchantOrder | undefined
}

export interface ListFilter extends MerchantFilter {
  /** One of this code is open. */
  readonly problem?: string | undefined
  readonly origin?: LiveVersion['origin'] | undefined
  /** Something else took the place of what was released here. */
  readonly drifted?: true | undefined
}

/** As many as the service answers at once. */
const PAGE = 1000

/** Merchants, and how many there are; a filter or an order of its own looks at all of them, a thousand at once. */
export async function listMerchants(platform: Platform, { filter, sort, ...input }: MerchantInput, page: PageRequest) {
  const { authorizers } = platform.stores
  if (filter || sort) return searchMerchants(platform, { filter, sort, ...input }, page)
  const [listed, total] = await Promise.all([authorizers.list(input, page), authorizers.countListed(input)])
  return { ...mapItems(listed, presentAuthorizer), total }
}

async function searchMerchants(
  platform: Platform,
  { filter = {}, sort = 'appid', ...input }: Omit<MerchantInput, 'sort'> & { readonly sort?: Order | undefined },
  { limit, cursor }: PageRequest,
) {
  const found = await findAll(platform, filter, input)
  // Accounts come in the order of their appids, and many have the same version.
  const keyed = [...groupBy(found, keys[sort])]
    .toSorted(([a], [b]) => orderOfKeys(sort, a, b))
    .flatMap(([key, alike]) => alike.map((one) => ({ one, key })))
  const last = cursor === undefined ? undefined : placeIn(sort, cursor)
  const rest = last ? keyed.filter((entry) => order(sort, entry, last) > 0) : keyed
  const shown = rest.slice(0, limit)
  const appids = shown.map(({ one }) => one.appid)
  const whole = new Map((await platform.stores.authorizers.findMany(appids)).map((one) => [one.appid, one]))
  const end = shown.at(-1)
  return {
    items: appids.flatMap((appid) => whole.get(appid) ?? []).map(presentAuthorizer),
    ...(end && rest.length > limit && { nextCursor: writeCursor(sort, end.key, end.one.appid) }),
    total: found.length,
  }
}

async function findAll(
  platform: Platform,
  { problem, origin, drifted, ...filter }: ListFilter,
  { appids, ...input }: AuthorizerFilter,
): Promise<readonly Authorizer[]> {
  const templates = filter.source === undefined ? undefined : await knownTemplates(platform)
  const inTrouble = problem === undefined ? undefined : await platform.stores.problems.accountsOf(problem)
  const within = appids && inTrouble ? appids.filter((appid) => inTrouble.includes(appid)) : (appids ?? inTrouble)
  if (within?.length === 0) return []
  const pageAfter = (appid: string) => platform.stores.authorizers.scan({ ...input, appids: within }, appid, PAGE)
  const isWanted = (one: Authorizer): boolean =>
    (origin === undefined || liveVersionOf(one)?.origin === origin) &&
    (drifted === undefined || one.drift !== undefined)
  const found: Authorizer[] = []
  for (let page = await pageAfter(''); page.length > 0;) {
    const last = page.length === PAGE ? page.at(-1) : undefined
    const [fit, following] = await Promise.all([
      fitting(platform, page.filter(isWanted), filter, templates),
      last ? pageAfter(last.appid) : [],
    ])
    found.push(...fit)
    page = following
  }
  return found
}

type Order = MerchantOrder | 'appid'

/** What an order goes by; the appid decides where it is the same. */
const keys: Readonly<Record<Order, (authorizer: Authorizer) => string>> = {
  appid: () => '',
  name: ({ nickName }) => nickName,
  authorizedAt: ({ authorizedAt }) => String(authorizedAt),
  version: (authorizer) => liveVersionOf(authorizer)?.version ?? '',
}

interface Keyed {
  readonly one: Pick<Authorizer, 'appid'>
  readonly key: string
}

/** Names and versions ascend, times descend; where nothing is online comes last. */
function orderOfKeys(sort: Order, a: string, b: string): number {
  if (sort === 'authorizedAt') return Number(b) - Number(a)
  if (sort === 'version') return Number(a === '') - Number(b === '') || compareVersions(a, b) || compareTexts(a, b)
  return compareTexts(a, b)
}

const order = (sort: Order, a: Keyed, b: Keyed): number =>
  orderOfKeys(sort, a.key, b.key) || compareTexts(a.one.appid, b.one.appid)

const compareTexts = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

function placeIn(sort: Order, cursor: string): Keyed {
  const [key = '', appid = ''] = readCursor(sort, 2, cursor)
  return { key, one: { appid } }
}
