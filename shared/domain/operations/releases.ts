import * as v from 'valibot'
import { askedIn } from '../callers/activity.ts'
import { accountsAsked } from '../callers/reach.ts'
import { image, pageOf, problem, release as releaseShape, rolledBack, whole, words, yesOrNo } from '../answers.ts'
import { audits } from '../../wechat/endpoints/audits.ts'
import { code } from '../../wechat/endpoints/code.ts'
import { callForAuthorizer } from '../authorizers/authorizer-calls.ts'
import { commit } from '../releases/commits.ts'
import { renderFor } from '../releases/rendering.ts'
import { compare } from '../releases/comparison.ts'
import { preflight } from '../releases/preflight.ts'
import {
  appid,
  attributes,
  choice,
  description,
  flag,
  integer,
  jsonObject,
  list,
  page,
  rolloutId,
  templateId,
  text,
  version,
} from '../inputs.ts'
import { changing, reading } from '../operation.ts'
import { submissionMembers, submissionOf } from './submission-input.ts'
import { submit } from '../releases/submissions.ts'
import { presentRelease } from '../releases/release-states.ts'
import { isBegun, readGrayPlan } from '../releases/gray-plans.ts'
import { cancelGray, startGray } from '../releases/gray-releases.ts'
import { currentStatus, expedite, release, withdraw } from '../releases/releases.ts'
import { readHistory } from '../releases/attempts.ts'
import { rollback } from '../releases/rollbacks.ts'
import { openAuthorizer } from '../releases/daily-readings.ts'
import { releaseStates } from '../stores/releases.ts'
import { fileEntries, isOneGiven } from '../files/given-file.ts'
import { readScreenshot, uploadMedia } from '../releases/media.ts'
import { presentImage } from '../files/images.ts'
import { lazily, told } from '../described-fields.ts'
import { lookAtAllWaiting } from '../releases/waiting-releases.ts'

const id = integer(0, Number.MAX_SAFE_INTEGER)

/** What makes a template one merchant's. */
const copy = {
  ext: v.optional(
    told('What the code reads with getExtConfig', '代码用 getExtConfig 读取的内容', jsonObject, {
      shopId: '{{shopId}}',
    }),
  ),
  extVars: v.optional(attributes),
  extJson: v.optional(told('Other keys of ext_json', 'ext_json 的其他键', jsonObject, { window: {} })),
}

const settings = { appid, templateId, ...copy }

const perhaps = <S extends v.GenericSchema>(schema: S) => v.optional(v.nullable(schema))

const category = lazily(() =>
  v.object({
    first_id: perhaps(whole('Number of the first category', '一级类目编号', 220)),
    first_class: words('Name of the first category', '一级类目名称', '餐饮'),
    second_id: perhaps(whole('Number of the second category', '二级类目编号', 632)),
    second_class: words('Name of the second category', '二级类目名称', '点餐平台'),
    third_id: perhaps(whole('Number of the third category', '三级类目编号', 0)),
    third_class: perhaps(words('Name of the third category', '三级类目名称', '点餐')),
  }),
)

const readiness = lazily(() =>
  v.strictObject({
    appid: words('appid of the account', '账号的 appid', 'wx1234567890abcdef'),
    ready: yesOrNo('Nothing would fail', '没有问题'),
    problems: told('What would fail, with its cure', '存在的问题及解决办法', v.array(problem())),
    warnings: told('What a person has to allow', '需要人确认的提醒', v.array(problem())),
  }),
)

const keys = (en: string, zh: string) => told(en, zh, v.array(v.string()), ['ext.shop'])

const compared = lazily(() =>
  v.strictObject({
    appid: words('appid of the account', '账号的 appid', 'wx1234567890abcdef'),
    live: v.exactOptional(
      told(
        'What is online; without a template where it came from elsewhere',
        '线上版本；没有模板编号表示不是从这里发布的',
        v.strictObject({
          version: words('Its version', '版本号', '1.3.0'),
          templateId: v.exactOptional(whole('Its template', '模板编号', 11)),
          source: v.exactOptional(
            words('appid of the source mini program', '来源小程序的 appid', 'wx1234567890abcdef'),
          ),
        }),
      ),
    ),
    next: told(
      'What would be sent',
      '将要发布的版本',
      v.strictObject({
        version: v.exactOptional(words('Its version', '版本号', '1.4.0')),
        templateId: whole('Its template', '模板编号', 12),
        source: words('appid of the source mini program', '来源小程序的 appid', 'wx1234567890abcdef'),
      }),
    ),
    extJson: v.exactOptional(
      told(
        'Dotted keys of ext_json; lists are compared whole',
        'ext_json 的键（点分路径），列表按整体比较',
        v.strictObject({
          added: keys('Only in what would be sent', '新增'),
          removed: keys('Only in what is online', '去掉'),
          changed: keys('In both, with other values', '改变'),
        }),
      ),
    ),
    warnings: told('What a person has to allow', '需要人确认的提醒', v.array(problem())),
  }),
)

const quota = lazily(() =>
  v.strictObject({
    rest: whole('Reviews left this month', '本月剩余提审次数', 18),
    limit: whole('Reviews a month', '每月提审次数', 20),
    speedupRest: whole('Expedited reviews left', '剩余加急次数', 1),
    speedupLimit: whole('Expedited reviews a month', '每月加急次数', 1),
  }),
)

const formerVersion = lazily(() =>
  v.object({
    app_version: whole('For releases.rollback', '用于 releases.rollback', 3),
    user_version: perhaps(words('Version of the code', '代码版本号', '1.3.0')),
    user_desc: perhaps(words('What was new', '版本说明', 'New menu')),
    commit_time: perhaps(whole('Unix seconds', '时间（Unix 秒）', 1800000000)),
  }),
)

const grayPlan = lazily(() =>
  v.object({
    status: whole(
      '0 none, 1 running, 2 paused, 3 finished, 4 deleted',
      '0 初始，1 执行中，2 暂停，3 完成，4 已删除',
      1,
    ),
    create_timestamp: perhaps(whole('Unix seconds', '时间（Unix 秒）', 1800000000)),
    gray_percentage: perhaps(whole('Percentage of the users', '用户百分比', 20)),
    support_debuger_first: perhaps(yesOrNo('Project members first', '优先项目成员')),
    support_experiencer_first: perhaps(yesOrNo('Testers first', '优先体验者')),
  }),
)

export const releaseOperations = {
  'releases.commit': changing({
    role: 'operator',
    door: ['commitCode'],
    rehearsedBy: ['releases.render'],
    summary: {
      en: "Make a template, with the merchant's settings, the trial version of its mini program",
      zh: '把模板连同商户的设置提交为小程序的体验版',
    },
    input: { ...settings, version, description },
    output: releaseShape,
    run: async (platform, input, run) => presentRelease(await commit(platform, { ...input, asked: askedIn(run) })),
  }),
  'releases.render': reading({
    role: 'viewer',
    summary: {
      en: 'The ext_json that a commit would send, with every variable filled in; nothing is sent',
      zh: '查看提交时将发送的 ext_json，变量均已填入；不会发送',
    },
    input: settings,
    output: lazily(() =>
      v.strictObject({ extJson: words('What would be sent', '将发送的内容', '{"extEnable":true}') }),
    ),
    run: async (platform, input) => ({ extJson: (await renderFor(platform, input)).extJson }),
  }),
  'releases.compare': reading({
    role: 'viewer',
    summary: {
      en: 'What is online beside what would be sent, per merchant, with what a person has to allow; nothing is sent',
      zh: '逐个商户对比线上版本与将要发布的版本，并列出需要确认的提醒；不会发送任何内容',
    },
    input: {
      appids: told('At most 50', '最多 50 个', list(appid, 50), ['wx1234567890abcdef']),
      templateId,
      version: v.optional(version),
      ...copy,
    },
    output: lazily(() => v.strictObject({ items: told('One for each appid', '逐个账号', v.array(compared())) })),
    run: (platform, input) => compare(platform, input),
  }),
  'releases.preview': reading({
    role: 'viewer',
    door: ['commitCode', 'preview'],
    summary: {
      en: 'QR code of the trial version',
      zh: '体验版二维码',
    },
    input: { appid, path: v.optional(told('Page it opens', '打开的页面', text(1024), 'pages/index/index')) },
    output: image,
    run: async (platform, input) =>
      presentImage(
        await callForAuthorizer(platform, input.appid, code.trialQrCode, {
          query: input.path === undefined ? {} : { path: input.path },
        }),
      ),
  }),
  'releases.pages': reading({
    role: 'viewer',
    door: ['commitCode', 'pages'],
    summary: {
      en: 'Pages of the trial version',
      zh: '体验版的页面',
    },
    input: { appid },
    output: lazily(() =>
      v.strictObject({ pages: told('Paths', '页面路径', v.array(v.string()), ['pages/index/index']) }),
    ),
    run: async (platform, input) => ({
      pages: (await callForAuthorizer(platform, input.appid, code.pages, {})).page_list,
    }),
  }),
  'releases.categories': reading({
    role: 'viewer',
    door: ['commitCode', 'categories'],
    summary: {
      en: 'Categories that a submission may name',
      zh: '提审可选的类目',
    },
    input: { appid },
    output: lazily(() => v.strictObject({ categories: told('Categories', '类目', v.array(category())) })),
    run: async (platform, input) => ({
      categories: (await callForAuthorizer(platform, input.appid, code.categories, {})).category_list,
    }),
  }),
  'releases.preflight': reading({
    role: 'viewer',
    summary: {
      en: 'Whatever would fail on the way to the users, per merchant, asked before anything is sent',
      zh: '发布前检查：逐个商户列出会失败的原因，不会发送任何内容',
    },
    input: {
      appids: told('At most 50', '最多 50 个', list(appid, 50), ['wx1234567890abcdef']),
      ...copy,
      templateId: v.optional(templateId),
      version: v.optional(version),
    },
    output: lazily(() => v.strictObject({ items: told('One for each appid', '逐个账号', v.array(readiness())) })),
    run: (platform, input) => preflight(platform, input),
  }),
  'releases.submit': changing({
    role: 'operator',
    door: ['submitAudit'],
    summary: {
      en: 'Submit the trial version for review',
      zh: '提交体验版审核',
    },
    input: {
      appid,
      ...submissionMembers,
      autoRelease: v.optional(told('Goes online by itself when it is approved', '审核通过后自动上线', flag)),
    },
    output: releaseShape,
    run: async (platform, input, run) =>
      presentRelease(
        await submit(platform, {
          appid: input.appid,
          asked: askedIn(run),
          autoRelease: input.autoRelease,
          submission: submissionOf(input),
        }),
      ),
  }),
  'releases.status': reading({
    role: 'viewer',
    door: ['submitAudit', 'status'],
    summary: {
      en: 'The release under review, else the newest',
      zh: '审核中的版本，没有则为最新版本',
    },
    input: { appid },
    output: releaseShape,
    run: async (platform, input) => presentRelease(await currentStatus(platform, input.appid)),
  }),
  'releases.withdraw': changing({
    role: 'operator',
    door: ['submitAudit', 'withdraw'],
    summary: {
      en: 'Take back the version under review',
      zh: '撤回审核中的版本',
    },
    input: { appid },
    output: releaseShape,
    run: async (platform, input, run) => presentRelease(await withdraw(platform, input.appid, askedIn(run))),
  }),
  'releases.expedite': changing({
    role: 'operator',
    door: ['submitAudit', 'expedite'],
    summary: {
      en: 'Ask WeChat to review faster, from a quota shared by the whole platform',
      zh: '申请加急审核，额度由整个平台共用',
    },
    input: { appid },
    output: releaseShape,
    run: async (platform, input) => presentRelease(await expedite(platform, input.appid)),
  }),
  'releases.quota': reading({
    role: 'viewer',
    door: ['submitAudit', 'quota'],
    summary: {
      en: 'Review quota of the month, shared by the whole platform',
      zh: '本月提审额度，由整个平台共用',
    },
    input: { appid },
    output: quota,
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
    door: ['submitAudit', 'uploadMedia'],
    repeatable: true,
    summary: {
      en: 'Upload a picture or video for the reviewer',
      zh: '上传给审核员看的图片或视频',
    },
    input: {
      appid,
      ...fileEntries,
    },
    example: { base64: 'iVBORw0KGgo=' },
    output: lazily(() =>
      v.strictObject({
        type: words('image or video', 'image 或 video', 'image'),
        mediaid: words('For previewInfo; lives three days', '用于 previewInfo，三天内有效', 'abc'),
      }),
    ),
    check: (input) => (isOneGiven(input) ? undefined : ['base64', 'GIVE_ONE_OF', { choices: ['fileId', 'base64'] }]),
    run: (platform, input) => uploadMedia(platform, input),
  }),
  'releases.screenshot': reading({
    role: 'viewer',
    summary: {
      en: "A picture of a reviewer's rejection",
      zh: '驳回时的截图',
    },
    input: { appid, mediaId: told('Of `screenshots`', 'screenshots 中的 mediaid', text(256), 'abc') },
    output: image,
    run: (platform, input) => readScreenshot(platform, input.appid, input.mediaId),
  }),
  'releases.release': changing({
    role: 'operator',
    door: ['release'],
    destructive: true,
    repeatable: true,
    summary: {
      en: 'Put the approved version online',
      zh: '发布审核通过的版本',
    },
    input: { appid, version: v.optional(version) },
    output: releaseShape,
    run: async (platform, input, run) =>
      presentRelease(await release(platform, input.appid, input.version, askedIn(run))),
  }),
  'releases.rollback': changing({
    role: 'operator',
    door: ['release', 'rollback'],
    destructive: true,
    summary: {
      en: 'Take the online version back to an earlier one',
      zh: '把线上版回退到之前的版本',
    },
    input: { appid, appVersion: v.optional(told('Of releases.history', '见 releases.history', id, 3)) },
    output: rolledBack,
    run: async (platform, input, run) => rollback(platform, input.appid, input.appVersion, askedIn(run)),
  }),
  'releases.history': reading({
    role: 'viewer',
    door: ['release', 'history'],
    summary: {
      en: 'Versions that can be returned to',
      zh: '可以回退的版本',
    },
    input: { appid },
    output: lazily(() => v.strictObject({ items: told('At most five', '最多五个', v.array(formerVersion())) })),
    run: async (platform, input) => {
      await openAuthorizer(platform, input.appid)
      await lookAtAllWaiting(platform, input.appid)
      return { items: await readHistory(platform, input.appid) }
    },
  }),
  'releases.startGray': changing({
    role: 'operator',
    door: ['release', 'startGray'],
    destructive: true,
    repeatable: true,
    summary: {
      en: 'Put the approved version online for a percentage of the users',
      zh: '按百分比灰度发布审核通过的版本',
    },
    input: { appid, percentage: told('Percentage of the users', '用户百分比', integer(1, 100), 20) },
    output: releaseShape,
    run: async (platform, input, run) =>
      presentRelease(await startGray(platform, input.appid, input.percentage, askedIn(run))),
  }),
  'releases.getGray': reading({
    role: 'viewer',
    door: ['release', 'getGray'],
    summary: {
      en: 'How the gray release stands',
      zh: '灰度发布的进度',
    },
    input: { appid },
    output: lazily(() =>
      v.strictObject({ grayReleasePlan: told('null: there is none', 'null 表示没有', v.nullable(grayPlan())) }),
    ),
    run: async (platform, input) => {
      await lookAtAllWaiting(platform, input.appid)
      const plan = await readGrayPlan(platform, input.appid)
      return { grayReleasePlan: isBegun(plan) ? plan : null }
    },
  }),
  'releases.cancelGray': changing({
    role: 'operator',
    door: ['release', 'cancelGray'],
    summary: {
      en: 'Cancel the gray release',
      zh: '取消灰度发布',
    },
    input: { appid },
    output: releaseShape,
    run: async (platform, input, run) => presentRelease(await cancelGray(platform, input.appid, askedIn(run))),
  }),
  'releases.list': reading({
    role: 'viewer',
    summary: {
      en: 'Releases, newest first',
      zh: '发布记录，新的在前',
    },
    reach: 'list',
    input: {
      ...page,
      appid: v.optional(appid),
      state: v.optional(told('Only these', '只看该状态', choice(releaseStates))),
      states: v.optional(
        told('In one of these states', '只看这些状态', list(choice(releaseStates), releaseStates.length), [
          'auditing',
          'delayed',
        ]),
      ),
      rolloutId: v.optional(rolloutId),
    },
    output: lazily(() => pageOf(releaseShape())),
    run: async (platform, { appid: account, state, states, rolloutId: rollout, ...request }, { caller }) => {
      const wanted = states && state ? states.filter((one) => one === state) : (states ?? (state && [state]))
      const filter = { appids: accountsAsked(caller, account), states: wanted, rolloutId: rollout }
      const { items, ...rest } = await platform.stores.releases.list(filter, request)
      return { ...rest, items: items.map(presentRelease) }
    },
  }),
}
