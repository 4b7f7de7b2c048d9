import { Failure, isFailure } from '../errors.ts'
import { MINUTE, type EpochMs } from '../time.ts'
import { templates } from '../wechat/endpoints/templates.ts'
import { callAsPlatform } from './platform-calls.ts'
import { isRecent, type Platform } from './platform.ts'
import type { Page, PageRequest } from './stores.ts'

/** WeChat answers these lists whole; the cursor is a position in them. */
export function pageOf<T>(all: readonly T[], { limit, cursor }: PageRequest): Page<T> {
  const start = cursor === undefined ? 0 : Number(cursor)
  if (!Number.isSafeInteger(start) || start < 0 || (cursor !== undefined && !/^\d+$/.test(cursor)))
    throw new Failure('INVALID_ARGUMENT', 'cursor is not one that this list gave out', { field: 'cursor' })
  const items = all.slice(start, start + limit)
  return { items, ...(start + limit < all.length && { nextCursor: String(start + limit) }) }
}

export async function listDrafts(platform: Platform, page: PageRequest) {
  const { draft_list: drafts } = await callAsPlatform(platform, templates.listDrafts, {})
  return pageOf(
    drafts.toSorted((a, b) => b.create_time - a.create_time),
    page,
  )
}

export async function readTemplates(platform: Platform) {
  const { template_list: list } = await callAsPlatform(platform, templates.list, {})
  return list
}

export async function listTemplates(platform: Platform, page: PageRequest) {
  const list = await readTemplates(platform)
  return pageOf(
    list.toSorted((a, b) => b.template_id - a.template_id),
    page,
  )
}

/** WeChat does not say which template a draft became: it is the newest one made of that draft. */
export async function promoteDraft(platform: Platform, draftId: number, type: 0 | 1): Promise<{ templateId: number }> {
  const before = new Set((await readTemplates(platform)).map((template) => template.template_id))
  try {
    await callAsPlatform(platform, templates.promoteDraft, { body: { draft_id: draftId, template_type: type } })
  } catch (error) {
    if (!isFailure(error) || !error.outcomeUnknown) throw error
    const found = newestOfDraft(await readTemplates(platform), draftId, before)
    if (found === undefined) throw error
    return { templateId: found }
  }
  const list = await readTemplates(platform)
  const templateId = newestOfDraft(list, draftId, before) ?? newestOfDraft(list, draftId, new Set())
  if (templateId === undefined)
    throw new Failure('WECHAT_UNAVAILABLE', 'WeChat took the draft but lists no template made of it yet', {
      hint: 'Read templates.list in a moment.',
    })
  return { templateId }
}

type ListedTemplate = Awaited<ReturnType<typeof readTemplates>>[number]

function newestOfDraft(
  list: readonly ListedTemplate[],
  draftId: number,
  before: ReadonlySet<number>,
): number | undefined {
  const made = list.filter((template) => template.draft_id === draftId && !before.has(template.template_id))
  return made.toSorted((a, b) => b.create_time - a.create_time || b.template_id - a.template_id)[0]?.template_id
}

export async function deleteTemplate(platform: Platform, templateId: number): Promise<void> {
  await callAsPlatform(platform, templates.remove, { body: { template_id: templateId } })
}

const KINDS_MS = 10 * MINUTE
const kinds = new WeakMap<
  Platform,
  { readonly standard: ReadonlySet<number>; readonly all: ReadonlySet<number>; readonly readAt: EpochMs }
>()

/** Standard templates take fewer keys in `ext_json`. WeChat's list is remembered for 10 minutes. */
export async function isStandardTemplate(platform: Platform, templateId: number): Promise<boolean> {
  const known = kinds.get(platform)
  if (known && isRecent(platform, known.readAt, KINDS_MS) && known.all.has(templateId))
    return known.standard.has(templateId)
  const list = await readTemplates(platform).catch((error: unknown) => {
    // Standard templates are discontinued; a commit need not wait for the list.
    platform.log.warn('the template list could not be read', { reason: error })
    return []
  })
  const standard = new Set(
    list.filter((template) => template.template_type === 1).map((template) => template.template_id),
  )
  if (list.length > 0)
    kinds.set(platform, {
      standard,
      all: new Set(list.map((template) => template.template_id)),
      readAt: platform.clock(),
    })
  return standard.has(templateId)
}
