import { Failure } from '../../errors.ts'
import { MINUTE, type EpochMs } from '../../time.ts'
import type { audits } from '../../wechat/endpoints/audits.ts'
import { code } from '../../wechat/endpoints/code.ts'
import type { ReplyOf, RequestOf } from '../../wechat/endpoints/endpoint.ts'
import { callForAuthorizer } from '../authorizers/authorizer-calls.ts'
import { isRecent, type Memory, type Platform } from '../platform.ts'
import type { ReleaseRecord } from '../stores/releases.ts'

export type Item = NonNullable<RequestOf<typeof audits.submit>['body']>['item_list'][number]

/** What is submitted where the caller names nothing: the first page with the first category. */
export async function firstItem(platform: Platform, release: ReleaseRecord): Promise<Item[]> {
  const [page, item] = await Promise.all([firstPage(platform, release), firstCategory(platform, release.appid)])
  return [withPage(item, page)]
}

/** Without a category nothing can be submitted. */
export async function firstCategory(platform: Platform, appid: string): Promise<Item> {
  const [category] = (await callForAuthorizer(platform, appid, code.categories, {})).category_list
  if (category) return itemOf(category)
  throw new Failure('CATEGORY_MISSING')
}

type Category = ReplyOf<typeof code.categories>['category_list'][number]

const itemOf = ({ first_class, second_class, first_id, second_id, third_class, third_id }: Category): Item => ({
  first_class,
  second_class,
  // WeChat lists some without their numbers, and takes those by name.
  ...(typeof first_id === 'number' && typeof second_id === 'number' && { first_id, second_id }),
  ...(third_class && third_id && { third_class, third_id }),
})

export const withPage = (item: Item, page: string | undefined): Item =>
  page === undefined || item.address !== undefined ? item : { address: page, ...item }

const PAGES_MS = 10 * MINUTE
const remembered = new WeakMap<Memory, Map<number, { readonly page: string | undefined; readonly readAt: EpochMs }>>()

/** The same for all merchants of a template, unless its pages are chosen one by one. */
export async function firstPage(
  platform: Platform,
  { appid, templateId, extJson }: ReleaseRecord,
): Promise<string | undefined> {
  const read = async () => (await callForAuthorizer(platform, appid, code.pages, {})).page_list[0]
  if (templateId === undefined || /"(?:pages|subPackages)":/.test(extJson ?? '')) return read()
  const pages = remembered.get(platform.memory) ?? new Map()
  remembered.set(platform.memory, pages)
  const known = pages.get(templateId)
  if (known && isRecent(platform, known.readAt, PAGES_MS)) return known.page
  const page = await read()
  pages.set(templateId, { page, readAt: platform.clock() })
  return page
}
