import { refusedWith } from '../../errors.ts'
import { domains as endpoints } from '../../wechat/endpoints/domains.ts'
import type { ReplyOf } from '../../wechat/endpoints/endpoint.ts'
import { saying } from '../../wechat/errcodes.ts'
import { callForAuthorizer } from '../authorizers/authorizer-calls.ts'
import { camelKeys } from '../camel-keys.ts'
import type { Caller } from '../callers/caller.ts'
import { hostOf } from './domain-form.ts'
import { allOf, stepTo, stillMissing, type DomainAction, type DomainInput, type Lists } from './domain-steps.ts'
import { ensureOnPlatform, toldListsOf, platformServerList } from './platform-domains.ts'
import type { Platform } from '../platform.ts'
import { sendOrReadBack } from '../read-back.ts'

export const serverKinds = {
  requestDomains: 'requestdomain',
  wsRequestDomains: 'wsrequestdomain',
  uploadDomains: 'uploaddomain',
  downloadDomains: 'downloaddomain',
  udpDomains: 'udpdomain',
  tcpDomains: 'tcpdomain',
} as const

export type ServerDomains = { readonly [K in keyof typeof serverKinds]?: readonly string[] | undefined }

export interface ServerDomainInput extends ServerDomains {
  readonly appid: string
  readonly action: DomainAction | 'get'
  /** Past the platform's list, by the rules of an ordinary mini program. */
  readonly directly?: boolean | undefined
}

/** Through the platform, and past it: two lists at WeChat, which a mini program should not mix. */
const roads = {
  listed: { get: endpoints.getServer, change: endpoints.changeServer },
  direct: { get: endpoints.getServerDirectly, change: endpoints.changeServerDirectly },
} as const

type Road = (typeof roads)[keyof typeof roads]

/** WeChat leaves a domain out that the platform's list lacks, and may then say that nothing was left to change. */
const perhapsNotOnPlatform = [...saying.domainsNotOnPlatform, ...saying.domainsUnchanged]

/** Reads or changes the server domains of a mini program; the platform's list first, only what differs is written. */
export async function setServerDomains(platform: Platform, caller: Caller, input: ServerDomainInput) {
  const road = input.directly === true ? roads.direct : roads.listed
  if (input.action === 'get') return readLevels(platform, input.appid, road)
  const wanted: DomainInput = { action: input.action, lists: listsOf(input) }
  const before = await readLists(platform, input.appid, road)
  const step = stepTo([before], wanted)
  if (!step) return before
  const hosts = road === roads.direct ? [] : hostsToAdd(step, before)
  if (hosts.length > 0) await ensureOnPlatform(platform, caller, platformServerList, hosts)
  const attempt = { platform, caller, appid: input.appid, road, wanted, step, hosts }
  return (await send(attempt)) ?? (await send(attempt, true)) ?? {}
}

interface Attempt {
  readonly platform: Platform
  readonly caller: Caller
  readonly appid: string
  readonly road: Road
  readonly wanted: DomainInput
  readonly step: DomainInput
  readonly hosts: readonly string[]
}

type Sent = { readonly reply: ServerReply } | { readonly present: Lists }

/** Undefined: the platform's published list lacked something, which is there now; once more. */
async function send(
  { platform, caller, appid, road, wanted, step, hosts }: Attempt,
  isLast = false,
): Promise<(Lists & ReturnType<typeof refusals>['shown']) | undefined> {
  const publishFirst = () => ensureOnPlatform(platform, caller, platformServerList, hosts, true)
  const change = async () => ({
    reply: await callForAuthorizer(platform, appid, road.change, {
      body: { action: step.action, ...bodyOf(step.lists) },
    }),
  })
  const read = async () => {
    const present = await readLists(platform, appid, road)
    return stepTo([present], wanted) ? undefined : { present }
  }
  try {
    const sent = await sendOrReadBack<Sent>(change, read, saying.domainsUnchanged)
    if ('present' in sent) return sent.present
    const { reply } = sent
    // Some answers tell that it was done, and not what there is now.
    const isTold = kindNames.every((name) => step.lists[name] === undefined || reply[serverKinds[name]] !== undefined)
    const after = isTold ? toLists(reply) : await readLists(platform, appid, road)
    const refused = refusals(reply)
    const missing = stillMissing([after], step).filter((domain) => !refused.all.includes(domain))
    if (missing.length > 0 && !isLast && (await publishFirst())) return undefined
    return { ...after, ...refused.shown }
  } catch (error) {
    const lacksPlatform = refusedWith(error, perhapsNotOnPlatform)
    if (lacksPlatform && hosts.length > 0 && !isLast && (await publishFirst())) return undefined
    throw error
  }
}

const hostsToAdd = (step: DomainInput, before: Lists): string[] =>
  step.action === 'delete'
    ? []
    : allOf(
        Object.fromEntries(
          Object.entries(step.lists).map(([kind, domains]) => [
            kind,
            domains.filter((domain) => !before[kind]?.includes(domain)).map(hostOf),
          ]),
        ),
      )

const kindNames: readonly (keyof typeof serverKinds)[] = [
  'requestDomains',
  'wsRequestDomains',
  'uploadDomains',
  'downloadDomains',
  'udpDomains',
  'tcpDomains',
]

const listsOf = (input: ServerDomains): Lists =>
  Object.fromEntries(kindNames.flatMap((name) => (input[name] === undefined ? [] : [[name, input[name]]])))

const bodyOf = (lists: Lists): Record<string, string[]> =>
  Object.fromEntries(kindNames.flatMap((name) => (lists[name] ? [[serverKinds[name], [...lists[name]]]] : [])))

type ServerReply = ReplyOf<typeof endpoints.getServer>

const toLists = (reply: ServerReply): Lists =>
  Object.fromEntries(kindNames.map((name) => [name, reply[serverKinds[name]] ?? []]))

function refusals(reply: ServerReply) {
  const invalid = kindNames.flatMap((name) => reply[`invalid_${serverKinds[name]}`] ?? [])
  const withoutFiling = reply.no_icp_domain ?? []
  return {
    all: [...invalid, ...withoutFiling],
    shown: {
      ...(invalid.length > 0 && { invalidDomains: invalid }),
      ...(withoutFiling.length > 0 && { noIcpDomains: withoutFiling }),
    },
  }
}

const readLists = async (platform: Platform, appid: string, road: Road): Promise<Lists> =>
  toLists(await callForAuthorizer(platform, appid, road.get, { body: { action: 'get' } }))

/** What we set, what WeChat holds by origin, and what the platform may hand out. */
async function readLevels(platform: Platform, appid: string, road: Road) {
  const [lists, levels, platformLists] = await Promise.all([
    readLists(platform, appid, road),
    callForAuthorizer(platform, appid, endpoints.effectiveServer, {}),
    platformServerList.read(platform),
  ])
  return { ...lists, ...camelKeys(levels), platformDomain: toldListsOf(platformLists) }
}
