import * as v from 'valibot'
import { pageOf, rollout, rolloutItem, whole, words } from '../answers.ts'
import {
  appid,
  attributes,
  businessId,
  choice,
  description,
  epochOf,
  flag,
  integer,
  jsonObject,
  list,
  merchantFilter,
  moment,
  page,
  rolloutId,
  searchText,
  templateId,
  text,
  version,
} from '../inputs.ts'
import { changing, reading } from '../operation.ts'
import { databaseTime, type Platform } from '../platform.ts'
import { createRollout, groupRejections, listItems, presentRollout, readRollout } from '../rollouts/rollouts.ts'
import { gray, guard, quietHours, waves } from './rollout-plan.ts'
import { submissionMembers, submissionOf } from './submission-input.ts'
import { setupShape } from '../rollouts/setup.ts'
import { cancelRollout, pauseRollout, releaseRollout, resumeRollout } from '../rollouts/steering.ts'
import { retryItems, rollBackRollout, setGuard, skipItems, steeredBefore } from '../rollouts/steering.ts'
import { lazily, told } from '../described-fields.ts'
import { itemStates, retryableStates, rolloutStates, warningCodes, type RolloutRecord } from '../stores/rollouts.ts'

const reason = told(
  "The reviewers' words, as rollouts.rejections names them",
  '驳回原因，见 rollouts.rejections',
  text(1000),
  '类目不符',
)

const rejections = lazily(() =>
  v.strictObject({
    items: told(
      'The most frequent first',
      '按数量从多到少',
      v.array(
        v.strictObject({
          reason: words("The reviewers' words; - where there are none", '驳回原因；- 表示微信没有给出原因', '类目不符'),
          count: whole('So many', '数量', 3),
          appids: told('The first 100 of them', '其中前 100 个账号', v.array(v.string()), ['wx1234567890abcdef']),
          screenshots: told(
            "Media ids of the reviewers' pictures, for releases.screenshot",
            '审核截图的 mediaId，用于 releases.screenshot',
            v.array(v.string()),
            ['abc'],
          ),
        }),
      ),
    ),
  }),
)

const present = (platform: Platform, record: RolloutRecord) => presentRollout(record, databaseTime(platform))

type Steer = (platform: Platform, rolloutId: string, runId: string) => Promise<RolloutRecord>

const steering = (en: string, zh: string, steer: Steer, traits: { readonly destructive?: true } = {}) =>
  changing({
    ...traits,
    role: 'operator',
    summary: { en, zh },
    input: { rolloutId },
    output: rollout,
    run: async (platform, input, run) =>
      present(
        platform,
        (await steeredBefore(platform, input.rolloutId, run)) ??
          (await steer(platform, input.rolloutId, run.activityId)),
      ),
  })

export const rolloutOperations = {
  'rollouts.create': changing({
    role: 'operator',
    destructive: true,
    rehearsedBy: ['releases.preflight'],
    summary: { en: 'Ship one template to many merchants, wave by wave', zh: '把一个模板分批发布到许多商户' },
    input: {
      name: told('Its name', '名称', text(128), 'Spring menu'),
      templateId,
      version,
      description,
      appids: v.optional(told('These merchants', '这些商户', list(appid, 2000), ['wx1234567890abcdef'])),
      businessIds: v.optional(
        told('The mini programs of these businesses', '这些业务编号绑定的小程序', list(businessId, 2000), [
          'shop-1024',
        ]),
      ),
      canary: v.optional(
        told('They are wave 1, before all others', '先行商户，作为第一批', list(appid, 2000), ['wx1234567890abcdef']),
      ),
      all: v.optional(told('All merchants', '全部商户', v.literal(true, 'must be true where it is given'))),
      filter: v.optional(told('Merchants that fit', '符合条件的商户', v.strictObject(merchantFilter))),
      ext: v.optional(
        told('What the code reads with getExtConfig', '代码用 getExtConfig 读取的内容', jsonObject, {
          shopId: '{{shopId}}',
        }),
      ),
      extJson: v.optional(told('Other keys of ext_json', 'ext_json 的其他键', jsonObject, { window: {} })),
      extVars: v.optional(attributes),
      allow: v.optional(
        told(
          'Warnings in spite of which a merchant gets it; without one it is skipped',
          '允许的提醒；有其他提醒的商户会被跳过',
          list(choice(warningCodes), warningCodes.length),
          ['OLDER_VERSION'],
        ),
      ),
      setup: v.optional(told('Written before the commit where it differs', '提交前写入与现状不同的设置', setupShape)),
      waves: v.optional(waves, [100]),
      gray: v.optional(gray),
      guard: v.optional(guard),
      nextWaveWhen: v.optional(
        told('What the next wave waits for', '下一批次的条件', choice(['approved', 'released'])),
      ),
      maxFailures: v.optional(told('Pause beyond so many failures', '失败超过此数即暂停', integer(0, 100_000), 5)),
      quotaReserve: v.optional(
        told('Reviews of the month to leave to others', '为其他用途保留的提审次数', integer(0, 100_000), 0),
        0,
      ),
      autoSubmit: v.optional(told('Ask for reviews by itself', '自动提审', flag), true),
      autoRelease: v.optional(told('Put approved versions online by itself', '审核通过后自动上线', flag), false),
      startAt: v.optional(moment('Nothing is sent before', '此前不发送任何内容')),
      quietHours: v.optional(quietHours),
    },
    example: { appids: ['wx1234567890abcdef'], waves: [10, 100] },
    output: rollout,
    check: ({ appids, businessIds, all, filter, quietHours: quiet }) => {
      if ([appids, businessIds, all, filter].filter((way) => way !== undefined).length !== 1)
        return ['appids', 'GIVE_ONE_OF', { choices: ['appids', 'businessIds', 'all', 'filter'] }]
      return quiet && quiet.from === quiet.to ? ['quietHours.to', 'QUIET_HOURS_EMPTY'] : undefined
    },
    run: async (
      platform,
      {
        ext,
        extJson,
        extVars,
        allow,
        setup,
        maxFailures,
        startAt,
        quietHours: quiet,
        gray: steps,
        guard: rules,
        ...plan
      },
      run,
    ) => {
      const start = epochOf(startAt)
      return present(
        platform,
        await createRollout(
          platform,
          {
            ...plan,
            ...(start !== undefined && { startAt: start }),
            ...(quiet && { quietHours: quiet }),
            ...(steps && { gray: steps }),
            ...(rules && { guard: rules }),
            ...(ext && { ext }),
            ...(extJson && { extJson }),
            ...(extVars && { extVars }),
            ...(allow && { allow }),
            ...(setup && { setup }),
            ...(maxFailures !== undefined && { maxFailures }),
          },
          run,
        ),
      )
    },
  }),
  'rollouts.get': reading({
    role: 'viewer',
    summary: { en: 'How a rollout stands; cheap to poll', zh: '批量发布的进度，可频繁查询' },
    input: { rolloutId },
    output: rollout,
    run: async (platform, input) => present(platform, await readRollout(platform, input.rolloutId)),
  }),
  'rollouts.list': reading({
    role: 'viewer',
    summary: { en: 'Rollouts, newest first', zh: '批量发布，新的在前' },
    input: { ...page, state: v.optional(told('Only these', '只看该状态', choice(rolloutStates))) },
    output: lazily(() => pageOf(rollout())),
    run: async (platform, { state, ...request }) => {
      const { items, ...rest } = await platform.stores.rollouts.list({ state }, request)
      return { ...rest, items: items.map((one) => present(platform, one)) }
    },
  }),
  'rollouts.items': reading({
    role: 'viewer',
    summary: { en: 'The merchants of a rollout, each with its state', zh: '批量发布中的商户及各自状态' },
    reach: 'list',
    input: {
      ...page,
      rolloutId,
      state: v.optional(told('Only these', '只看该状态', choice(itemStates))),
      reason: v.optional(reason),
      query: v.optional(
        told('Part of the name, appid or businessId', '名称、appid 或业务编号的一部分', searchText, 'cafe'),
      ),
    },
    output: lazily(() => pageOf(rolloutItem())),
    run: (platform, { rolloutId: id, state, reason: group, query, ...request }, { caller }) =>
      listItems(platform, id, { state, reason: group, query, appids: caller.appids }, request),
  }),
  'rollouts.rejections': reading({
    role: 'viewer',
    summary: {
      en: 'What was rejected, grouped by what the reviewers said; one fix may serve a whole group',
      zh: '按审核意见归类的驳回；一次修改可能解决一整组',
    },
    input: { rolloutId },
    output: rejections,
    run: (platform, input) => groupRejections(platform, input.rolloutId),
  }),
  'rollouts.pause': steering(
    'Start no new step; reviews that run go on',
    '不再开始新的步骤；进行中的审核继续',
    pauseRollout,
  ),
  'rollouts.resume': steering('Go on after a pause', '暂停后继续', resumeRollout, { destructive: true }),
  'rollouts.cancel': steering(
    'End it: no new step, reviews are left alone',
    '结束：不再开始新的步骤，审核不受影响',
    cancelRollout,
  ),
  'rollouts.retry': changing({
    role: 'operator',
    summary: {
      en: 'Send those on their way again that failed, were skipped or rejected',
      zh: '让失败、跳过或被驳回的商户重新开始',
    },
    input: {
      rolloutId,
      states: v.optional(
        told('Only these', '只重试这些状态', list(choice(retryableStates), retryableStates.length), ['failed']),
      ),
      reason: v.optional(reason),
      appids: v.optional(told('Only these merchants', '只重试这些商户', list(appid, 2000), ['wx1234567890abcdef'])),
      ...submissionMembers,
    },
    output: rollout,
    run: async (platform, { rolloutId: id, states, reason: group, appids, ...given }, run) => {
      const submission = submissionOf(given)
      const isGiven = Object.keys(submission).length > 0
      const chosen = { states, reason: group, appids, ...(isGiven && { submission }) }
      return present(
        platform,
        (await steeredBefore(platform, id, run)) ?? (await retryItems(platform, id, run.activityId, chosen)),
      )
    },
  }),
  'rollouts.skip': changing({
    role: 'operator',
    summary: {
      en: 'Leave these merchants out from now on; reviews that run go on',
      zh: '从现在起跳过这些商户；进行中的审核继续',
    },
    input: {
      rolloutId,
      appids: told('These merchants', '这些商户', list(appid, 2000), ['wx1234567890abcdef']),
    },
    output: rollout,
    run: async (platform, input, run) =>
      present(
        platform,
        (await steeredBefore(platform, input.rolloutId, run)) ??
          (await skipItems(platform, input.rolloutId, run.activityId, input.appids)),
      ),
  }),
  'rollouts.setGuard': changing({
    role: 'operator',
    destructive: true,
    summary: {
      en: 'Judge the waves from now on by these rules, or no more',
      zh: '设置或取消批量发布的守护规则',
    },
    input: { rolloutId, guard: told('The rules; null: none', '规则；null 表示取消', v.nullable(guard)) },
    output: rollout,
    run: async (platform, { rolloutId: id, guard: rules }, run) =>
      present(
        platform,
        (await steeredBefore(platform, id, run)) ?? (await setGuard(platform, id, run.activityId, rules)),
      ),
  }),
  'rollouts.release': steering('Release all that are approved', '发布所有已通过审核的商户', releaseRollout, {
    destructive: true,
  }),
  'rollouts.rollback': steering(
    'Take back what this rollout released',
    '回退本次批量发布已上线的版本',
    rollBackRollout,
    { destructive: true },
  ),
}
