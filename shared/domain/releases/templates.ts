import { Failure } from '../../errors.ts'
import { fromUnixSeconds, MINUTE, type EpochMs } from '../../time.ts'
import { templates } from '../../wechat/endpoints/templates.ts'
import { saying } from '../../wechat/errcodes.ts'
import { callAsPlatform } from '../tokens/platform-calls.ts'
import { CLOCK_TOLERANCE_MS, isRecent, type Platform } from '../platform.ts'
import { sendOrReadBack } from '../read-back.ts'
import type { Page, PageRequest } from '../stores/page.ts'

/** WeChat answers these lists whole; the cursor is a position in them. */
export function pageOf<T>(all: readonly T[], { limit, cursor }: PageRequest): Page<T> {
  const start = cursor === undefined ? 0 : Number(cursor)
  if (!Number.isSafeInteger(start) || start < 0 || (cursor !== undefined && !/^\d+$/.test(cursor)))
    throw new Failure('BAD_CURSOR', { field: 'cursor' })
  const items = all.slice(start, start + limit)
  return { items, ...(start + limit < all.length && { nextCursor: String(start + limit) }) }
}

/** Unix seconds; 0 where WeChat does not say. */
const madeAt = ({ create_time: time }: { readonly create_time?: number | null | undefined }): number => time ?? 0

export async function listDrafts(platform: Platform, page: PageRequest) {
  const { draft_list: drafts } = await callAsPlatform(platform, templates.listDrafts, {})
  return pageOf(
    drafts.toSorted((a, b) => madeAt(b) - madeAt(a) || b.draft_id - a.draft_id),
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
 * WeChat does not say which template a draft became: it is the newest one made of that draft. An attempt that began before may have
 * made it already.
 */
export async function promoteDraft(
  platform: Platform,
  draftId: number,
  type: 0 | 1,
  begunBefore: EpochMs | undefined,
): Promise<{ templateId: number }> {
  const listed = await readTemplates(platform)
  if (begunBefore !== undefined) {
    const isOlder = (template: ListedTemplate): boolean =>
      fromUnixSeconds(madeAt(template)) < begunBefore - CLOCK_TOLERANCE_MS
    const made = newestOfDraft(listed, draftId, idsOf(listed.filter(isOlder)))
    if (made !== undefined) return { templateId: made }
  }
  const before = idsOf(listed)
  const read = async () => newestOfDraft(await readTemplates(platform), draftId, before)
  const templateId = await sendOrReadBack(async () => {
    await callAsPlatform(platform, templates.promoteDraft, { body: { draft_id: draftId, template_type: type } })
    return read()
  }, read)
  if (templateId !== undefined) return { templateId }
  throw new Failure('TEMPLATE_NOT_LISTED_YET', { outcomeUnknown: true })
}

const idsOf = (list: readonly ListedTemplate[]): ReadonlySet<number> =>
  new Set(list.map((template) => template.template_id))

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
  return candidates.toSorted((a, b) => madeAt(b) - madeAt(a) || b.template_id - a.template_id)[0]?.template_id
}

const unnamed = (template: ListedTemplate): ListedTemplate[] =>
  template.draft_id === undefined || template.draft_id === null ? [template] : []

/** `isRepeated`: an earlier attempt may have deleted it already. */
export async function deleteTemplate(platform: Platform, templateId: number, isRepeated: boolean): Promise<void> {
  remembered.delete(platform)
  const isGone = async () => {
    const list = await readTemplates(platform)
    return list.some((template) => template.template_id === templateId) ? undefined : true
  }
  await sendOrReadBack(
    async () => {
      await callAsPlatform(platform, templates.remove, { body: { template_id: templateId } })
      return true
    },
    isGone,
    isRepeated ? saying.noTemplate : [],
  )
}

/** What the library says of a template. */
export interface KnownTemplate {
  readonly templateId: number
  /** Standard templates take fewer keys in `ext_json`. */
  readonly isStandard: boolean
  /** appid of the mini program that it was made in; empty where WeChat does not say. */
  readonly source: string
  readonly version: string
  /** Unix seconds; 0 where WeChat does not say. */
  readonly madeAt: number
}

const STANDARD = 1

const toKnown = (template: ListedTemplate): KnownTemplate => ({
  templateId: template.template_id,
  isStandard: template.template_type === STANDARD,
  source: template.source_miniprogram_appid ?? '',
  version: template.user_version ?? '',
  madeAt: madeAt(template),
})

const LIST_MS = 10 * MINUTE
const remembered = new WeakMap<
  Platform,
  { readonly templates: ReadonlyMap<number, KnownTemplate>; readonly readAt: EpochMs }
>()

/** WeChat's list by template, remembered for 10 minutes and read again for one that is not on it. */
export async function knownTemplates(
  platform: Platform,
  templateId?: number,
): Promise<ReadonlyMap<number, KnownTemplate>> {
  const known = remembered.get(platform)
  const isThere = templateId === undefined || known?.templates.has(templateId)
  if (known && isThere && isRecent(platform, known.readAt, LIST_MS)) return known.templates
  const list = await readTemplates(platform)
  const templates = new Map(list.map((template) => [template.template_id, toKnown(template)]))
  remembered.set(platform, { templates, readAt: platform.clock() })
  return templates
}

/** @throws NOT_FOUND */
export async function knownTemplate(platform: Platform, templateId: number): Promise<KnownTemplate> {
  const found = (await knownTemplates(platform, templateId)).get(templateId)
  if (!found) throw unknownTemplate(templateId)
  return found
}

const unknownTemplate = (templateId: number): Failure =>
  new Failure('TEMPLATE_UNKNOWN', { params: { templateId }, field: 'templateId' })
