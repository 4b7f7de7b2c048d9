/** Reference 7.2: web-view domains and DNS prefetching of one mini program. */
import * as v from 'valibot'
import { changeList, hostOf, isHost, isSameList } from '../domain-lists.ts'
import { refuse, refuseUnless } from '../errors.ts'
import type { Merchant } from '../merchants.ts'
import type { WechatState } from '../state.ts'
import { countUse, usedIn } from '../usage.ts'
import { nothing, ok, withAuthorizerToken } from './operation.ts'
import type { Operation } from './operation.ts'
import { confirmFileOf, listInForce } from './platform-domains.ts'

const CODE = [18]
const MAX_WEBVIEW_DOMAINS = 300
const MAX_PREFETCH_DOMAINS = 5

const checkOwnership = (state: WechatState, domains: readonly string[]): void => {
  const allowed = listInForce(state, state.jumpDomains)
  refuseUnless(allowed.length > 0, 89020)
  const hosts = domains.map((domain) => hostOf(domain, 'https', 'no ports') ?? '')
  const covered = hosts.every((host) => allowed.some((parent) => host === parent || host.endsWith(`.${parent}`)))
  refuseUnless(covered, 89021)
}

type Layer = 'thirdWebview' | 'directWebview'

const change = (
  state: WechatState,
  merchant: Merchant,
  layer: Layer,
  action: string,
  given: readonly string[],
): void => {
  if (action !== 'add' && action !== 'delete' && action !== 'set') return refuse(85022)
  const current = merchant.domains[layer]
  if (action === 'delete') {
    refuseUnless(
      given.every((domain) => current.includes(domain)),
      89022,
    )
  } else {
    const bad = given.filter((domain) => hostOf(domain, 'https', 'no ports') === undefined)
    refuseUnless(bad.length === 0, 85301)
    if (layer === 'thirdWebview') checkOwnership(state, given)
  }
  const changed = changeList(action, current, given)
  refuseUnless(changed.length <= MAX_WEBVIEW_DOMAINS, 89029)
  refuseUnless(!isSameList(changed, current), 89019)
  const what = `webview domains ${merchant.appid}`
  refuseUnless(usedIn(state, what, 'month') < state.settings.domainChangesPerMonth, 86102)
  countUse(state, what, 'month')
  merchant.domains[layer] = changed
}

const modify = (path: string, layer: Layer): Operation =>
  withAuthorizerToken(
    'POST',
    path,
    CODE,
    v.object({ action: v.optional(v.string()), webviewdomain: v.optional(v.array(v.string()), []) }),
    (state, input, { merchant }) => {
      refuseUnless(merchant.principalType !== 0, 89231)
      if (input.action === 'get') return ok({ webviewdomain: merchant.domains[layer] })
      if (input.action !== undefined) change(state, merchant, layer, input.action, input.webviewdomain)
      else change(state, merchant, layer, layer === 'thirdWebview' ? 'add' : '', allOfPlatform(state))
      return ok({ webviewdomain: merchant.domains[layer] })
    },
  )

/** Leaving out the action takes over every domain of the platform. */
const allOfPlatform = (state: WechatState): string[] =>
  listInForce(state, state.jumpDomains).map((host) => `https://${host}`)

export const webviewDomainOperations = [
  modify('/wxa/setwebviewdomain', 'thirdWebview'),
  modify('/wxa/setwebviewdomain_directly', 'directWebview'),
  withAuthorizerToken('POST', '/wxa/get_webviewdomain_confirmfile', CODE, nothing, (_state, _input, { merchant }) =>
    ok(confirmFileOf(merchant.appid)),
  ),
  withAuthorizerToken('POST', '/wxa/get_effective_webviewdomain', CODE, nothing, (_state, _input, { merchant }) => {
    const { mpWebview, thirdWebview, directWebview, effectiveWebview } = merchant.domains
    return ok({
      mp_webviewdomain: mpWebview,
      third_webviewdomain: thirdWebview,
      direct_webviewdomain: directWebview,
      effective_webviewdomain: merchant.live.length === 0 ? mpWebview : effectiveWebview,
    })
  }),
  withAuthorizerToken('GET', '/wxa/get_prefetchdnsdomain', CODE, nothing, (_state, _input, { merchant }) =>
    ok({
      prefetch_dns_domain: merchant.domains.prefetchDns.map((url) => ({ url, status: 1 })),
      size_limit: MAX_PREFETCH_DOMAINS,
    }),
  ),
  withAuthorizerToken(
    'POST',
    '/wxa/set_prefetchdnsdomain',
    CODE,
    v.object({ prefetch_dns_domain: v.array(v.object({ url: v.string() })) }),
    (_state, input, { merchant }) => {
      const urls = input.prefetch_dns_domain.map(({ url }) => url)
      refuseUnless(urls.length <= MAX_PREFETCH_DOMAINS, 9420002)
      refuseUnless(urls.every(isHost), 9420001)
      merchant.domains.prefetchDns = urls
      return ok()
    },
  ),
]
