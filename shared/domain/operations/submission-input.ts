import * as v from 'valibot'
import { flag, integer, list, text } from '../inputs.ts'
import { flaw } from '../input-flaws.ts'
import { told } from '../described-fields.ts'
import type { GivenSubmission } from '../releases/submissions.ts'

/* What a submission takes, beside what it finds by itself. */

const id = integer(0, Number.MAX_SAFE_INTEGER)
const anything = { en: 'As WeChat names it', zh: '微信定义的值' }

/** WeChat's own spelling inside; lengths as WeChat documents them. */
const auditItem = v.strictObject({
  address: v.optional(told('Path of the page', '页面路径', text(512), 'pages/index/index')),
  tag: v.optional(told('Labels, separated by spaces', '标签，空格分隔', text(256, 0), '点餐')),
  title: v.optional(told('Title of the page', '页面标题', text(32, 0), '首页')),
  first_class: told('Name of the first category', '一级类目名称', text(64), '餐饮'),
  second_class: told('Name of the second category', '二级类目名称', text(64), '点餐平台'),
  third_class: v.optional(told('Name of the third category', '三级类目名称', text(64), '点餐')),
  first_id: v.optional(told('Number of the first category', '一级类目编号', id, 220)),
  second_id: v.optional(told('Number of the second category', '二级类目编号', id, 632)),
  third_id: v.optional(told('Number of the third category', '三级类目编号', id, 0)),
})
const mediaIds = (en: string, zh: string) => v.optional(told(en, zh, v.array(text(256)), ['abc']), [])
const codes = told(anything.en, anything.zh, v.array(integer(0, 99)), [1])

/** WeChat heeds it only after a rejection. */
const feedback = told(
  "A text for the reviewer, or WeChat's own two fields",
  '给审核员的说明，或微信的两个字段',
  v.union(
    [
      text(200, 0),
      v.strictObject({
        feedback_info: v.optional(told('A text for the reviewer', '说明', text(200, 0), '已更换类目')),
        feedback_stuff: v.optional(told('Media ids, joined by |', '素材 mediaid，用 | 连接', text(2048, 0), 'abc|def')),
      }),
    ],
    flaw('FEEDBACK_MALFORMED', { max: 200 }),
  ),
  '已更换类目',
)

const previewInfo = told(
  'Pictures and videos for the reviewer, of releases.uploadMedia',
  '给审核员看的图片和视频，由 releases.uploadMedia 上传',
  v.strictObject({ video_id_list: mediaIds('Videos', '视频'), pic_id_list: mediaIds('Pictures', '图片') }),
)

const ugc = told(
  'What users may write, and who looks at it',
  '用户生成内容的声明',
  v.strictObject({
    scene: codes,
    other_scene_desc: v.optional(told('Other scenes', '其他场景说明', text(256, 0), '评论')),
    method: v.optional(codes),
    has_audit_team: v.optional(told('1: there are people', '1 表示有审核团队', v.picklist([0, 1], 'must be 0 or 1'))),
    audit_desc: v.optional(told('How it is looked at', '审核机制说明', text(256, 0), '先审后发')),
  }),
)

/** Each may be left out. */
export const submissionMembers = {
  items: v.optional(
    told('Pages with their categories; default: the first of each', '页面及类目，缺省取各自第一个', list(auditItem, 5)),
  ),
  versionDescription: v.optional(told('What is new', '版本说明', text(1024, 0), '新增菜单')),
  previewInfo: v.optional(previewInfo),
  feedback: v.optional(feedback),
  orderPath: v.optional(told('Page of the orders', '订单页面路径', text(512), 'pages/orders/index')),
  ugc: v.optional(ugc),
  privacyApiNotUse: v.optional(told('The code uses no privacy interface', '代码未使用隐私接口', flag)),
}

type Input = v.InferOutput<v.StrictObjectSchema<typeof submissionMembers, undefined>>

/** As WeChat takes it, without the members that were left out. */
export const submissionOf = (input: Input): GivenSubmission => ({
  ...(input.items && { item_list: input.items }),
  ...(input.versionDescription !== undefined && { version_desc: input.versionDescription }),
  ...(input.previewInfo && { preview_info: input.previewInfo }),
  ...(typeof input.feedback === 'string' ? { feedback_info: input.feedback } : feedbackOf(input.feedback)),
  ...(input.orderPath !== undefined && { order_path: input.orderPath }),
  ...(input.ugc && { ugc_declare: input.ugc }),
  ...(input.privacyApiNotUse !== undefined && { privacy_api_not_use: input.privacyApiNotUse }),
})

const feedbackOf = (fields: { feedback_info?: string | undefined; feedback_stuff?: string | undefined } = {}) => ({
  ...(fields.feedback_info !== undefined && { feedback_info: fields.feedback_info }),
  ...(fields.feedback_stuff !== undefined && { feedback_stuff: fields.feedback_stuff }),
})
