import { Failure } from '../../errors.ts'
import { isRecord } from '../../record.ts'
import type { Platform } from '../platform.ts'
import type { Authorizer } from '../stores/authorizers.ts'
import type { ReleaseRecord } from '../stores/releases.ts'
import type { TemplateSettings } from '../stores/template-settings.ts'
import { renderCopy } from './rendered-copy.ts'
import { settingsKeyOf, settingsOf } from './template-settings.ts'
import { knownTemplate, type KnownTemplate } from './templates.ts'

type Json = Readonly<Record<string, unknown>>

/** What a commit says of the merchant's copy; what it leaves out comes from the settings, then from the last release made here. */
export interface CopyInput {
  readonly ext?: Json | undefined
  readonly extVars?: Readonly<Record<string, string>> | undefined
  readonly extJson?: Json | undefined
}

/** What holds for all merchants: a page of them is rendered from one. */
export interface Ground {
  readonly template: KnownTemplate
  readonly settings: TemplateSettings
}

export interface Rendering {
  /** The string that is sent. */
  readonly extJson: string
  /** Variables that stand for an empty text, because nobody gave them a value and nobody has to. */
  readonly empty: readonly string[]
}

/**
 * @throws NOT_FOUND for a template that the library does not have. While WeChat does not answer, a commit that says everything itself need
 * not wait for its list: standard templates are discontinued.
 */
export async function templateOf(platform: Platform, templateId: number, input: CopyInput): Promise<KnownTemplate> {
  try {
    return await knownTemplate(platform, templateId)
  } catch (error) {
    if (!(error instanceof Failure && error.retryable && input.ext && input.extJson)) throw error
    platform.log.warn('the template list could not be read', { reason: error })
    return { templateId, isStandard: false, source: '', version: '', madeAt: 0 }
  }
}

export async function groundOf(platform: Platform, templateId: number, input: CopyInput): Promise<Ground> {
  const template = await templateOf(platform, templateId, input)
  return { template, settings: await settingsOf(platform, template) }
}

/** What a commit would send to this account. */
export async function renderFor(
  platform: Platform,
  input: CopyInput & { readonly appid: string; readonly templateId: number },
): Promise<Rendering> {
  const { appid } = input
  const template = await templateOf(platform, input.templateId, input)
  const names = { appid, settingsKey: settingsKeyOf(template) }
  const parts = ['authorizer', 'binding', 'releases', 'settings'] as const
  const { authorizer, binding, releases, settings } = await platform.stores.accounts.load(names, ...parts)
  if (!authorizer) throw new Failure('ACCOUNT_UNKNOWN', { field: 'appid' })
  return render({ template, settings }, input, { appid, attributes: binding?.attributes, releases })
}

interface Merchant {
  readonly appid: string
  readonly attributes: Readonly<Record<string, string>> | undefined
  /** Newest first. */
  readonly releases: readonly ReleaseRecord[]
}

/** @throws INVALID_ARGUMENT */
export function render({ template, settings }: Ground, input: CopyInput, merchant: Merchant): Rendering {
  const last = lastCopy(merchant.releases)
  const [ext, isOldExt] = firstOf(input.ext ?? settings.ext, last?.ext ?? {})
  const [extJson, isOldJson] = firstOf(input.extJson ?? settings.extJson, last?.others)
  const declared = settings.variables ?? {}
  const empty = new Set<string>()
  const extJsonText = renderCopy({
    extAppid: merchant.appid,
    standardTemplate: template.isStandard,
    ext,
    extJson,
    variables: { ...defaultsOf(declared), ...merchant.attributes, ...input.extVars },
    lacking: (name) => {
      if (!Object.hasOwn(declared, name) || declared[name]?.required) return undefined
      empty.add(name)
      return ''
    },
    filled: [...(isOldExt ? (['ext'] as const) : []), ...(isOldJson ? (['extJson'] as const) : [])],
  })
  return { extJson: extJsonText, empty: [...empty] }
}

/** And whether it is the old one. */
const firstOf = <T, U>(given: T | undefined, old: U): readonly [T | U, boolean] =>
  given === undefined ? [old, true] : [given, false]

const defaultsOf = (declared: NonNullable<TemplateSettings['variables']>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(declared).flatMap(([name, variable]) =>
      variable.default === undefined ? [] : [[name, variable.default]],
    ),
  )

const wasSent = ({ state, extJson }: ReleaseRecord): boolean => state !== 'failed' && extJson !== undefined

/** `releases`: those that are not superseded. Where another hand took ours offline, what was goes on with its settings. */
export async function withLastCopy(
  platform: Platform,
  account: Authorizer | undefined,
  releases: readonly ReleaseRecord[] = [],
): Promise<readonly ReleaseRecord[]> {
  if (!account?.drift || releases.some(wasSent)) return releases
  const last = (await platform.stores.releases.ofAuthorizer(account.appid)).find(wasSent)
  return last ? [...releases, last] : releases
}

/** With the texts as they were sent. */
function lastCopy(releases: readonly ReleaseRecord[]): { ext: Json | undefined; others: Json } | undefined {
  const { extJson: last } = releases.find(wasSent) ?? {}
  if (last === undefined) return undefined
  const { ext, extAppid: _, extEnable: __, ...others } = parseExtJson(last)
  return { ext: isRecord(ext) ? ext : undefined, others }
}

export function parseExtJson(text: string): Json {
  const parsed: unknown = JSON.parse(text)
  return isRecord(parsed) ? parsed : {}
}
