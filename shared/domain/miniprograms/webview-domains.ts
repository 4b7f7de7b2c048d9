import { refusedWith } from '../../errors.ts'
import { domains as endpoints } from '../../wechat/endpoints/domains.ts'
import { saying } from '../../wechat/errcodes.ts'
import { callForAuthorizer } from '../authorizers/authorizer-calls.ts'
import { camelKeys } from '../camel-keys.ts'
import type { Caller } from '../callers/caller.ts'
import { hostOf } from './domain-form.ts'
import { stepTo, type DomainAction, type DomainWish } from './domain-steps.ts'
import { ensureOnPlatform, toldListsOf, platformWebviewList } from './platform-domains.ts'
import type { Platform } from '../platform.ts'
import { sendOrReadBack } from '../read-back.ts'

export interface WebviewDomainWish {
  readonly appid: string
  readonly action: DomainAction | 'get'
  readonly domains?: readonly string[] | undefined
}

/** Reads or changes the web-view domains of a mini program; the platform's list first, only what differs is written. */
export async function setWebviewDomains(platform: Platform, caller: Caller, wish: WebviewDomainWish) {
  const { appid, action } = wish
  if (action === 'get') return readLevels(platform, appid)
  const wanted: DomainWish = { action, lists: { domains: wish.domains ?? [] } }
  const before = await readList(platform, appid)
  const step = stepTo([{ domains: before }], wanted)
  if (!step) return { domains: before }
  const domains = step.lists['domains'] ?? []
  const hosts = step.action === 'delete' ? [] : domains.filter((domain) => !before.includes(domain)).map(hostOf)
  if (hosts.length > 0) await ensureOnPlatform(platform, caller, platformWebviewList, hosts)
  const send = async () => ({
    domains:
      (
        await callForAuthorizer(platform, appid, endpoints.changeWebview, {
          body: { action: step.action, webviewdomain: [...domains] },
        })
      ).webviewdomain ?? (await readList(platform, appid)),
  })
  const read = async () => {
    const present = await readList(platform, appid)
    return stepTo([{ domains: present }], wanted) ? undefined : { domains: present }
  }
  try {
    return await sendOrReadBack(send, read, saying.domainsUnchanged)
  } catch (error) {
    if (!refusedWith(error, saying.domainsNotOnPlatform)) throw error
    if (!(await ensureOnPlatform(platform, caller, platformWebviewList, hosts, true))) throw error
    return sendOrReadBack(send, read, saying.domainsUnchanged)
  }
}

const readList = async (platform: Platform, appid: string): Promise<readonly string[]> =>
  (await callForAuthorizer(platform, appid, endpoints.getWebview, { body: { action: 'get' } })).webviewdomain ?? []

/** What we set, what WeChat holds by origin, and what the platform may hand out. */
async function readLevels(platform: Platform, appid: string) {
  const [domains, levels, lists] = await Promise.all([
    readList(platform, appid),
    callForAuthorizer(platform, appid, endpoints.effectiveWebview, {}),
    platformWebviewList.read(platform),
  ])
  return { domains, ...camelKeys(levels), platformWebviewdomain: toldListsOf(lists) }
}
