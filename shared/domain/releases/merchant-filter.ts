import { liveVersionOf } from '../authorizers/live-versions.ts'
import type { Platform } from '../platform.ts'
import type { Authorizer, LiveVersion } from '../stores/authorizers.ts'
import { isOlderVersion } from './comparison.ts'
import type { KnownTemplate } from './templates.ts'

/** Merchants by what is kept with them and by what is online there. */
export interface MerchantFilter {
  readonly attributes?: Readonly<Record<string, string>> | undefined
  readonly liveVersion?: string | undefined
  /** Those of this and the next have a live version. */
  readonly liveVersionNot?: string | undefined
  readonly liveVersionOlder?: string | undefined
  /** `source_miniprogram_appid` of the template that was released here. */
  readonly source?: string | undefined
  readonly neverReleased?: boolean | undefined
}

export type Templates = ReadonlyMap<number, KnownTemplate> | undefined

/** `templates` are needed for the source alone. Only mini programs have something online, or could. */
export async function fitting<A extends Authorizer>(
  platform: Platform,
  authorizers: readonly A[],
  filter: MerchantFilter,
  templates: Templates,
): Promise<readonly A[]> {
  const { attributes = {}, ...online } = filter
  const isAsked = Object.values(online).some((one) => one !== undefined)
  const candidates = isAsked
    ? authorizers.filter((one) => one.accountType === 'miniprogram' && isLiveAs(liveVersionOf(one), online, templates))
    : authorizers
  return withAttributes(platform, candidates, attributes)
}

/** Those whose binding has all of these. */
export async function withAttributes<A extends Authorizer>(
  platform: Platform,
  candidates: readonly A[],
  attributes: Readonly<Record<string, string>>,
): Promise<readonly A[]> {
  const wanted = Object.entries(attributes)
  if (wanted.length === 0 || candidates.length === 0) return candidates
  const attributesOf = await platform.stores.bindings.attributesOf(candidates.map(({ appid }) => appid))
  return candidates.filter(({ appid }) => {
    const kept = attributesOf.get(appid)
    return wanted.every(([name, value]) => kept !== undefined && Object.hasOwn(kept, name) && kept[name] === value)
  })
}

/** As it was committed; of a release of before its template tells, unless that was deleted. */
const sourceOf = (templateId: number, { source }: LiveVersion, templates: Templates): string | undefined =>
  source ?? templates?.get(templateId)?.source

function isLiveAs(
  live: LiveVersion | undefined,
  { liveVersion, liveVersionNot, liveVersionOlder, source, neverReleased }: MerchantFilter,
  templates: Templates,
): boolean {
  if (neverReleased && live) return false
  if (liveVersion !== undefined && live?.version !== liveVersion) return false
  if (liveVersionNot !== undefined && (!live || live.version === liveVersionNot)) return false
  if (liveVersionOlder !== undefined && !(live && isOlderVersion(live.version, liveVersionOlder))) return false
  return (
    source === undefined || (live?.templateId !== undefined && sourceOf(live.templateId, live, templates) === source)
  )
}
