import { present } from '../../record.ts'
import { epochMs } from '../../time.ts'
import type { Authorizer, LiveVersion } from '../stores/authorizers.ts'

/** Undefined: nothing is online, or WeChat has not said so yet. */
export function liveVersionOf({ currentRelease, elsewhere, readAt }: Authorizer): LiveVersion | undefined {
  if (currentRelease) {
    const { version, templateId, source, releasedAt } = currentRelease
    const known = { version, templateId, releasedAt, ...present({ source }) }
    return { ...known, origin: 'here', readAt: epochMs(Math.max(readAt ?? 0, releasedAt)) }
  }
  return elsewhere && { ...elsewhere, origin: 'elsewhere', readAt: readAt ?? epochMs(0) }
}
