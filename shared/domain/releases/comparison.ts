import { forEachConcurrently } from '../../concurrency.ts'
import { isFailure } from '../../errors.ts'
import { noticeOf, problemOf, type KeptProblem, type Notice } from '../../notice.ts'
import { isRecord, present } from '../../record.ts'
import { noticeWarning } from '../problems/account-notices.ts'
import { databaseTime, type Platform } from '../platform.ts'
import type { Authorizer } from '../stores/authorizers.ts'
import type { ReleaseRecord } from '../stores/releases.ts'
import { findRead } from './daily-readings.ts'
import { groundOf, parseExtJson, render, withLastCopy, type CopyInput, type Ground } from './rendering.ts'
import { knownTemplates, type KnownTemplate } from './templates.ts'

export interface ComparisonInput extends CopyInput {
  readonly appids: readonly string[]
  readonly templateId: number
  /** Default: the template's. */
  readonly version?: string | undefined
}

/** What is online at an account, as far as it is known. */
interface Live {
  readonly version: string
  readonly templateId?: number
  readonly source?: string
  /** Of a version that was released here. */
  readonly extJson?: string
}

interface Next {
  readonly version?: string
  readonly templateId: number
  readonly source: string
}

interface KeyChanges {
  readonly added: readonly string[]
  readonly removed: readonly string[]
  readonly changed: readonly string[]
}

interface ComparedItem {
  readonly appid: string
  readonly live?: Omit<Live, 'extJson'>
  readonly next: Next
  readonly extJson?: KeyChanges
  readonly warnings: readonly Notice[]
}

/** Accounts at once. */
const WIDTH = 8

/** What is online beside what would be sent, per account. Nothing is sent. */
export async function compare(platform: Platform, input: ComparisonInput): Promise<{ items: readonly ComparedItem[] }> {
  const appids = [...new Set(input.appids)]
  const [ground, bindings, accounts] = await Promise.all([
    groundOf(platform, input.templateId, input),
    platform.stores.bindings.ofAuthorizers(appids),
    findRead(platform, appids),
  ])
  const known = new Map(accounts.map((account) => [account.appid, account]))
  const now = databaseTime(platform)
  const releases = await platform.stores.releases.currentOf(appids)
  const items = new Map<string, ComparedItem>()
  await forEachConcurrently(appids, WIDTH, async (appid) => {
    const account = {
      appid,
      attributes: bindings.get(appid)?.attributes,
      releases: await withLastCopy(platform, known.get(appid), releases.get(appid)),
      notice: noticeWarning(known.get(appid), now),
    }
    items.set(appid, await compareOne(platform, ground, input, account, liveOf(account.releases)))
  })
  return { items: appids.flatMap((appid) => items.get(appid) ?? []) }
}

interface Account {
  readonly appid: string
  readonly attributes: Readonly<Record<string, string>> | undefined
  readonly releases: readonly ReleaseRecord[]
  readonly notice: KeptProblem | undefined
}

async function compareOne(
  platform: Platform,
  ground: Ground,
  input: ComparisonInput,
  account: Account,
  live: Live | undefined,
): Promise<ComparedItem> {
  const { appid, notice } = account
  const { extJson: liveJson, source: _, ...shown } = live ?? { version: '' }
  const sources = await sourcesOf(platform, input.templateId, live)
  const next = nextOf(ground, input)
  const base = {
    appid,
    ...(live && { live: { ...shown, ...present({ source: sources.live.source }) } }),
    next,
  }
  try {
    const rendering = render(ground, input, account)
    const warnings = warningsOf({ live, next, rendering, sources, notice })
    const changes = liveJson === undefined ? undefined : compareKeys(liveJson, rendering.extJson)
    return { ...base, ...(changes && { extJson: changes }), warnings: warnings.map((warning) => noticeOf(warning)) }
  } catch (error) {
    if (!isFailure(error)) throw error
    return { ...base, warnings: [noticeOf(problemOf(error))] }
  }
}

const nextOf = ({ template }: Ground, { templateId, version }: ComparisonInput): Next => {
  const named = version ?? template.version
  return { templateId, source: template.source, ...(named !== '' && { version: named }) }
}

function liveOf(releases: readonly ReleaseRecord[]): Live | undefined {
  const live = releases.find(({ state }) => state === 'released')
  if (!live) return undefined
  const { version, templateId, source, extJson } = live
  return { version, ...present({ templateId, source, extJson }) }
}

interface Sources {
  /** Of a template that was deleted what the release says. */
  readonly live: { readonly source: string | undefined; readonly madeAt: number | undefined }
  readonly next: KnownTemplate | undefined
}

async function sourcesOf(platform: Platform, templateId: number, live: Live | undefined): Promise<Sources> {
  const templates = await knownTemplates(platform, templateId).catch(() => undefined)
  const template = live?.templateId === undefined ? undefined : templates?.get(live.templateId)
  return {
    live: { source: live?.source ?? template?.source, madeAt: template?.madeAt },
    next: templates?.get(templateId),
  }
}

interface Compared {
  readonly live: Live | undefined
  readonly next: Pick<Next, 'version'>
  readonly rendering: { readonly extJson: string; readonly empty: readonly string[] }
  readonly sources: Sources
  readonly notice: KeptProblem | undefined
}

/** A copy as it would be sent to an account. */
export interface Copy extends Pick<Compared, 'rendering'> {
  readonly templateId: number
  /** Empty where it is not known. */
  readonly version: string
  readonly authorizer: Authorizer | undefined
  readonly releases: readonly ReleaseRecord[]
}

/** What a person has to allow before it is sent. */
export async function warningsBefore(
  platform: Platform,
  { templateId, version, authorizer, releases, rendering }: Copy,
): Promise<readonly KeptProblem[]> {
  const live = liveOf(releases)
  const sources = await sourcesOf(platform, templateId, live)
  const notice = noticeWarning(authorizer, databaseTime(platform))
  return warningsOf({ live, next: version === '' ? {} : { version }, rendering, sources, notice })
}

function warningsOf({ live, next, rendering, sources, notice }: Compared): KeptProblem[] {
  const warnings: KeptProblem[] = notice ? [notice] : []
  if (rendering.empty.length > 0) warnings.push({ code: 'VARIABLE_EMPTY', params: { variables: rendering.empty } })
  if (!live) return warnings
  if (live.templateId === undefined) return [{ code: 'LIVE_UNKNOWN', params: { version: live.version } }, ...warnings]
  const [from, to] = [sources.live.source, sources.next?.source]
  if (from && to && from !== to) warnings.unshift({ code: 'DIFFERENT_SOURCE', params: { live: from, next: to } })
  if (isOlder(live.version, next.version, sources))
    warnings.push({ code: 'OLDER_VERSION', params: { live: live.version, next: next.version ?? '' } })
  const lost = live.extJson === undefined ? [] : compareKeys(live.extJson, rendering.extJson).removed
  if (lost.length > 0) warnings.push({ code: 'EXT_KEYS_LOST', params: { keys: lost } })
  return warnings
}

const DOTTED = /^\d+(?:\.\d+)*$/

/** Dotted numbers are compared; else when the templates were made. */
function isOlder(live: string, next: string | undefined, sources: Sources): boolean {
  if (next !== undefined && DOTTED.test(live) && DOTTED.test(next)) return isOlderVersion(next, live)
  if (next === live || sources.live.madeAt === undefined || !sources.next) return false
  return sources.next.madeAt < sources.live.madeAt
}

/** Dotted numbers, missing parts as 0. False where one of them is something else. */
export const isOlderVersion = (version: string, than: string): boolean =>
  DOTTED.test(version) && DOTTED.test(than) && compareVersions(version, than) < 0

/** Dotted numbers ascend; what is something else comes after them, by its text. */
export function compareVersions(a: string, b: string): number {
  if (a === b) return 0
  const areDotted = [DOTTED.test(a), DOTTED.test(b)]
  if (!areDotted.every(Boolean)) return Number(areDotted[1]) - Number(areDotted[0]) || (a < b ? -1 : a > b ? 1 : 0)
  const [left, right] = [a.split('.'), b.split('.')]
  for (let place = 0; place < Math.max(left.length, right.length); place++) {
    const [one, other] = [BigInt(left[place] ?? 0), BigInt(right[place] ?? 0)]
    if (one !== other) return one < other ? -1 : 1
  }
  return 0
}

/** Ours to add, whatever else is sent. */
const ours = new Set(['extAppid', 'extEnable'])

/** Keys of two `ext_json`, dotted. Lists are compared whole. */
export function compareKeys(live: string, next: string): KeyChanges {
  const [before, after] = [flatten(live), flatten(next)]
  return {
    added: [...after.keys()].filter((key) => !before.has(key)),
    removed: [...before.keys()].filter((key) => !after.has(key)),
    changed: [...after].filter(([key, value]) => before.has(key) && before.get(key) !== value).map(([key]) => key),
  }
}

function flatten(extJson: string): ReadonlyMap<string, string> {
  const keys = new Map<string, string>()
  const add = (value: unknown, path: string): void => {
    const members = isRecord(value) ? Object.entries(value) : []
    if (members.length === 0) return void keys.set(path, JSON.stringify(value))
    for (const [name, member] of members) add(member, path === '' ? name : `${path}.${name}`)
  }
  for (const [name, member] of Object.entries(parseExtJson(extJson))) if (!ours.has(name)) add(member, name)
  keys.delete('ext')
  return keys
}
