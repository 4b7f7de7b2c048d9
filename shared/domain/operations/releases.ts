import * as v from 'valibot'
import { audits } from '../../wechat/endpoints/audits.ts'
import { code } from '../../wechat/endpoints/code.ts'
import { releases as endpoints } from '../../wechat/endpoints/releases.ts'
import { callForAuthorizer } from '../authorizers/authorizer-calls.ts'
import { commit, renderFor } from '../releases/commits.ts'
import { preflight } from '../releases/preflight.ts'
import { appid, attributes, choice, integer, jsonObject, page, text } from '../inputs.ts'
import { changing, reading } from '../operation.ts'
import { submit } from '../releases/submissions.ts'
import { presentRelease } from '../releases/release-states.ts'
import { cancelGray, readGrayPlan, startGray } from '../releases/gray-releases.ts'
import { currentStatus, expedite, release, withdraw } from '../releases/releases.ts'
import { rollback } from '../releases/rollbacks.ts'
import { releaseStates } from '../stores/releases.ts'
import { readScreenshot, uploadMedia } from '../releases/media.ts'
import { presentImage } from '../releases/images.ts'

const version = text(64)

/** Without the members that were left out. */
const present = (fields: { feedback_info?: string | undefined; feedback_stuff?: string | undefined } = {}) => ({
  ...(fields.feedback_info !== undefined && { feedback_info: fields.feedback_info }),
  ...(fields.feedback_stuff !== undefined && { feedback_stuff: fields.feedback_stuff }),
})

/** WeChat's own spelling inside; lengths as WeChat documents them. */
const auditItem = v.strictObject({
  address: v.optional(text(512)),
  tag: v.optional(text(256, 0)),
  title: v.optional(text(32, 0)),
  first_class: text(64),
  second_class: text(64),
  third_class: v.optional(text(64)),
  first_id: integer(0, Number.MAX_SAFE_INTEGER),
  second_id: integer(0, Number.MAX_SAFE_INTEGER),
  third_id: v.optional(integer(0, Number.MAX_SAFE_INTEGER)),
})
const mediaIds = v.array(text(256), 'must be a list')
const codes = v.array(integer(0, 99), 'must be a list')

/** A text for the reviewer, or WeChat's own two fields; WeChat heeds it only after a rejection. */
const feedback = v.union(
  [
    text(200, 0),
    v.strictObject({ feedback_info: v.optional(text(200, 0)), feedback_stuff: v.optional(text(2048, 0)) }),
  ],
  'must be a text of at most 200 characters, or an object with feedback_info and feedback_stuff',
)

/** A template and what makes it one merchant's. */
const settings = {
  appid,
  templateId: integer(0, Number.MAX_SAFE_INTEGER),
  ext: v.optional(jsonObject),
  extVars: v.optional(attributes),
  extJson: v.optional(jsonObject),
}

export const releaseOperations = {
  'releases.commit': changing({
    role: 'operator',
    summary: "Make a template, with the merchant's settings, the trial version of its mini program",
    input: { ...settings, version, description: text(1024) },
    run: async (platform, input, { activityId }) =>
      presentRelease(await commit(platform, { ...input, runId: activityId })),
  }),
  'releases.render': reading({
    role: 'viewer',
    summary: 'The ext_json that a commit would send, with every variable filled in; nothing is sent',
    input: settings,
    run: async (platform, input) => ({ extJson: await renderFor(platform, input) }),
  }),
  'releases.preview': reading({
    role: 'viewer',
    summary: 'QR code of the trial version',
    input: { appid, path: v.optional(text(1024)) },
    run: async (platform, input) =>
      presentImage(
        await callForAuthorizer(platform, input.appid, code.trialQrCode, {
          query: input.path === undefined ? {} : { path: input.path },
        }),
      ),
  }),
  'releases.pages': reading({
    role: 'viewer',
    summary: 'Pages of the trial version',
    input: { appid },
    run: async (platform, input) => ({
      pages: (await callForAuthorizer(platform, input.appid, code.pages, {})).page_list,
    }),
  }),
  'releases.categories': reading({
    role: 'viewer',
    summary: 'Categories that a submission may name',
    input: { appid },
    run: async (platform, input) => ({
      categories: (await callForAuthorizer(platform, input.appid, code.categories, {})).category_list,
    }),
  }),
  'releases.preflight': reading({
    role: 'viewer',
    summary: 'Whatever would fail on the way to the users, per merchant, asked before anything is sent',
    input: {
      appids: v.pipe(
        v.array(appid, 'must be a list of appids'),
        v.minLength(1, 'must name at least one appid'),
        v.maxLength(50, 'must name at most 50 appids'),
      ),
      templateId: v.optional(integer(0, Number.MAX_SAFE_INTEGER)),
    },
    run: (platform, input) => preflight(platform, input.appids, input.templateId),
  }),
  'releases.submit': changing({
    role: 'operator',
    summary: 'Submit the trial version for review',
    input: {
      appid,
      items: v.optional(
        v.pipe(
          v.array(auditItem, 'must be a list'),
          v.minLength(1, 'must have at least one item'),
          v.maxLength(5, 'must have at most 5 items'),
        ),
      ),
      versionDescription: v.optional(text(1024, 0)),
      previewInfo: v.optional(
        v.strictObject({ video_id_list: v.optional(mediaIds, []), pic_id_list: v.optional(mediaIds, []) }),
      ),
      feedback: v.optional(feedback),
      orderPath: v.optional(text(512)),
      ugc: v.optional(
        v.strictObject({
          scene: codes,
          other_scene_desc: v.optional(text(256, 0)),
          method: v.optional(codes),
          has_audit_team: v.optional(v.picklist([0, 1], 'must be 0 or 1')),
          audit_desc: v.optional(text(256, 0)),
        }),
      ),
      privacyApiNotUse: v.optional(v.boolean('must be true or false')),
      autoRelease: v.optional(v.boolean('must be true or false')),
    },
    run: async (platform, input, { activityId }) =>
      presentRelease(
        await submit(platform, {
          appid: input.appid,
          runId: activityId,
          autoRelease: input.autoRelease,
          submission: {
            ...(input.items && { item_list: input.items }),
            ...(input.versionDescription !== undefined && { version_desc: input.versionDescription }),
            ...(input.previewInfo && { preview_info: input.previewInfo }),
            ...(typeof input.feedback === 'string' ? { feedback_info: input.feedback } : present(input.feedback)),
            ...(input.orderPath !== undefined && { order_path: input.orderPath }),
            ...(input.ugc && { ugc_declare: input.ugc }),
            ...(input.privacyApiNotUse !== undefined && { privacy_api_not_use: input.privacyApiNotUse }),
          },
        }),
      ),
  }),
  'releases.status': reading({
    role: 'viewer',
    summary: 'The release under review, else the newest',
    input: { appid },
    run: async (platform, input) => presentRelease(await currentStatus(platform, input.appid)),
  }),
  'releases.withdraw': changing({
    role: 'operator',
    summary: 'Take back the version under review',
    input: { appid },
    run: async (platform, input, run) => presentRelease(await withdraw(platform, input.appid, run.activityId)),
  }),
  'releases.expedite': changing({
    role: 'operator',
    summary: 'Ask WeChat to review faster, from a quota shared by the whole platform',
    input: { appid },
    run: async (platform, input) => presentRelease(await expedite(platform, input.appid)),
  }),
  'releases.quota': reading({
    role: 'operator',
    summary: 'Review quota of the month, shared by the whole platform',
    input: { appid },
    run: async (platform, input) => {
      const { rest, limit, speedup_rest, speedup_limit } = await callForAuthorizer(
        platform,
        input.appid,
        audits.quota,
        {},
      )
      return { rest, limit, speedupRest: speedup_rest, speedupLimit: speedup_limit }
    },
  }),
  'releases.uploadMedia': changing({
    role: 'operator',
    summary: 'Upload a picture or video for the reviewer',
    input: { appid, fileId: v.optional(text(1024)), base64: v.optional(text(5_600_000)) },
    check: (input) =>
      (input.fileId === undefined) === (input.base64 === undefined)
        ? ['base64', 'Give either fileId or base64']
        : undefined,
    run: (platform, input) => uploadMedia(platform, input),
  }),
  'releases.screenshot': reading({
    role: 'viewer',
    summary: "A picture of a reviewer's rejection",
    input: { appid, mediaId: text(256) },
    run: (platform, input) => readScreenshot(platform, input.appid, input.mediaId),
  }),
  'releases.release': changing({
    role: 'operator',
    summary: 'Put the approved version online',
    input: { appid, version: v.optional(version) },
    run: async (platform, input, run) =>
      presentRelease(await release(platform, input.appid, input.version, run.activityId)),
  }),
  'releases.rollback': changing({
    role: 'operator',
    summary: 'Take the online version back to an earlier one',
    input: { appid, appVersion: v.optional(integer(0, Number.MAX_SAFE_INTEGER)) },
    run: async (platform, input) => rollback(platform, input.appid, input.appVersion),
  }),
  'releases.history': reading({
    role: 'viewer',
    summary: 'Versions that can be returned to',
    input: { appid },
    run: async (platform, input) => ({
      items:
        (
          await callForAuthorizer(platform, input.appid, endpoints.history, {
            query: { action: 'get_history_version' },
          })
        ).version_list ?? [],
    }),
  }),
  'releases.startGray': changing({
    role: 'operator',
    summary: 'Put the approved version online for a percentage of the users',
    input: { appid, percentage: integer(1, 100) },
    run: async (platform, input) => presentRelease(await startGray(platform, input.appid, input.percentage)),
  }),
  'releases.getGray': reading({
    role: 'operator',
    summary: 'How the gray release stands',
    input: { appid },
    run: async (platform, input) => ({ grayReleasePlan: (await readGrayPlan(platform, input.appid)) ?? null }),
  }),
  'releases.cancelGray': changing({
    role: 'operator',
    summary: 'Cancel the gray release',
    input: { appid },
    run: async (platform, input) => presentRelease(await cancelGray(platform, input.appid)),
  }),
  'releases.list': reading({
    role: 'viewer',
    summary: 'Releases, newest first',
    input: { ...page, appid: v.optional(appid), state: v.optional(choice(releaseStates)) },
    run: async (platform, { appid: account, state, ...request }) => {
      const { items, ...rest } = await platform.stores.releases.list({ appid: account, state }, request)
      return { ...rest, items: items.map(presentRelease) }
    },
  }),
}
