import * as v from 'valibot'
import { nothing, openProblem, oneOf, pageOf, platformDomains, time, whole, words } from '../answers.ts'
import {
  domainAction,
  domainsFit,
  platformServerDomains,
  platformWebviewDomains,
  scope,
} from '../miniprograms/domain-names.ts'
import { listActivity } from '../callers/activity-log.ts'
import { accountsAsked } from '../callers/reach.ts'
import { appid, moment, page, text } from '../inputs.ts'
import { pushType } from '../pushes/received.ts'
import { visibleFields } from '../pushes/visible-fields.ts'
import { changing, reading } from '../operation.ts'
import { platformServerList, platformWebviewList, setPlatformDomains } from '../miniprograms/platform-domains.ts'
import { present } from '../present.ts'
import { mapItems } from '../stores/page.ts'
import { dismissProblem, listProblems } from '../problems/problems.ts'
import { readStatus } from '../status.ts'
import { fromUnixSeconds } from '../../time.ts'
import { lazily, told } from '../described-fields.ts'

const count = (en: string, zh: string) => whole(en, zh, 3)

/** Who did what, as callers see it. Answers are not shown: some hold secrets. */
const activity = lazily(() =>
  v.strictObject({
    id: words('Id of the entry', '记录编号', 'a1b2c3'),
    identity: words('Who called', '调用者', 'openid:oAbc123'),
    name: v.optional(words('What the person is called', '称呼', 'Ming')),
    operation: words('What was asked for', '操作', 'releases.commit'),
    appid: v.optional(words('appid of the account', '账号的 appid', 'wx1234567890abcdef')),
    input: told('Without secrets, long texts cut', '输入，已去除机密并截短', v.object({}), { businessId: 'shop-1024' }),
    state: oneOf('Whether it has ended', '是否已结束', ['running', 'ended']),
    startedAt: time('When it began', '开始时间'),
    endedAt: v.optional(time('When it ended', '结束时间')),
    outcome: v.optional(words('`ok`, or the code of the error', 'ok 或错误码', 'ok')),
  }),
)

/** A push as it was received; what was secret in it was never stored in the clear. */
const push = lazily(() =>
  v.strictObject({
    id: words('Id of the push', '推送编号', 'a1b2c3'),
    type: words(
      '`wechat.` and its InfoType, Event or MsgType',
      '`wechat.` 加 InfoType、Event 或 MsgType',
      'wechat.authorized',
    ),
    appid: v.optional(words('appid of the account', '账号的 appid', 'wx1234567890abcdef')),
    createdAt: time('When WeChat made it', '微信生成的时间'),
    receivedAt: time('When it came', '收到的时间'),
    state: oneOf('Whether it was handled', '处理状态', ['new', 'done', 'failed']),
    attempts: count('How often it was tried', '处理次数'),
    fields: told("WeChat's own", '微信原始字段', v.object({}), { InfoType: 'authorized' }),
  }),
)

const asObject = (value: unknown): object => (typeof value === 'object' && value !== null ? value : {})

export const platformOperations = {
  'platform.status': reading({
    role: 'viewer',
    summary: {
      en: 'How the platform stands: ticket, tokens, audits, queue, problems with their cures',
      zh: '平台概况：ticket、令牌、审核、队列、问题及解决办法',
    },
    input: {},
    output: lazily(() =>
      v.strictObject({
        ticket: told(
          'component_verify_ticket',
          'component_verify_ticket',
          v.strictObject({
            receivedAt: told('When the newest came', '最近一次收到的时间', v.nullable(time('When', '时间'))),
            ageSeconds: told('How old it is', '距今秒数', v.nullable(count('Seconds', '秒'))),
          }),
        ),
        componentToken: told(
          "The platform's own token",
          '第三方平台自身的令牌',
          v.strictObject({ expiresAt: told('Until when it lives', '到期时间', v.nullable(time('When', '时间'))) }),
        ),
        authorizers: told(
          'Merchants by state',
          '各状态的商户数',
          v.strictObject({
            active: count('Authorized', '有效'),
            revoked: count('Withdrew', '已取消授权'),
            reauthorize: count('Must authorize anew', '需重新授权'),
          }),
        ),
        audits: told(
          'Reviews',
          '审核',
          v.strictObject({ auditing: count('Under way', '审核中'), rejected: count('Rejected', '被驳回') }),
        ),
        queue: told(
          'What waits',
          '等待处理',
          v.strictObject({
            unfinishedPushes: count('Pushes that are not handled yet', '未处理完的推送'),
            dueTokens: count('Tokens to refresh', '待刷新的令牌'),
          }),
        ),
        problems: told('The newest 100, with their cures', '最近 100 个问题及解决办法', v.array(openProblem())),
      }),
    ),
    run: (platform, _input, { caller }) => readStatus(platform, caller),
  }),
  'problems.list': reading({
    role: 'viewer',
    summary: {
      en: 'What is wrong, with its cures; of one account or of one kind',
      zh: '未解决的问题及解决办法，可按账号或类型筛选',
    },
    reach: 'list',
    input: {
      ...page,
      appid: v.optional(appid),
      code: v.optional(told('Of one kind', '问题类型', text(64), 'REAUTHORIZATION_REQUIRED')),
    },
    output: lazily(() => pageOf(openProblem())),
    run: (platform, { appid: account, code, ...request }, { caller }) =>
      listProblems(platform, caller, { appids: accountsAsked(caller, account), code }, request),
  }),
  'problems.dismiss': changing({
    role: 'operator',
    repeatable: true,
    summary: { en: 'Close a problem that only a person can know to be settled', zh: '关闭只有人才知道已解决的问题' },
    input: {
      problemId: told(
        'Of a problem that is dismissible',
        '可手动关闭的问题的编号',
        text(256),
        'TOKEN_REPLACED_ELSEWHERE',
      ),
    },
    output: nothing,
    run: (platform, input, run) => dismissProblem(platform, input.problemId, run),
  }),
  'platform.setServerDomains': changing({
    role: 'owner',
    getRole: 'viewer',
    destructive: true,
    repeatable: true,
    summary: {
      en: 'Read or change the server domains that the platform may hand out',
      zh: '读取或修改第三方平台的服务器域名',
    },
    input: { action: domainAction, domains: v.optional(platformServerDomains), scope },
    example: { action: 'get' },
    output: platformDomains,
    check: domainsFit,
    run: (platform, input) => setPlatformDomains(platform, platformServerList, input),
  }),
  'platform.setWebviewDomains': changing({
    role: 'owner',
    getRole: 'viewer',
    destructive: true,
    repeatable: true,
    summary: {
      en: 'Read or change the web-view domains that the platform may hand out',
      zh: '读取或修改第三方平台的业务域名',
    },
    input: { action: domainAction, domains: v.optional(platformWebviewDomains), scope },
    example: { action: 'get' },
    output: platformDomains,
    check: domainsFit,
    run: (platform, input) => setPlatformDomains(platform, platformWebviewList, input),
  }),
  'events.list': reading({
    role: 'viewer',
    summary: { en: 'Pushes as received, newest first, secrets removed', zh: '收到的推送，新的在前，已去除机密' },
    reach: 'list',
    input: {
      ...page,
      appid: v.optional(appid),
      type: v.optional(
        told(
          'Only of this type, also without `wechat.`',
          '只看该类型，可省略 `wechat.`',
          text(128),
          'wechat.weapp_audit_success',
        ),
      ),
    },
    output: lazily(() => pageOf(push())),
    run: async (platform, { appid: account, type, ...request }, { caller }) =>
      mapItems(
        await platform.stores.pushes.list(
          { appids: accountsAsked(caller, account), type: type === undefined ? type : pushType(type) },
          request,
        ),
        ({ fields, createTime, ...record }) =>
          present(push(), {
            ...record,
            fields: asObject(visibleFields(caller, fields)),
            createdAt: fromUnixSeconds(createTime),
          }),
      ),
  }),
  'activity.list': reading({
    role: 'viewer',
    summary: { en: 'Who did what when, with the outcome, newest first', zh: '谁在何时做了什么、结果如何，新的在前' },
    reach: 'list',
    input: {
      ...page,
      appid: v.optional(appid),
      operation: v.optional(told('Only this operation', '只看该操作', text(64), 'releases.commit')),
      who: v.optional(told('OPENID, uid or id of an API key', 'OPENID、uid 或密钥编号', text(160), 'oAbc123')),
      since: v.optional(moment('Begun then or later', '自此时起')),
      until: v.optional(moment('Begun then or before', '至此时止')),
    },
    output: lazily(() => pageOf(activity())),
    run: async (platform, { limit, cursor, ...filter }, { caller }) =>
      mapItems(await listActivity(platform, caller, filter, { limit, cursor }), ({ state, input: asked, ...record }) =>
        present(activity(), {
          ...record,
          input: asked,
          state: state === 'running' && record.endedAt === undefined ? state : 'ended',
        }),
      ),
  }),
}
