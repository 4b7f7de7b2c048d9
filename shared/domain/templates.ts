import { errcodeOf, Failure, isFailure } from '../errors.ts'
import { MINUTE, type EpochMs } from '../time.ts'
import { templates } from '../wechat/endpoints/templates.ts'
import { callAsPlatform } from './platform-calls.ts'
import { isRecent, type Platform } from './platform.ts'
import type { Page, PageRequest } from './stores/page.ts'

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
    drafts.toSorted((a, b) => b.create_time - a.create_time || b.draft_id - a.draft_id),
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

/**
 * WeChat does not say which template a draft became: it is the newest one made of that draft. `repeated`: an earlier attempt may
 * have made it already.
 */
export async function promoteDraft(
  platform: Platform,
  draftId: number,
  type: 0 | 1,
  repeated: boolean,
): Promise<{ templateId: number }> {
  const listed = await readTemplates(platform)
  const made = repeated ? newestOfDraft(listed, draftId, new Set()) : undefined
  if (made !== undefined) return { templateId: made }
  const before = new Set(listed.map((template) => template.template_id))
  const failure = await promote(platform, draftId, type)
  const templateId = newestOfDraft(await readTemplates(platform), draftId, before)
  if (templateId !== undefined) return { templateId }
  throw (
    failure ??
    new Failure('WECHAT_UNAVAILABLE', 'WeChat took the draft but lists no template made of it yet', {
      hint: 'Read templates.list in a moment. 请稍后用 templates.list 查看。',
    })
  )
}

/** The failure of a call whose outcome is not known. */
async function promote(platform: Platform, draftId: number, type: 0 | 1): Promise<Failure | undefined> {
  try {
    await callAsPlatform(platform, templates.promoteDraft, { body: { draft_id: draftId, template_type: type } })
    return undefined
  } catch (error) {
    if (isFailure(error) && error.outcomeUnknown) return error
    throw error
  }
}

type ListedTemplate = Awaited<ReturnType<typeof readTemplates>>[number]

function newestOfDraft(
  list: readonly ListedTemplate[],
  draftId: number,
  before: ReadonlySet<number>,
): number | undefined {
  const fresh = list.filter((template) => !before.has(template.template_id))
  const made = fresh.filter((template) => template.draft_id === draftId)
  // Where WeChat names no drafts, a single new template is the one.
  const [only, ...others] = fresh
  const candidates = made.length > 0 || before.size === 0 || !only || others.length > 0 ? made : unnamed(only)
  return candidates.toSorted((a, b) => b.create_time - a.create_time || b.template_id - a.template_id)[0]?.template_id
}

const unnamed = (template: ListedTemplate): ListedTemplate[] =>
  template.draft_id === undefined || template.draft_id === null ? [template] : []

const GONE = 85064

/** `repeated`: an earlier attempt may have deleted it already. */
export async function deleteTemplate(platform: Platform, templateId: number, repeated: boolean): Promise<void> {
  remembered.delete(platform)
  const send = () => callAsPlatform(platform, templates.remove, { body: { template_id: templateId } })
  try {
    await send()
  } catch (error) {
    if (repeated && errcodeOf(error) === GONE) return
    if (!isFailure(error) || !error.outcomeUnknown) throw error
    const list = await readTemplates(platform)
    if (list.some((template) => template.template_id === templateId)) await send()
  }
}

const LIST_MS = 10 * MINUTE
const remembered = new WeakMap<
  Platform,
  { readonly standard: ReadonlySet<number>; readonly all: ReadonlySet<number>; readonly readAt: EpochMs }
>()

/**
 * Standard templates take fewer keys in `ext_json`. WeChat's list is remembered for 10 minutes and read again for a template that
 * is not on it. @throws NOT_FOUND
 */
export async function isStandardTemplate(platform: Platform, templateId: number): Promise<boolean> {
  const known = remembered.get(platform)
  if (known && isRecent(platform, known.readAt, LIST_MS) && known.all.has(templateId))
    return known.standard.has(templateId)
  const list = await readTemplates(platform).catch((error: unknown) => {
    // Standard templates are discontinued; a commit need not wait for the list.
    platform.log.warn('the template list could not be read', { reason: error })
    return undefined
  })
  if (!list) return false
  const all = new Set(list.map((template) => template.template_id))
  if (!all.has(templateId)) throw unknownTemplate(templateId)
  const STANDARD = 1
  const standard = new Set(
    list.filter((template) => template.template_type === STANDARD).map((template) => template.template_id),
  )
  remembered.set(platform, { standard, all, readAt: platform.clock() })
  return standard.has(templateId)
}

export const unknownTemplate = (templateId: number): Failure =>
  new Failure('NOT_FOUND', `There is no template ${templateId}`, {
    field: 'templateId',
    hint: 'See templates.list and use a template that exists. 请用 templates.list 查看现有模板。',
  })
