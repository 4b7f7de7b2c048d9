import { Failure, isFailure, refusedWith } from '../../errors.ts'
import { Notice } from '../../notice.ts'
import { platformDomains as endpoints } from '../../wechat/endpoints/platform-domains.ts'
import { saying } from '../../wechat/errcodes.ts'
import { roleOf } from '../callers/authorize.ts'
import type { Caller } from '../callers/caller.ts'
import { stepTo, stillMissing, type DomainAction } from './domain-steps.ts'
import { callAsPlatform } from '../tokens/platform-calls.ts'
import type { Platform } from '../platform.ts'
import { sendOrReadBack } from '../read-back.ts'

/**
 * Live authorizers see `published`; `testing` is what 全网发布 would publish next. WeChat leaves a list out where a change failed, and
 * `published` until the platform was published for the first time: absent is not empty.
 */
export interface PlatformLists {
  readonly published?: readonly string[]
  readonly testing?: readonly string[]
}

interface Answer extends PlatformLists {
  readonly invalid: readonly string[]
}

type Scope = 'both' | 'test'

/** One of the platform's two lists at WeChat. */
export interface PlatformList {
  /** The operation that changes it. */
  readonly operation: string
  /** Whether each host must serve WeChat's file before it is taken. */
  readonly needsFile: boolean
  /** Whether a host on the list stands for this host. */
  covers(listed: string, host: string): boolean
  read(platform: Platform): Promise<Answer>
  change(platform: Platform, action: DomainAction, hosts: readonly string[], scope: Scope): Promise<Answer>
}

const split = (text: string | null | undefined): string[] =>
  (text ?? '')
    .split(';')
    .map((host) => host.trim())
    .filter((host) => host !== '')

type Told = string | null | undefined

const toldLists = (published: Told, testing: Told): PlatformLists => ({
  ...(typeof published === 'string' && { published: split(published) }),
  ...(typeof testing === 'string' && { testing: split(testing) }),
})

/** Everything that is on a list of the platform's, as far as WeChat says. */
export const listedHosts = ({ published = [], testing = [] }: PlatformLists): readonly string[] => [
  ...published,
  ...testing,
]

export const platformServerList: PlatformList = {
  operation: 'platform.setServerDomains',
  needsFile: false,
  covers: (listed, host) => listed === host,
  read: async (platform) =>
    readServer(await callAsPlatform(platform, endpoints.getServer, { body: { action: 'get' } })),
  change: async (platform, action, hosts, scope) =>
    readServer(
      await callAsPlatform(platform, endpoints.changeServer, {
        body: { action, wxa_server_domain: hosts.join(';'), is_modify_published_together: scope === 'both' },
      }),
    ),
}

const readServer = (reply: {
  readonly published_wxa_server_domain?: string | null | undefined
  readonly testing_wxa_server_domain?: string | null | undefined
  readonly invalid_wxa_server_domain?: string | null | undefined
}): Answer => ({
  ...toldLists(reply.published_wxa_server_domain, reply.testing_wxa_server_domain),
  invalid: split(reply.invalid_wxa_server_domain),
})

export const platformWebviewList: PlatformList = {
  operation: 'platform.setWebviewDomains',
  needsFile: true,
  covers: (listed, host) => listed === host || host.endsWith(`.${listed}`),
  read: async (platform) =>
    readWebview(await callAsPlatform(platform, endpoints.getWebview, { body: { action: 'get' } })),
  change: async (platform, action, hosts, scope) =>
    readWebview(
      await callAsPlatform(platform, endpoints.changeWebview, {
        body: { action, wxa_jump_h5_domain: hosts.join(';'), is_modify_published_together: scope === 'both' },
      }),
    ),
}

const readWebview = (reply: {
  readonly published_wxa_jump_h5_domain?: string | null | undefined
  readonly testing_wxa_jump_h5_domain?: string | null | undefined
  readonly invalid_wxa_jump_h5_domain?: string | null | undefined
}): Answer => ({
  ...toldLists(reply.published_wxa_jump_h5_domain, reply.testing_wxa_jump_h5_domain),
  invalid: split(reply.invalid_wxa_jump_h5_domain),
})

export interface PlatformDomainInput {
  readonly action: DomainAction | 'get'
  readonly domains?: readonly string[] | undefined
  readonly scope: Scope
}

interface ConfirmFile {
  readonly file_name: string
  readonly file_content: string
}

export interface PlatformDomains extends PlatformLists {
  /** WeChat refused these. */
  readonly invalid?: readonly string[]
  /** To be served at the root of each web-view domain. */
  readonly confirmFile?: ConfirmFile
  readonly hint?: Notice
}

/** Reads or changes a list of the platform's; what is there already is not sent. */
export async function setPlatformDomains(
  platform: Platform,
  list: PlatformList,
  input: PlatformDomainInput,
): Promise<PlatformDomains> {
  const before = await list.read(platform)
  if (input.action === 'get')
    return { ...toldListsOf(before), ...(list.needsFile && { confirmFile: await readFile(platform) }) }
  const wanted = { action: input.action, lists: { hosts: input.domains ?? [] } }
  const step = stepTo(targets(before, input.scope), wanted)
  if (!step) return toldListsOf(before)
  const answered = await send()
  // An answer without the list that every platform has says that the change failed, or nothing at all.
  const present = answered.testing ? answered : { ...(await list.read(platform)), invalid: answered.invalid }
  const missing = stillMissing(targets(present, input.scope), step)
  if (missing.length === 0) return toldListsOf(present)
  const confirmFile = list.needsFile ? await readFile(platform) : undefined
  const failure = notTaken(missing, confirmFile)
  if (missing.length === step.lists['hosts']?.length) throw failure
  const { reason, params } = failure
  return {
    ...toldListsOf(present),
    invalid: missing,
    ...(confirmFile && { confirmFile }),
    hint: new Notice(reason ?? '', params, {}, 'hint'),
  }

  async function send(): Promise<Answer> {
    const { action, lists } = step ?? wanted
    const hosts = lists['hosts'] ?? []
    const read = async () => {
      const present = await list.read(platform)
      return stepTo(targets(present, input.scope), wanted) ? undefined : present
    }
    try {
      return await sendOrReadBack(
        () => list.change(platform, action, hosts, input.scope),
        read,
        saying.domainsUnchanged,
      )
    } catch (error) {
      // An unreachable file is errcode -1 or a list that did not change.
      const mayLackFile = isFailure(error) && (error.outcomeUnknown || refusedWith(error, saying.domainsUnchanged))
      throw mayLackFile && list.needsFile && action !== 'delete' ? await withFileHint(platform, error, hosts) : error
    }
  }
}

/** What WeChat tells of them. */
export const toldListsOf = ({ published, testing }: PlatformLists): PlatformLists => ({
  ...(published && { published }),
  ...(testing && { testing }),
})

/** What a change is held against: the lists that WeChat tells; none told is nothing known. */
const targets = ({ published, testing }: PlatformLists, scope: Scope) => {
  const told = [testing, scope === 'both' ? published : undefined].flatMap((hosts) => (hosts ? [{ hosts }] : []))
  return told.length > 0 ? told : [{ hosts: [] }]
}

const readFile = async (platform: Platform): Promise<ConfirmFile> => {
  const { file_name, file_content } = await callAsPlatform(platform, endpoints.confirmFile, {})
  return { file_name, file_content }
}

const notTaken = (domains: readonly string[], file: ConfirmFile | undefined) =>
  file
    ? new Failure('DOMAIN_FILE_MISSING', { params: fileParams(file, domains) })
    : new Failure('DOMAINS_NOT_TAKEN', { params: { domains } })

const fileParams = ({ file_name, file_content }: ConfirmFile, domains: readonly string[]) => ({
  domains,
  addresses: domains.map((host) => `https://${host}/${file_name}`),
  content: file_content,
})

async function withFileHint(platform: Platform, error: Failure, hosts: readonly string[]): Promise<Failure> {
  const file = await readFile(platform).catch(() => undefined)
  if (!file) return error
  const { wechat, outcomeUnknown } = error
  const reason = error.code === 'WECHAT_UNAVAILABLE' ? 'DOMAIN_FILE_NOT_READ' : 'DOMAIN_FILE_MISSING'
  return new Failure(reason, { params: fileParams(file, hosts), wechat, outcomeUnknown, cause: error })
}

/**
 * The platform comes first: hosts that its list lacks are added if the caller may do that. `onlyPublished`: WeChat has said that
 * what stands on the test list does not count.
 */
export async function ensureOnPlatform(
  platform: Platform,
  caller: Caller,
  list: PlatformList,
  hosts: readonly string[],
  onlyPublished = false,
): Promise<boolean> {
  const lists = await list.read(platform)
  const listed = (onlyPublished ? lists.published : undefined) ?? listedHosts(lists)
  const missing = [...new Set(hosts)].filter((host) => !listed.some((entry) => list.covers(entry, host)))
  if (missing.length === 0) return false
  if (!(await mayChange(platform, caller, list.operation)))
    throw new Failure('DOMAINS_NOT_ON_PLATFORM', { params: { domains: missing, operation: list.operation } })
  await setPlatformDomains(platform, list, { action: 'add', domains: missing, scope: 'both' })
  return true
}

/** A key that is limited to certain operations or merchants does not reach the whole platform on the way. */
async function mayChange(platform: Platform, caller: Caller, operation: string): Promise<boolean> {
  if (caller.appids || (caller.operations && !caller.operations.includes(operation))) return false
  return (caller.role ?? (await roleOf(platform, caller.identity))) === 'owner'
}
