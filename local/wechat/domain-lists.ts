import { SERVER_DOMAIN_KINDS } from './merchants.ts'
import type { MerchantDomains, ServerDomains } from './merchants.ts'

const union = (one: readonly string[], other: readonly string[]): string[] => [...new Set([...one, ...other])]

/** From the first release on, the lists that the platform set replace what the merchant had on mp.weixin.qq.com. */
export const applyDomainsAtRelease = (domains: MerchantDomains): void => {
  for (const kind of SERVER_DOMAIN_KINDS) domains.effective[kind] = union(domains.third[kind], domains.direct[kind])
  domains.effectiveWebview = union(domains.thirdWebview, domains.directWebview)
}

export const copyOf = (domains: ServerDomains): ServerDomains => structuredClone(domains)

/** What an `action` does to a list. */
export const changeList = (
  action: 'add' | 'delete' | 'set',
  current: readonly string[],
  given: readonly string[],
): string[] => {
  if (action === 'add') return union(current, given)
  if (action === 'delete') return current.filter((entry) => !given.includes(entry))
  return union([], given)
}

export const isSameList = (one: readonly string[], other: readonly string[]): boolean =>
  one.length === other.length && one.every((entry) => other.includes(entry))

const HOST = /^(?=.{1,253}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]*[a-z0-9]$/i

/** A registrable host name: no scheme, no port, no path, no IP address. */
export const isHost = (text: string): boolean => HOST.test(text)

/** Host of `scheme://host[:port]`, or undefined where the form is another. */
export const hostOf = (domain: string, scheme: string, ports: 'ports' | 'no ports'): string | undefined => {
  const prefix = `${scheme}://`
  if (!domain.startsWith(prefix)) return undefined
  const [host = '', port, ...rest] = domain.slice(prefix.length).split(':')
  if (rest.length > 0 || !isHost(host)) return undefined
  if (port !== undefined && (ports === 'no ports' || !/^\d{1,5}$/.test(port))) return undefined
  return host.toLowerCase()
}
