/** Reference 7.2: server domains of one mini program, through the platform and directly. */
import * as v from 'valibot'
import { changeList, copyOf, hostOf, isSameList } from '../domain-lists.ts'
import { refuse, refuseUnless } from '../errors.ts'
import { SERVER_DOMAIN_KINDS } from '../merchants.ts'
import type { ServerDomainKind, ServerDomains } from '../merchants.ts'
import type { WechatState } from '../state.ts'
import { countUse, usedIn } from '../usage.ts'
import { nothing, ok, withAuthorizerToken } from './operation.ts'
import type { Operation } from './operation.ts'
import { listInForce } from './platform-domains.ts'

const CODE = [18]
const MAX_PER_KIND = 200

const schemes: Record<ServerDomainKind, string> = {
  requestdomain: 'https',
  wsrequestdomain: 'wss',
  uploaddomain: 'https',
  downloaddomain: 'https',
  udpdomain: 'udp',
  tcpdomain: 'tcp',
}

const list = v.optional(v.array(v.string()), [])
const input = v.object({
  action: v.string(),
  requestdomain: list,
  wsrequestdomain: list,
  uploaddomain: list,
  downloaddomain: list,
  udpdomain: list,
  tcpdomain: list,
})

interface Refused {
  readonly invalid: Partial<Record<`invalid_${ServerDomainKind}`, string[]>>
  readonly withoutIcp: string[]
}

const isRefused = ({ invalid, withoutIcp }: Refused): { rules: boolean; icp: boolean } => ({
  rules: Object.keys(invalid).length > 0,
  icp: withoutIcp.length > 0,
})

/** Takes out what breaks the rules or lacks an ICP filing. */
const sift = (state: WechatState, given: ServerDomains): Refused => {
  const refused: Refused = { invalid: {}, withoutIcp: [] }
  for (const kind of SERVER_DOMAIN_KINDS) {
    const hosts = given[kind].map((domain) => ({ domain, host: hostOf(domain, schemes[kind], 'ports') }))
    const bad = hosts.filter(({ host }) => host === undefined).map(({ domain }) => domain)
    const unfiled = hosts.filter(({ host = '' }) => state.settings.hostsWithoutIcp.includes(host))
    if (bad.length > 0) refused.invalid[`invalid_${kind}`] = bad
    refused.withoutIcp.push(...unfiled.map(({ domain }) => domain))
    given[kind] = given[kind].filter((domain) => !bad.includes(domain) && !refused.withoutIcp.includes(domain))
  }
  return refused
}

const hostsOf = (domains: ServerDomains): string[] =>
  SERVER_DOMAIN_KINDS.flatMap((kind) => domains[kind].map((domain) => hostOf(domain, schemes[kind], 'ports') ?? ''))

const hasNone = (domains: ServerDomains): boolean => SERVER_DOMAIN_KINDS.every((kind) => domains[kind].length === 0)

/** Nothing usable was given: says which of the reasons it was. */
const refuseAll = (refused: Refused): never => {
  const { rules, icp } = isRefused(refused)
  const errcode = rules && icp ? 85303 : rules ? 85301 : icp ? 85302 : 85017
  return refuse(errcode, undefined, { ...refused.invalid, no_icp_domain: refused.withoutIcp })
}

const modify = (path: string, layer: 'third' | 'direct'): Operation =>
  withAuthorizerToken('POST', path, CODE, input, (state, { action, ...given }, { merchant }) => {
    const current = merchant.domains[layer]
    if (action === 'get') return ok(current)
    if (action !== 'add' && action !== 'delete' && action !== 'set') return refuse(85022)
    refuseUnless(!hostsWithAnyScheme(given).includes('api.weixin.qq.com'), 86101)
    if (layer === 'direct') refuseUnless(hasRightSchemes(given), 86100)
    const empties = hasNone(given)
    const refused: Refused = action === 'delete' ? { invalid: {}, withoutIcp: [] } : sift(state, given)
    if (hasNone(given) && (action !== 'set' || !empties)) return refuseAll(refused)
    if (layer === 'third' && action !== 'delete') {
      const allowed = listInForce(state, state.serverDomains)
      refuseUnless(
        hostsOf(given).every((host) => allowed.includes(host)),
        85018,
      )
    }
    const changed = copyOf(current)
    for (const kind of SERVER_DOMAIN_KINDS) changed[kind] = changeList(action, current[kind], given[kind])
    refuseUnless(
      SERVER_DOMAIN_KINDS.every((kind) => changed[kind].length <= MAX_PER_KIND),
      85016,
    )
    if (SERVER_DOMAIN_KINDS.every((kind) => isSameList(changed[kind], current[kind]))) return refuse(85017, 'unchanged')
    const what = `domains ${merchant.appid}`
    refuseUnless(usedIn(state, what, 'month') < state.settings.domainChangesPerMonth, 86102)
    countUse(state, what, 'month')
    merchant.domains[layer] = changed
    return ok({ ...changed, ...refused.invalid, no_icp_domain: refused.withoutIcp })
  })

const hasRightSchemes = (given: ServerDomains): boolean =>
  SERVER_DOMAIN_KINDS.every((kind) => given[kind].every((domain) => domain.startsWith(`${schemes[kind]}://`)))

const hostsWithAnyScheme = (given: ServerDomains): string[] =>
  SERVER_DOMAIN_KINDS.flatMap((kind) => given[kind].map((domain) => domain.replace(/^\w+:\/\//, '')))

export const serverDomainOperations = [
  modify('/wxa/modify_domain', 'third'),
  modify('/wxa/modify_domain_directly', 'direct'),
  withAuthorizerToken('POST', '/wxa/get_effective_domain', CODE, nothing, (_state, _input, { merchant }) => {
    const { mp, third, direct, effective } = merchant.domains
    const inForce = merchant.live.length === 0 ? mp : effective
    return ok({ mp_domain: mp, third_domain: third, direct_domain: direct, effective_domain: inForce })
  }),
]
