import { refusedWith } from '../../errors.ts'
import { domains as endpoints } from '../../wechat/endpoints/domains.ts'
import { saying } from '../../wechat/errcodes.ts'
import { callForAuthorizer } from '../authorizers/authorizer-calls.ts'
import { camelKeys } from '../camel-keys.ts'
import type { Caller } from '../callers/caller.ts'
import { hostOf } from './domain-form.ts'
import { stepTo, type DomainAction, type DomainInput } from './domain-steps.ts'
import { ensureOnPlatform, toldListsOf, platformWebviewList } from './platform-domains.ts'
import type { Platform } from '../platform.ts'
import { sendOrReadBack } from '../read-back.ts'

export interface WebviewDomainInput {
  readonly appid: string
  readonly action: DomainAction | 'get'
  readonly domains?: readonly string[] | undefined
  /** Past the platform's list, by the rules of an ordinary mini program. */
  readonly directly?: boolean | undefined
}

/** Through the platform, and past it: two lists at WeChat, which a mini program should not mix. */
const roads = {
  listed: { get: endpoints.getWebview, change: endpoints.changeWebview },
  direct: { get: endpoints.getWebviewDirectly, change: endpoints.changeWebviewDirectly },
} as const

type Road = (typeof roads)[keyof typeof roads]

/** Reads or changes the web-view domains of a mini program; the platform's list first, only what differs is written. */
export async function setWebviewDomains(platform: Platform, caller: Caller, input: WebviewDomainInput) {
  const { appid, action } = input
  const road = input.directly === true ? roads.direct : roads.listed
  if (action === 'get') return readLevels(platform, appid, road)
  const wanted: DomainInput = { action, lists: { domains: input.domains ?? [] } }
  const before = await readList(platform, appid, road)
  const step = stepTo([{ domains: before }], wanted)
  if (!step) return { domains: before }
  const domains = step.lists['domains'] ?? []
  const isListed = road === roads.listed && step.action !== 'delete'
  const hosts = isListed ? domains.filter((domain) => !before.includes(domain)).map(hostOf) : []
  if (hosts.length > 0) await ensureOnPlatform(platform, caller, platformWebviewList, hosts)
  const send = async () => ({
    domains:
      (
        await callForAuthorizer(platform, appid, road.change, {
          body: { action: step.action, webviewdomain: [...domains] },
        })
      ).webviewdomain ?? (await readList(platform, appid, road)),
  })
  const read = async () => {
    const present = await readList(platform, appid, road)
    return stepTo([{ domains: present }], wanted) ? undefined : { domains: present }
  }
  try {
    return await sendOrReadBack(send, read, saying.domainsUnchanged)
  } catch (error) {
    if (!isListed || !refusedWith(error, saying.domainsNotOnPlatform)) throw error
    if (!(await ensureOnPlatform(platform, caller, platformWebviewList, hosts, true))) throw error
    return sendOrReadBack(send, read, saying.domainsUnchanged)
  }
}

const readList = async (platform: Platform, appid: string, road: Road): Promise<readonly string[]> =>
  (await callForAuthorizer(platform, appid, road.get, { body: { action: 'get' } })).webviewdomain ?? []

/** What we set, what WeChat holds by origin, and what the platform may hand out. */
async function readLevels(platform: Platform, appid: string, road: Road) {
  const [domains, levels, lists] = await Promise.all([
    readList(platform, appid, road),
    callForAuthorizer(platform, appid, endpoints.effectiveWebview, {}),
    platformWebviewList.read(platform),
  ])
  return { domains, ...camelKeys(levels), platformWebviewdomain: toldListsOf(lists) }
}
