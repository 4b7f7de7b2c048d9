import * as v from 'valibot'
import { lazily, told } from './described-fields.ts'
import { accountKinds, accountStatusNames } from './stores/authorizers.ts'
import { shownDeliveryStates } from './stores/deliveries.ts'
import { releaseStates } from './stores/releases.ts'
import { guardStates, itemStates, rolloutStates } from './stores/rollouts.ts'

/*
 * What several operations answer. Ours is strict: nothing is answered that is not told here. What is WeChat's own is an object that
 * may have more members than those that are named.
 */

export const words = (en: string, zh: string, example: string) => told(en, zh, v.string(), example)
export const whole = (en: string, zh: string, example: number) => told(en, zh, v.pipe(v.number(), v.integer()), example)
export const yesOrNo = (en: string, zh: string) => told(en, zh, v.boolean(), true)
export const oneOf = <const W extends readonly string[]>(en: string, zh: string, choices: W) =>
  told(en, zh, v.picklist(choices))
export const time = (en: string, zh: string) =>
  v.pipe(
    v.string(),
    v.isoTimestamp(),
    v.metadata({ description: en, zh, format: 'date-time', examples: ['2027-01-31T08:00:00.000Z'] }),
  )

const maybe = v.optional

export const pageOf = <S extends v.GenericSchema>(item: S) =>
  v.strictObject({
    items: told('This page', '本页', v.array(item)),
    nextCursor: maybe(words('Asks for the next page; missing on the last', '取下一页用；最后一页没有', '0002')),
  })

export const nothing = lazily(() => v.strictObject({}))

const appid = words('appid of the account', '账号的 appid', 'wx1234567890abcdef')
const businessId = words("The merchant's identity in your own system", '商户在您自己系统中的编号', 'shop-1024')
const origin = oneOf(
  'here: shipped by this platform; elsewhere: somebody else put it there, and WeChat tells no more of it than this',
  'here 由本平台发布；elsewhere 由他人发布，微信只提供这些信息',
  ['here', 'elsewhere'],
)
const templateId = whole('Template of the library', '模板编号', 12)
const version = words('Version of the code', '代码版本号', '1.4.0')
const description = words('What is new', '版本说明', 'New menu')

const params = v.record(v.string(), v.union([v.string(), v.number(), v.boolean(), v.array(v.string())]))

export const problem = lazily(() =>
  v.strictObject({
    code: words('A word of docs/reasons.md', 'docs/reasons.md 中的一个词', 'REAUTHORIZATION_REQUIRED'),
    params: maybe(told('What the words name', '文字中的参数', params, { set: 18 })),
    message: words('What is wrong', '出了什么问题', 'WeChat no longer accepts the authorization of this account'),
    hint: words('What to do next', '下一步怎么办', 'Send the merchant a new authorization link.'),
  }),
)

export const openProblem = lazily(() =>
  v.strictObject({
    problemId: words('Id of the problem', '问题编号', 'TICKET_OVERDUE'),
    ...problem().entries,
    since: time('Since when', '开始时间'),
    appid: maybe(appid),
    dismissible: maybe(yesOrNo('A person may close it with `problems.dismiss`', '可用 problems.dismiss 手动关闭')),
  }),
)

export const binding = lazily(() =>
  v.strictObject({
    businessId,
    accountType: oneOf('Kind of account', '账号类型', ['miniprogram', 'official', 'any']),
    status: oneOf(
      'none: never bound, or unbound; pending: a link is open; bound; revoked: the merchant withdrew',
      'none 未绑定；pending 授权链接有效；bound 已绑定；revoked 商户已取消授权',
      ['none', 'pending', 'bound', 'revoked'],
    ),
    appid: maybe(appid),
    nickName: maybe(words('Name of the account', '账号名称', 'Demo Shop')),
    attributes: told('What you keep with the merchant', '随商户保存的属性', v.record(v.string(), v.string()), {
      city: 'Shanghai',
    }),
    boundAt: maybe(time('When it was bound', '绑定时间')),
    problem: maybe(problem()),
  }),
)

const releaseHere = lazily(() =>
  v.strictObject({
    releaseId: words('Id of the release', '发布编号', 'wx1234567890abcdef-7'),
    templateId,
    version,
    releasedAt: time('When it went online', '上线时间'),
  }),
)

export const authorizer = lazily(() =>
  v.strictObject({
    appid,
    nickName: words('Name of the account', '账号名称', 'Demo Shop'),
    accountType: oneOf(
      'Kind of account; only the first two are bound, only mini programs are released to',
      '账号类型；只有前两种可绑定，只有小程序可发布',
      accountKinds,
    ),
    principalName: words('Who owns it', '主体名称', 'Demo Trading Ltd.'),
    funcInfo: told('Permission sets that were granted', '已授权的权限集', v.array(v.number()), [17, 18]),
    missing: told(
      'Permission sets that shipping code needs and that were not granted',
      '发布代码所缺的权限集',
      v.array(v.number()),
      [18],
    ),
    status: oneOf(
      'active; revoked: the merchant withdrew; reauthorize: must authorize anew',
      'active 有效；revoked 已取消授权；reauthorize 需重新授权',
      ['active', 'revoked', 'reauthorize'],
    ),
    accountStatus: told(
      'What WeChat thinks of the account',
      '微信侧的账号状态',
      v.strictObject({
        name: oneOf('In a word', '状态', accountStatusNames),
        code: maybe(whole("WeChat's number", '微信的状态码', 1)),
      }),
    ),
    authorizedAt: time('When it authorized', '授权时间'),
    tokenExpiresAt: maybe(time('Until when its access token lives', 'access token 到期时间')),
    businessId: maybe(businessId),
    currentRelease: maybe(
      told('The release of this platform that is online', '由本平台发布、当前在线的版本', releaseHere()),
    ),
    live: maybe(
      told(
        'What WeChat says is online, whoever put it there',
        '微信侧当前在线的版本，无论由谁发布',
        v.strictObject({
          version,
          templateId: maybe(templateId),
          releasedAt: maybe(time('When it went online', '上线时间')),
          origin,
          readAt: time('When WeChat said so', '读取时间'),
        }),
      ),
    ),
    drift: maybe(
      told(
        'The release of this platform that another hand took offline: by a version of its own, or by going back to an older one',
        '被他处换下的、由本平台发布的版本：被他处的版本取代，或被退回到更早的版本',
        releaseHere(),
      ),
    ),
  }),
)

export const release = lazily(() =>
  v.strictObject({
    releaseId: words('Id of the release', '发布编号', 'wx1234567890abcdef-7'),
    appid,
    templateId: maybe(templateId),
    version,
    description,
    origin,
    state: oneOf('How far it has come', '进度', releaseStates),
    auditId: maybe(whole("WeChat's number of the review", '审核编号', 1234567)),
    reason: maybe(words("The reviewer's own words", '审核员的原话', 'The category does not fit')),
    screenshots: maybe(
      told('Media ids, for releases.screenshot', '截图的 mediaid，用 releases.screenshot 查看', v.array(v.string()), [
        'abc',
      ]),
    ),
    createdAt: time('When it was made', '创建时间'),
    updatedAt: time('When it changed last', '最近变更时间'),
    extJson: maybe(words('The ext_json that was sent', '所发送的 ext_json', '{"extEnable":true}')),
    submittedAt: maybe(time('When it was submitted', '提审时间')),
    auditedAt: maybe(time('When the review ended', '审核结束时间')),
    releasedAt: maybe(time('When it went online', '上线时间')),
    autoRelease: maybe(yesOrNo('It goes online by itself when it is approved', '审核通过后自动上线')),
    grayPercentage: maybe(whole('Percentage of the users that have it', '灰度比例', 20)),
    rolloutId: maybe(words('The rollout that ships it', '所属的批量发布', 'a1b2c3')),
    problem: maybe(problem()),
  }),
)

export const rolledBack = lazily(() =>
  v.strictObject({
    // Where nothing is known of what was online, there is no more to be told than that.
    ...v.partial(release(), ['releaseId', 'description', 'createdAt', 'updatedAt']).entries,
    onlineVersion: maybe(words('What WeChat says is online now', '目前在线的版本', '1.3.0')),
  }),
)

const percentage = (en: string, zh: string) => told(en, zh, v.number(), 1.52)

const guardFigures = lazily(() =>
  v.strictObject({
    merchants: whole('Merchants that have the new version', '已有新版本的商户数', 20),
    compared: whole('Of these WeChat showed errors of both versions', '其中两个版本都有数据的商户数', 18),
    users: whole('Users of the new version who met errors', '新版本出错的用户数', 64),
    share: maybe(percentage('Share of users with errors, in percent', '出错用户占比，百分数')),
    formerShare: maybe(percentage('The same of the former version', '原版本的出错用户占比')),
    growth: maybe(told('The one divided by the other', '两者之比', v.number(), 1.1)),
    newErrors: told(
      'Errors that the former version never had',
      '原版本没有过的错误',
      v.array(
        v.strictObject({
          message: words('As WeChat shows it', '错误信息', 'TypeError'),
          users: whole('Users who met it', '遇到的用户数', 25),
        }),
      ),
    ),
  }),
)

const guard = lazily(() =>
  v.strictObject({
    state: oneOf('What it says', '结论', guardStates),
    judgedAt: maybe(time('When it was judged last', '最近判断时间')),
    figures: maybe(guardFigures()),
    history: told(
      'The last judgements, the newest last',
      '历次判断，新的在后',
      v.array(
        v.strictObject({
          at: time('When', '时间'),
          state: oneOf('What it said', '结论', guardStates),
          wave: whole('Of which wave', '批次', 1),
          step: maybe(whole('Of which step of its gray releases', '灰度的第几步', 1)),
          share: maybe(percentage('Share of users with errors, in percent', '出错用户占比，百分数')),
          formerShare: maybe(percentage('The same of the former version', '原版本的出错用户占比')),
        }),
      ),
    ),
    maxErrorGrowth: told('So many times the former share is too much', '占比达到原版本的多少倍视为异常', v.number(), 2),
    newErrors: yesOrNo('New errors count', '新错误也算异常'),
    minUsers: whole('Users with errors below which nothing is said', '出错用户少于此数不下结论', 20),
    watchMinutes: whole('Judged so many minutes after each wave or step', '每批或每步之后多少分钟判断', 60),
    noDataHours: whole('Figures are waited for so many hours', '等待数据的小时数', 24),
    noData: oneOf('What is done without figures', '没有数据时', ['wait', 'goOn']),
    then: oneOf('What is done when it is worse', '异常时', ['pause', 'rollback']),
  }),
)

export const rollout = lazily(() =>
  v.strictObject({
    rolloutId: words('Id of the rollout', '批量发布编号', 'a1b2c3'),
    name: words('Its name', '名称', 'Spring menu'),
    templateId,
    version,
    description,
    state: oneOf('How it stands', '状态', rolloutStates),
    wave: whole('The wave that is under way, from 1', '当前批次，从 1 开始', 1),
    waves: told('Cumulative percentages', '各批次的累计百分比', v.array(v.number()), [10, 100]),
    canary: maybe(whole('So many are wave 1, before those of the percentages', '先行商户数，即第一批', 3)),
    total: whole('Merchants', '商户数', 120),
    counts: told(
      'Merchants in each state',
      '各状态的商户数',
      v.strictObject(v.entriesFromList(itemStates, whole('Merchants in this state', '该状态的商户数', 3))),
    ),
    rollingBack: maybe(yesOrNo('What it released is being taken back', '正在回退')),
    progress: told('From 0 to 1', '进度，0 到 1', v.number(), 0.4),
    perHour: maybe(told('Merchants that got as far as they will, in an hour', '每小时完成的商户数', v.number(), 24)),
    gray: maybe(
      told('Percentages of its users that a release widens to', '灰度放量的百分比', v.array(v.number()), [5, 30, 100]),
    ),
    startAt: maybe(time('When it is to begin', '计划开始时间')),
    startedAt: maybe(time('When it began', '开始时间')),
    quietHours: maybe(
      told(
        'Nothing is submitted or released then',
        '静默时段，期间不提审也不发布',
        v.strictObject({
          from: words('HH:MM', 'HH:MM', '22:00'),
          to: words('HH:MM, exclusive', 'HH:MM，不含', '08:00'),
          timeZone: words('Time zone', '时区', 'Asia/Shanghai'),
        }),
      ),
    ),
    nextWaveWhen: oneOf('What the next wave waits for', '下一批次的条件', ['approved', 'released']),
    autoSubmit: yesOrNo('Reviews are asked for by themselves', '自动提审'),
    autoRelease: yesOrNo('Approved versions go online by themselves', '审核通过后自动上线'),
    quotaReserve: whole('Reviews of the month that are left to others', '为其他用途保留的提审次数', 0),
    maxFailures: maybe(whole('It pauses beyond so many failures', '失败超过此数即暂停', 5)),
    endedAt: maybe(time('When it ended', '结束时间')),
    expectedEndAt: maybe(time('When it will end if it goes on like this', '预计结束时间')),
    guard: maybe(guard()),
    problem: maybe(problem()),
  }),
)

export const rolloutItem = lazily(() =>
  v.strictObject({
    appid,
    state: oneOf('How far it has come', '进度', itemStates),
    wave: whole('Its wave, from 1', '批次，从 1 开始', 1),
    releaseId: maybe(words('Its release', '发布编号', 'wx1234567890abcdef-7')),
    problem: maybe(problem()),
  }),
)

const source = {
  create_time: maybe(whole('Unix seconds', '创建时间（Unix 秒）', 1800000000)),
  user_version: maybe(v.nullable(version)),
  user_desc: maybe(v.nullable(description)),
  source_miniprogram: maybe(v.nullable(words('Name of the source mini program', '来源小程序名称', 'Demo'))),
  source_miniprogram_appid: maybe(v.nullable(words('Its appid', '来源小程序的 appid', 'wx1234567890abcdef'))),
  developer: maybe(v.nullable(words('Who uploaded it', '开发者', 'Ming'))),
}

export const draft = lazily(() => v.object({ draft_id: whole('Number of the draft', '草稿编号', 34), ...source }))

export const template = lazily(() =>
  v.object({
    template_id: templateId,
    draft_id: maybe(v.nullable(whole('Draft it was made of', '来源草稿', 34))),
    template_type: maybe(v.nullable(whole('0 ordinary, 1 standard', '0 普通模板，1 标准模板', 0))),
    ...source,
  }),
)

export const delivery = lazily(() =>
  v.strictObject({
    subscriptionId: maybe(words('Id of the subscription', '订阅编号', 'sub_a1b2c3')),
    deliveryId: words('Also the webhook-id', '投递编号，即 webhook-id', 'msg_a1b2c3'),
    type: words('Type of the event', '事件类型', 'release.approved'),
    appid: maybe(appid),
    state: oneOf(
      'waiting, delivered, or given up',
      'waiting 等待；delivered 已送达；failed 已放弃',
      shownDeliveryStates,
    ),
    attempts: whole('How often it was sent', '已尝试次数', 1),
    createdAt: time('When the event happened', '事件时间'),
    dueAt: maybe(time('When it is sent next', '下次投递时间')),
    endedAt: maybe(time('When it was delivered or given up', '结束时间')),
    lastError: maybe(problem()),
    url: maybe(
      words('For owners: where it was sent last', '仅所有者：最近一次投递的地址', 'https://shop.example/events'),
    ),
    httpStatus: maybe(whole('For owners: status of the last answer', '仅所有者：最近一次应答的 HTTP 状态', 200)),
    durationMs: maybe(whole('For owners: how long that took', '仅所有者：最近一次投递的耗时（毫秒）', 120)),
    answer: maybe(words('For owners: how that answer begins', '仅所有者：最近一次应答的开头', 'ok')),
    body: maybe(
      words(
        'For owners: what is sent; of a long one the beginning',
        '仅所有者：投递的内容，过长时只有开头',
        '{"id":"msg_1"}',
      ),
    ),
  }),
)

/** Of all that were given up. */
export const redelivered = lazily(() =>
  v.strictObject({
    subscriptionId: words('Id of the subscription', '订阅编号', 'sub_a1b2c3'),
    redelivered: whole('So many are sent again within a minute', '一分钟内将重新投递的数量', 3),
  }),
)

export const deliveryOutcome = lazily(() =>
  v.strictObject({
    deliveryId: words('Also the webhook-id', '投递编号，即 webhook-id', 'msg_a1b2c3'),
    delivered: yesOrNo('It was taken', '对方已接收'),
    httpStatus: maybe(whole('Status of the answer', '对方的 HTTP 状态', 200)),
    error: maybe(problem()),
  }),
)

export const token = lazily(() =>
  v.strictObject({
    accessToken: words('Keep it secret', '请妥善保密', '92_abc'),
    expiresAt: time('Until when it lives', '到期时间'),
  }),
)

export const image = lazily(() =>
  v.strictObject({
    contentType: words('Media type of the file', '文件类型', 'image/jpeg'),
    base64: words('The file', '文件内容', '/9j/4AAQ'),
  }),
)

export const subscription = lazily(() =>
  v.strictObject({
    subscriptionId: words('Id of the subscription', '订阅编号', 'sub_a1b2c3'),
    url: words('Where events are posted', '接收事件的地址', 'https://shop.example/events'),
    match: told(
      'Which events',
      '匹配哪些事件',
      v.strictObject({
        type: maybe(words('Type of the event', '事件类型', 'release.*')),
        infoType: maybe(words('InfoType of a push', '推送的 InfoType', 'authorized')),
        event: maybe(words('Event of a push', '推送的 Event', 'weapp_audit_success')),
        appid: maybe(appid),
      }),
    ),
    enabled: yesOrNo('Whether anything is sent', '是否启用'),
    createdAt: time('When it was made', '创建时间'),
    failingSince: maybe(time('Nothing was taken since', '从何时起投递失败')),
    nextAttemptAt: maybe(time('When it is tried next', '下次尝试时间')),
    lastError: maybe(problem()),
    switchedOffAt: maybe(time('When lasting failure switched it off', '因持续失败被停用的时间')),
    formerSecretUntil: maybe(time('Until then the former secret signs too', '旧密钥继续签名到何时')),
    waiting: whole('Deliveries that wait', '等待投递的数量', 0),
    failed: whole('Deliveries that were given up', '已放弃的数量', 0),
    deliveries: told('The newest', '最近的投递', v.array(delivery())),
  }),
)

const hosts = (en: string, zh: string) => told(en, zh, v.array(v.string()), ['api.shop.example'])

export const platformDomains = lazily(() =>
  v.strictObject({
    published: maybe(hosts('What live mini programs are given', '线上小程序可用的域名')),
    testing: maybe(hosts('What the next publication would make of it', '下次全网发布后的域名')),
    invalid: maybe(hosts('WeChat refused these', '微信未接受的域名')),
    confirmFile: maybe(
      told(
        'To be served at the root of each web-view domain',
        '需放在每个业务域名根目录的校验文件',
        v.strictObject({
          file_name: words('Name of the file', '文件名', 'abc.txt'),
          file_content: words('Its content', '文件内容', 'abc'),
        }),
      ),
    ),
    hint: maybe(words('What to do next', '下一步怎么办', 'Serve the file, then call again.')),
  }),
)

/** What is delivered to subscriptions. */
export const event = lazily(() =>
  v.strictObject({
    id: words('The same for every attempt; also the webhook-id', '每次尝试都相同，即 webhook-id', 'msg_a1b2c3'),
    type: words(
      'wechat.<InfoType or Event>, binding.bound, binding.revoked, release.approved, release.rejected, release.released, rollout.completed, rollout.paused, rollout.stopped, problem.opened, problem.closed, account.punished, account.expiring, filing.changed, subscription.test',
      '事件类型',
      'release.approved',
    ),
    timestamp: time('When it happened', '发生时间'),
    appid: maybe(appid),
    businessId: maybe(businessId),
    data: told('What it is about', '内容', v.object({}), { version: '1.4.0', state: 'approved' }),
  }),
)
