import type { Caller } from '../callers/caller.ts'
import { withAttributes } from '../releases/merchant-filter.ts'
import type { Platform } from '../platform.ts'
import type { Authorizer } from '../stores/authorizers.ts'

interface Search {
  readonly words?: string | undefined
  readonly attributes?: Readonly<Record<string, string>> | undefined
  readonly limit: number
  readonly cursor?: string | undefined
}

/** Of a fleet of thousands none may fit: the answer then says where to go on. */
const MOST_PAGES = 20

/** Merchants by words and attributes, within what the key covers. */
export async function findMerchants(platform: Platform, { appids }: Caller, input: Search) {
  const { words: query, attributes = {}, limit, cursor } = input
  const { stores } = platform
  const fitting = (candidates: readonly Authorizer[]) => withAttributes(platform, candidates, attributes)
  const found: Authorizer[] = []
  // Names and appids hold the words; a businessId is them.
  if (query !== undefined && query !== '' && cursor === undefined) {
    const bound = (await stores.bindings.ofBusiness(query)).flatMap(({ appid }) => appid ?? [])
    const ours = bound.filter((appid) => !appids || appids.includes(appid))
    if (ours.length > 0) found.push(...(await fitting(await stores.authorizers.findMany(ours))))
  }
  let next = cursor
  for (let pages = 1; ; pages++) {
    const page = await stores.authorizers.list(
      { query, appids },
      { limit: Math.max(1, limit - found.length), cursor: next },
    )
    found.push(...(await fitting(page.items)).filter(({ appid }) => !found.some((known) => known.appid === appid)))
    next = page.nextCursor
    if (next !== undefined && found.length < limit && pages < MOST_PAGES) continue
    return {
      items: found.map(({ appid, nickName, businessId }) => ({
        appid,
        nickName,
        ...(businessId !== undefined && { businessId }),
      })),
      ...(next !== undefined && { nextCursor: next }),
    }
  }
}
