import { toIso } from '../../time.ts'
import type { Platform } from '../platform.ts'
import type { Page, PageRequest } from '../stores/page.ts'

/** Who did what when. Answers are not shown: some hold secrets. */
export async function listActivity(platform: Platform, page: PageRequest): Promise<Page<object>> {
  const { items, ...rest } = await platform.stores.activity.list(page)
  return {
    ...rest,
    items: items.map(({ id, identity, operation, appid, input, state, startedAt, endedAt, outcome }) => ({
      id,
      identity,
      operation,
      ...(appid !== undefined && { appid }),
      input: parse(input),
      state: state === 'running' && endedAt === undefined ? 'running' : 'ended',
      startedAt: toIso(startedAt),
      ...(endedAt !== undefined && { endedAt: toIso(endedAt) }),
      ...(outcome !== undefined && { outcome }),
    })),
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return {}
  }
}
