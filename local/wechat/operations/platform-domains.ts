/** Reference 7.1: the domains that the platform may hand out. */
import { createHash } from 'node:crypto'
import * as v from 'valibot'
import { changeList, isHost, isSameList } from '../domain-lists.ts'
import { refuse, refuseUnless } from '../errors.ts'
import type { DomainList, WechatState } from '../state.ts'
import { countUse, usedIn } from '../usage.ts'
import { nothing, ok, withComponentToken } from './operation.ts'
import type { Operation } from './operation.ts'

const MAX_SERVER_DOMAINS = 1000
const MAX_JUMP_DOMAINS = 200

/** What authorizers of this platform are held against. */
export const listInForce = (state: WechatState, list: DomainList): readonly string[] =>
  state.settings.published ? list.published : list.testing

const split = (text: string): string[] =>
  text
    .split(';')
    .map((host) => host.trim())
    .filter((host) => host !== '')

interface Kind {
  readonly path: string
  readonly field: 'wxa_server_domain' | 'wxa_jump_h5_domain'
  readonly list: 'serverDomains' | 'jumpDomains'
  readonly limit: number
}

const modify = ({ path, field, list: name, limit }: Kind): Operation =>
  withComponentToken(
    'POST',
    path,
    v.object({
      action: v.string(),
      [field]: v.optional(v.string(), ''),
      is_modify_published_together: v.optional(v.boolean(), false),
    }),
    (state, input) => {
      const { action } = input
      const list = state[name]
      if (action === 'get') return ok(describe(field, list, []))
      if (action !== 'add' && action !== 'delete' && action !== 'set') return refuse(85022)
      const hosts = split(String(input[field] ?? ''))
      const invalid = action === 'delete' ? [] : hosts.filter((host) => isRefused(state, name, host))
      const valid = hosts.filter((host) => !invalid.includes(host))
      refuseUnless(valid.length > 0, 85017, 'no valid host given')
      refuseUnless(usedIn(state, path, 'month') < state.settings.domainChangesPerMonth, 86102)
      const testing = changeList(action, list.testing, valid)
      refuseUnless(testing.length <= limit, 85016)
      if (!isSameList(testing, list.testing)) countUse(state, path, 'month')
      list.testing = testing
      if (input.is_modify_published_together === true) list.published = changeList(action, list.published, valid)
      return ok(describe(field, list, invalid))
    },
  )

const isRefused = (state: WechatState, name: Kind['list'], host: string): boolean =>
  !isHost(host) ||
  host === 'api.weixin.qq.com' ||
  state.settings.hostsWithoutIcp.includes(host) ||
  (name === 'jumpDomains' && state.settings.hostsWithoutConfirmFile.includes(host))

const describe = (field: string, list: DomainList, invalid: readonly string[]) => ({
  [`published_${field}`]: list.published.join(';'),
  [`testing_${field}`]: list.testing.join(';'),
  [`invalid_${field}`]: invalid.join(';'),
})

/** The same file every time, made from the account's id. */
export const confirmFileOf = (appid: string): { file_name: string; file_content: string } => {
  const digest = createHash('sha256').update(`confirm file of ${appid}`).digest('hex')
  return { file_name: `${digest.slice(0, 10)}.txt`, file_content: digest.slice(10, 42) }
}

export const platformDomainOperations = [
  modify({
    path: '/cgi-bin/component/modify_wxa_server_domain',
    field: 'wxa_server_domain',
    list: 'serverDomains',
    limit: MAX_SERVER_DOMAINS,
  }),
  modify({
    path: '/cgi-bin/component/modify_wxa_jump_domain',
    field: 'wxa_jump_h5_domain',
    list: 'jumpDomains',
    limit: MAX_JUMP_DOMAINS,
  }),
  withComponentToken('POST', '/cgi-bin/component/get_domain_confirmfile', nothing, (state) =>
    ok(confirmFileOf(state.settings.componentAppid)),
  ),
]
