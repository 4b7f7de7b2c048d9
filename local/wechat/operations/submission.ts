/** Reference 6.5: what submit_audit looks at before it takes a version into review. */
import * as v from 'valibot'
import { refuse, refuseUnless } from '../errors.ts'
import { AUDIT_STATUS, latestAuditOf } from '../merchants.ts'
import type { CodeVersion, Merchant } from '../merchants.ts'
import type { WechatState } from '../state.ts'
import { usedIn } from '../usage.ts'
import { refuseWhileScanning, undeclaredApis, ungrantedApis } from './code.ts'

const numbers = v.array(v.number())

export const submissionSchema = v.object({
  item_list: v.optional(v.array(v.record(v.string(), v.unknown())), []),
  preview_info: v.optional(v.unknown()),
  version_desc: v.optional(v.string(), ''),
  feedback_info: v.optional(v.string(), ''),
  feedback_stuff: v.optional(v.string(), ''),
  ugc_declare: v.optional(
    v.looseObject({
      scene: v.optional(numbers),
      other_scene_desc: v.optional(v.string()),
      method: v.optional(numbers),
      has_audit_team: v.optional(v.number()),
      audit_desc: v.optional(v.string()),
    }),
  ),
  privacy_api_not_use: v.optional(v.boolean(), false),
  order_path: v.optional(v.string()),
})

export type Submission = v.InferOutput<typeof submissionSchema>

const itemSchema = v.object({
  address: v.optional(v.string()),
  tag: v.optional(v.string()),
  title: v.optional(v.string()),
  first_class: v.string(),
  second_class: v.string(),
  first_id: v.number(),
  second_id: v.number(),
})

const previewSchema = v.object({ video_id_list: v.array(v.string()), pic_id_list: v.array(v.string()) })

const MAX_VERSION_DESC = 200
const MAX_PREVIEWS = 10
/** Categories that need a statement on how user content is reviewed: 社区/论坛, 笔记, 问答. */
const UGC_CATEGORIES = new Set(['社区/论坛', '笔记', '问答'])

/** @returns the trial version that goes into review */
export const checkSubmission = (state: WechatState, merchant: Merchant, submission: Submission): CodeVersion => {
  refuseUnless(!merchant.forbiddenToSubmit, 86007)
  const trial = merchant.trial ?? refuse(85086)
  refuseUnless(merchant.nickName !== '' && merchant.headImage !== '' && merchant.signature !== '', 86002)
  refuseUnless(
    merchant.categories.some(({ status }) => status === 3),
    85008,
  )
  refuseWhileScanning(state, trial)
  checkItems(merchant, trial, submission.item_list)
  checkPreview(submission.preview_info)
  refuseUnless(submission.version_desc.length <= MAX_VERSION_DESC, 85051)
  checkUgc(merchant, submission)
  refuseUnless(
    trial.code.navigatesTo.every((appid) => trial.navigateToAppids.includes(appid)),
    85087,
  )
  refuseUnless(!merchant.searchOff, 85091)
  checkPrivacy(merchant, trial, submission)
  const status = latestAuditOf(merchant)?.status
  refuseUnless(status !== AUDIT_STATUS.auditing && status !== AUDIT_STATUS.delayed, 85009)
  refuseUnless(usedIn(state, 'audits', 'month') < state.settings.auditQuota, 85085)
  return trial
}

const checkItems = (merchant: Merchant, trial: CodeVersion, items: readonly Record<string, unknown>[]): void => {
  refuseUnless(items.length >= 1 && items.length <= 5, 85023)
  for (const raw of items) {
    refuseUnless(Object.keys(raw).length > 0, 85010)
    const { success, output: item } = v.safeParse(itemSchema, raw)
    if (!success) return refuse(85008, 'item_list: first_class, second_class, first_id and second_id are needed')
    const category = merchant.categories.find(
      ({ first, second }) => first === item.first_id && second === item.second_id,
    )
    refuseUnless(category?.status === 3, 85008)
    refuseUnless(category.firstName === item.first_class && category.secondName === item.second_class, 85008)
    const page = item.address?.split('?', 1)[0]
    refuseUnless(page === undefined || trial.pages.includes(page), 85007)
    refuseUnless((item.title ?? '').length <= 32, 85011)
    const tags = (item.tag ?? '').split(' ').filter((tag) => tag !== '')
    refuseUnless(tags.length <= 10 && tags.every((tag) => tag.length <= 20), 85006)
  }
}

const checkPreview = (raw: unknown): void => {
  if (raw === undefined) return
  const { success, output } = v.safeParse(previewSchema, raw)
  if (!success) return refuse(85092)
  refuseUnless(output.video_id_list.length <= MAX_PREVIEWS && output.pic_id_list.length <= MAX_PREVIEWS, 85093)
}

const checkUgc = (merchant: Merchant, { ugc_declare }: Submission): void => {
  const first = merchant.audits.length === 0
  const needed = first && merchant.categories.some(({ secondName }) => UGC_CATEGORIES.has(secondName))
  refuseUnless(!needed || (ugc_declare?.scene ?? []).length > 0, 85094)
}

/** The guideline must name every key that the scan found, each API must be declared and granted. */
const checkPrivacy = (merchant: Merchant, trial: CodeVersion, { privacy_api_not_use }: Submission): void => {
  if (privacy_api_not_use) return
  const settings = merchant.privacy.get(2)?.settings ?? merchant.privacy.get(1)?.settings ?? []
  const declared = new Set(settings.map(({ privacy_key }) => privacy_key))
  const missing = trial.code.privacyKeys.filter((key) => !declared.has(key))
  refuseUnless(missing.length === 0, 61040, `not in the privacy guideline: ${missing.join(', ')}`)
  const apis = [...undeclaredApis(trial), ...ungrantedApis(merchant, trial)]
  refuseUnless(apis.length === 0, 61040, `not declared or not granted: ${apis.join(', ')}`)
}
