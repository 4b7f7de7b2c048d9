import * as v from 'valibot'
import { binding, nothing, oneOf, pageOf, problem, time, whole, words } from '../answers.ts'
import { bindByCodeOrAppid, listBindings, readBinding, unbind, updateAttributes } from '../authorizers/bindings.ts'
import { importBindings, importOutcomes } from '../authorizers/import-bindings.ts'
import { listInvites, revokeInvite } from '../authorizers/invites.ts'
import { createLink } from '../authorizers/new-invites.ts'
import {
  accountType,
  anyAccountType,
  appid,
  attributeChanges,
  attributes,
  businessId,
  choice,
  flag,
  integer,
  list,
  page,
  text,
} from '../inputs.ts'
import { changing, reading } from '../operation.ts'
import { present } from '../present.ts'
import { mapItems } from '../stores/page.ts'
import { lazily, told } from '../described-fields.ts'

const inviteUrl = () =>
  words('Send it to the merchant', '发给商户的链接', 'https://platform.example/auth/start?invite=a1b2')

/** A link that may still bring in an account. */
const invite = lazily(() =>
  v.strictObject({
    inviteId: words('Id of the link', '链接编号', 'a1b2c3'),
    businessId: words("The merchant's identity in your own system", '商户在您自己系统中的编号', 'shop-1024'),
    inviteUrl: inviteUrl(),
    expiresAt: time('Until when it works', '到期时间'),
    openedAt: v.optional(time('When its page was opened first', '首次打开的时间')),
  }),
)

/** Where a business or an account stands for the second time. */
function repeatedIn(
  items: readonly { readonly businessId: string; readonly appid: string }[],
): [field: string, reason: 'STANDS_TWICE'] | undefined {
  const seen = new Set<string>()
  for (const [index, item] of items.entries())
    for (const name of ['businessId', 'appid'] as const) {
      const place = `${name} ${item[name]}`
      if (seen.has(place)) return [`items.${index}.${name}`, 'STANDS_TWICE']
      seen.add(place)
    }
  return undefined
}

export const bindingOperations = {
  'bindings.createLink': changing({
    role: 'operator',
    door: ['bindAuthorizer', 'createLink'],
    summary: {
      en: 'Make an authorization link with which a merchant authorizes the platform for a business',
      zh: '生成授权链接，商户用它为某个业务授权本平台',
    },
    input: {
      businessId,
      returnUrl: v.optional(
        told('Where the merchant is sent afterwards', '授权后跳转的地址', text(2048), 'https://shop.example/done'),
      ),
      accountType: v.optional(anyAccountType, 'miniprogram'),
      appid: v.optional(appid),
      attributes: v.optional(attributes, {}),
      expiresInHours: v.optional(told('Life of the link', '链接有效小时数', integer(1, 8760), 168), 168),
    },
    output: lazily(() =>
      v.strictObject({
        inviteId: words('Id of the link', '链接编号', 'a1b2c3'),
        inviteUrl: inviteUrl(),
        expiresAt: time('Until when it works', '到期时间'),
      }),
    ),
    run: (platform, input, { activityId }) => createLink(platform, input, activityId),
  }),
  'bindings.bind': changing({
    role: 'operator',
    door: ['bindAuthorizer'],
    destructive: 'replace',
    repeatable: true,
    summary: {
      en: 'Tie an authorizer to a business, by an authorization code or by its appid',
      zh: '用授权码或 appid 把授权账号绑定到业务',
    },
    input: {
      businessId,
      authCode: v.optional(told('Code that WeChat handed out', '微信给出的授权码', text(512), 'queryauthcode@@@abc')),
      appid: v.optional(appid),
      attributes: v.optional(attributes),
      replace: v.optional(told('Take it over from another business', '从其他业务转移过来', flag)),
    },
    example: { authCode: 'queryauthcode@@@abc' },
    output: binding,
    check: (input) =>
      (input.authCode === undefined) === (input.appid === undefined)
        ? [input.authCode === undefined ? 'authCode' : 'appid', 'GIVE_ONE_OF', { choices: ['authCode', 'appid'] }]
        : undefined,
    run: (platform, input, { caller }) =>
      bindByCodeOrAppid(platform, { ...input, who: caller.identity }, caller.appids),
  }),
  'bindings.get': reading({
    role: 'viewer',
    door: ['bindAuthorizer', 'get'],
    summary: {
      en: 'How the binding of a business stands: none, pending, bound or revoked',
      zh: '查询业务的绑定状态：未绑定、待授权、已绑定或已取消',
    },
    input: { businessId, accountType: v.optional(anyAccountType) },
    output: binding,
    run: (platform, input) => readBinding(platform, input.businessId, input.accountType),
  }),
  'bindings.list': reading({
    role: 'viewer',
    door: ['bindAuthorizer', 'list'],
    summary: { en: 'All bindings', zh: '全部绑定' },
    reach: 'list',
    input: {
      ...page,
      status: v.optional(told('Only these', '只看该状态', choice(['none', 'pending', 'bound', 'revoked']))),
    },
    output: lazily(() => pageOf(binding())),
    run: (platform, { status, ...request }, { caller }) =>
      listBindings(platform, { status, appids: caller.appids }, request),
  }),
  'bindings.unbind': changing({
    role: 'operator',
    door: ['bindAuthorizer', 'unbind'],
    destructive: true,
    summary: {
      en: 'Untie the authorizer of a business; the authorization itself stays',
      zh: '解除业务与账号的绑定；授权本身不变',
    },
    input: { businessId, accountType: v.optional(accountType) },
    output: binding,
    run: (platform, input, run) => unbind(platform, input, run),
  }),
  'bindings.update': changing({
    role: 'operator',
    repeatable: true,
    summary: {
      en: "Change the attributes that are kept with a business's binding; the others stay",
      zh: '修改业务绑定上保存的属性；未提到的保持不变',
    },
    input: {
      businessId,
      accountType: v.optional(accountType),
      attributes: told('Set, or taken away where null', '要设置的属性；null 表示删除', attributeChanges, {
        city: 'Shanghai',
        note: null,
      }),
    },
    output: binding,
    run: (platform, input) => updateAttributes(platform, input),
  }),
  'bindings.import': changing({
    role: 'owner',
    destructive: true,
    repeatable: true,
    rehearsedBy: ['bindings.import'],
    summary: {
      en: 'Tie many authorizers that are known already to their businesses',
      zh: '把已授权的账号批量绑定到业务',
    },
    input: {
      items: told(
        'Each business and each account once',
        '每个业务、每个账号只出现一次',
        list(v.strictObject({ businessId, appid, attributes: v.optional(attributes) }), 500),
        [{ businessId: 'shop-1024', appid: 'wx1234567890abcdef', attributes: { city: 'Shanghai' } }],
      ),
      dryRun: v.optional(told('Only say what would come of it', '只预演，不写入', flag)),
    },
    output: lazily(() =>
      v.strictObject({
        items: told(
          'In the order given',
          '与输入顺序相同',
          v.array(
            v.strictObject({
              businessId: words("The merchant's identity in your own system", '商户在您自己系统中的编号', 'shop-1024'),
              appid: words('appid of the account', '账号的 appid', 'wx1234567890abcdef'),
              outcome: oneOf(
                'bound; updated: attributes changed; unchanged; conflict: either side is bound elsewhere; unknown: not authorized',
                'bound 已绑定；updated 属性已更新；unchanged 无变化；conflict 任一方已绑定他处；unknown 未授权',
                importOutcomes,
              ),
              problem: v.optional(problem()),
            }),
          ),
        ),
        counts: told(
          'How many of each outcome',
          '各结果的数量',
          v.strictObject({
            bound: whole('Newly bound', '新绑定', 1),
            updated: whole('Attributes changed', '属性已更新', 0),
            unchanged: whole('As before', '无变化', 0),
            conflict: whole('Bound elsewhere', '有冲突', 0),
            unknown: whole('Not authorized', '未授权', 0),
          }),
        ),
      }),
    ),
    check: ({ items }) => repeatedIn(items),
    run: (platform, input, run) => importBindings(platform, input, run),
  }),
  'invites.list': reading({
    role: 'operator',
    summary: { en: 'Authorization links that may still bring in an account', zh: '仍可使用的授权链接' },
    reach: 'list',
    input: { ...page, businessId: v.optional(businessId) },
    output: lazily(() => pageOf(invite())),
    run: async (platform, { businessId: business, ...request }, { caller }) =>
      mapItems(await listInvites(platform, { businessId: business, appids: caller.appids }, request), (link) =>
        present(invite(), link),
      ),
  }),
  'invites.revoke': changing({
    role: 'operator',
    destructive: true,
    repeatable: true,
    summary: { en: 'End an authorization link and the pages that are open on it', zh: '作废授权链接及已打开的页面' },
    input: { inviteId: told('Id of the link', '链接编号', text(64), 'a1b2c3') },
    output: nothing,
    run: (platform, { inviteId }) => revokeInvite(platform, inviteId),
  }),
}
