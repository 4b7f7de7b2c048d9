import * as v from 'valibot'
import { toIso } from '../../time.ts'
import { authorizer, oneOf, pageOf, time, token, whole, words } from '../answers.ts'
import { presentAuthorizer } from '../authorizers/present-authorizer.ts'
import { appid, choice, integer, merchantFilter, page, searchText, text } from '../inputs.ts'
import { changing, lending, reading } from '../operation.ts'
import { syncAuthorizers } from '../authorizers/sync.ts'
import { listMerchants, merchantOrders } from '../releases/merchant-list.ts'
import { openAuthorizer } from '../releases/daily-readings.ts'
import { readTimeline, timelineKinds } from '../releases/timeline.ts'
import { lazily, told } from '../described-fields.ts'
import { authorizerToken } from '../tokens/authorizer-token.ts'
import { componentToken } from '../tokens/component-token.ts'
import type { Platform } from '../platform.ts'
import type { TokenHolder } from '../stores/tokens.ts'
import { forget, type LiveToken } from '../tokens/tokens.ts'

/** What is lent is used elsewhere and for long: the database says which token that is, not this instance's memory. */
async function lend(
  platform: Platform,
  holder: TokenHolder,
  obtain: () => Promise<LiveToken>,
): Promise<{ accessToken: string; expiresAt: string }> {
  forget(platform, holder)
  const { accessToken, expiresAt } = await obtain()
  return { accessToken, expiresAt: toIso(expiresAt) }
}

export const authorizerOperations = {
  'authorizers.list': reading({
    role: 'viewer',
    summary: { en: 'Merchants that authorized the platform', zh: '已授权本平台的商户' },
    reach: 'list',
    input: {
      ...page,
      status: v.optional(told('Only these', '只看该状态', choice(['active', 'revoked', 'reauthorize']))),
      query: v.optional(told('Part of a name or appid', '名称或 appid 的一部分', searchText, 'Demo')),
      filter: v.optional(
        told(
          'Merchants that fit',
          '符合条件的商户',
          v.strictObject({
            ...merchantFilter,
            problem: v.optional(
              told('A problem of this code is open', '有此代码的未解决问题', text(64), 'REAUTHORIZATION_REQUIRED'),
            ),
            origin: v.optional(
              told('Who put online what is', '线上版本的发布方', choice(['here', 'elsewhere']), 'elsewhere'),
            ),
            drifted: v.optional(
              told(
                'Another hand took a release of this platform offline',
                '本平台发布的版本已被他处换下',
                v.literal(true),
              ),
            ),
          }),
        ),
      ),
      sort: v.optional(
        told('Names and versions ascend, times descend', '名称和版本升序，时间降序', choice(merchantOrders)),
      ),
    },
    output: lazily(() =>
      v.strictObject({
        ...pageOf(authorizer()).entries,
        total: whole('Merchants that fit, on all pages', '符合条件的商户总数', 40),
      }),
    ),
    run: (platform, { status, query, filter, sort, ...request }, { caller }) =>
      listMerchants(platform, { status, query, filter, sort, appids: caller.appids }, request),
  }),
  'authorizers.get': reading({
    role: 'viewer',
    summary: { en: 'One merchant', zh: '一个商户账号' },
    input: { appid },
    output: authorizer,
    run: async (platform, input) => presentAuthorizer(await openAuthorizer(platform, input.appid)),
  }),
  'authorizers.timeline': reading({
    role: 'viewer',
    summary: { en: 'What happened to one merchant, newest first', zh: '一个商户账号的经过，最新的在前' },
    input: { appid, ...page },
    output: lazily(() =>
      pageOf(
        v.strictObject({
          at: time('When it happened', '时间'),
          kind: oneOf('What happened', '事件', timelineKinds),
          params: told(
            'What it was about: version, text of a rejection …',
            '相关内容：版本、驳回原文等',
            v.record(v.string(), v.union([v.string(), v.number(), v.array(v.string())])),
            { version: '1.4.0' },
          ),
          who: v.optional(words('Who did it', '操作者', 'openid:o-owner')),
        }),
      ),
    ),
    run: (platform, { appid: account, ...request }) => readTimeline(platform, account, request),
  }),
  'authorizers.sync': changing({
    role: 'owner',
    repeatable: true,
    summary: {
      en: "Compare with WeChat's own list of authorizers and repair what differs",
      zh: '与微信侧的授权列表核对并修复差异',
    },
    input: { continue: v.optional(told('Goes on with this pass', '继续这次核对', text(64), 'a1b2c3')) },
    output: lazily(() =>
      v.strictObject({
        added: whole('Accounts that were missing here', '新增的账号数', 1),
        updated: whole('Accounts that were repaired', '修复的账号数', 0),
        revoked: whole('Accounts that are gone at WeChat', '已取消授权的账号数', 0),
        adopted: whole('Refresh tokens taken from WeChat’s list', '从微信列表取得的刷新令牌数', 1),
        problems: whole('Accounts that could not be looked at', '未能核对的账号数', 0),
        remaining: whole('Accounts that were not looked at yet', '尚未核对的账号数', 0),
        continue: v.optional(words('Goes on with this pass', '继续这次核对', 'a1b2c3')),
      }),
    ),
    run: (platform, input) => syncAuthorizers(platform, { goOn: input.continue }),
  }),
  'tokens.authorizer': lending({
    role: 'operator',
    summary: { en: "Lend an authorizer's access token", zh: '借出授权账号的 access token' },
    input: {
      appid,
      minValiditySeconds: v.optional(
        told('How long it lives at least', '至少的剩余有效秒数', integer(0, 3600), 60),
        60,
      ),
    },
    output: token,
    run: (platform, { appid: account, minValiditySeconds }) =>
      lend(platform, { kind: 'authorizer', appid: account }, () =>
        authorizerToken(platform, account, { minValidityMs: minValiditySeconds * 1000 }),
      ),
  }),
  'tokens.component': lending({
    role: 'owner',
    summary: { en: "Lend the platform's own access token", zh: '借出第三方平台自身的 access token' },
    input: {},
    output: token,
    run: (platform) => lend(platform, { kind: 'component' }, () => componentToken(platform)),
  }),
}
