import { fromUnixSeconds, toIso } from '../../time.ts'
import type { Platform } from '../platform.ts'
import type { Page, PageRequest } from '../stores/page.ts'

/** Pushes as they were received; what was secret in them was never stored in the clear. */
export async function listPushes(
  platform: Platform,
  filter: { appid?: string | undefined; type?: string | undefined },
  page: PageRequest,
): Promise<Page<object>> {
  const { items, ...rest } = await platform.stores.pushes.list(filter, page)
  return {
    ...rest,
    items: items.map(({ createTime, receivedAt, ...push }) => ({
      ...push,
      createdAt: toIso(fromUnixSeconds(createTime)),
      receivedAt: toIso(receivedAt),
    })),
  }
}
