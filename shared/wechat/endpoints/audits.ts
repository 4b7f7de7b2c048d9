/** Submission, review and its quota. */
import * as v from 'valibot'
import { docs, get, post } from './endpoint.ts'
import { acknowledged, integer, maybeInteger, maybeText, renamed, text, texts } from './shapes.ts'

const permissionSets = [18]
const page = (name: string): string => docs(`miniprogram-management/code-management/${name}`)

/** 0 passed, 1 rejected, 2 under review, 3 withdrawn, 4 delayed. */
const auditState = { status: integer, reason: maybeText, screenshot: maybeText }
const names = { auditid: ['auditid', 'audit_id'], screenshot: ['screenshot', 'ScreenShot'] }

const auditItem = () =>
  v.object({
    address: v.optional(v.string()),
    tag: v.optional(v.string()),
    title: v.optional(v.pipe(v.string(), v.maxLength(32))),
    first_class: v.string(),
    second_class: v.string(),
    third_class: v.optional(v.string()),
    first_id: v.optional(v.number()),
    second_id: v.optional(v.number()),
    third_id: v.optional(v.number()),
  })

export const audits = {
  /** The mediaid lives three days. PNG, JPEG, GIF up to 2 MB, MP4 up to 10 MB. */
  uploadMedia: post('authorizer', '/wxa/uploadmedia', {
    title: { en: 'Upload material for the reviewer', zh: '上传提审素材' },
    part: 'media',
    reply: () => renamed({ mediaid: ['mediaid', 'media_id'] }, { type: maybeText, mediaid: text }),
    repeat: 'safe',
    permissionSets,
    link: page('uploadMediaToCodeAudit'),
  }),
  submit: post('authorizer', '/wxa/submit_audit', {
    title: { en: 'Submit the trial version for review', zh: '提交体验版审核' },
    body: () =>
      v.object({
        item_list: v.array(auditItem()),
        preview_info: v.optional(v.object({ video_id_list: texts, pic_id_list: texts })),
        version_desc: v.optional(v.string()),
        feedback_info: v.optional(v.pipe(v.string(), v.maxLength(200))),
        feedback_stuff: v.optional(v.string()),
        ugc_declare: v.optional(
          v.object({
            scene: v.array(v.number()),
            other_scene_desc: v.optional(v.pipe(v.string(), v.maxLength(256))),
            method: v.optional(v.array(v.number())),
            has_audit_team: v.optional(v.picklist([0, 1])),
            audit_desc: v.optional(v.pipe(v.string(), v.maxLength(256))),
          }),
        ),
        privacy_api_not_use: v.optional(v.boolean()),
        order_path: v.optional(v.string()),
      }),
    reply: () => renamed(names, { auditid: integer }),
    repeat: 'readBack',
    permissionSets,
    link: page('submitAudit'),
  }),
  status: post('authorizer', '/wxa/get_auditstatus', {
    title: { en: 'State of one submission', zh: '查询某次审核的状态' },
    body: () => v.object({ auditid: v.number() }),
    reply: () => renamed(names, auditState),
    repeat: 'safe',
    permissionSets,
    link: page('getAuditStatus'),
  }),
  latest: get('authorizer', '/wxa/get_latest_auditstatus', {
    title: { en: 'State of the latest submission', zh: '查询最近一次审核的状态' },
    reply: () =>
      renamed(names, {
        auditid: integer,
        ...auditState,
        user_version: maybeText,
        user_desc: maybeText,
        submit_audit_time: maybeInteger,
      }),
    repeat: 'safe',
    permissionSets,
    link: page('getLatestAuditStatus'),
  }),
  /** 5 a day and 10 a month per mini program. */
  withdraw: get('authorizer', '/wxa/undocodeaudit', {
    title: { en: 'Withdraw the submission under review', zh: '撤回审核' },
    reply: acknowledged,
    repeat: 'readBack',
    permissionSets,
    link: page('undoAudit'),
  }),
  expedite: post('authorizer', '/wxa/speedupaudit', {
    title: {
      en: 'Ask for a faster review, from a quota shared by the whole platform',
      zh: '申请加急审核，额度由整个平台共用',
    },
    body: () => v.object({ auditid: v.number() }),
    reply: acknowledged,
    repeat: 'never',
    permissionSets,
    link: page('speedupCodeAudit'),
  }),
  quota: get('authorizer', '/wxa/queryquota', {
    title: { en: 'Review quota of the month, shared by the whole platform', zh: '本月提审额度，由整个平台共用' },
    reply: () => v.looseObject({ rest: integer, limit: integer, speedup_rest: integer, speedup_limit: integer }),
    repeat: 'safe',
    permissionSets,
    link: page('setCodeAuditQuota'),
  }),
  /** For the screenshots of a rejection. */
  material: post('authorizer', '/cgi-bin/material/get_material', {
    title: { en: 'Download permanent material', zh: '下载永久素材' },
    body: () => v.object({ media_id: v.string() }),
    reply: 'binary',
    repeat: 'safe',
    link: docs(),
  }),
}
