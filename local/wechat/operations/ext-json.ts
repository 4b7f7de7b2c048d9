/** Reference 6.2: the grammar of `ext_json`, held against the template it is committed with. */
import * as v from 'valibot'
import { refuse, refuseUnless } from '../errors.ts'
import { LOCATION_APIS } from '../merchants.ts'
import type { Merchant } from '../merchants.ts'
import type { WechatState } from '../state.ts'
import { allPagesOf } from '../templates.ts'
import type { Template } from '../templates.ts'

/** valibot takes an array for an object; WeChat does not. */
const noArray = v.pipe(
  v.unknown(),
  v.check((value) => !Array.isArray(value), 'must be an object, not an array'),
)
const object = v.pipe(noArray, v.record(v.string(), v.unknown()))

const extJsonSchema = v.looseObject({
  extEnable: v.optional(v.boolean()),
  extAppid: v.optional(v.string()),
  directCommit: v.optional(v.boolean()),
  ext: v.optional(object),
  extPages: v.optional(v.record(v.string(), object)),
  pages: v.optional(v.array(v.string())),
  subPackages: v.optional(v.array(v.looseObject({ root: v.string(), pages: v.array(v.string()) }))),
  window: v.optional(object),
  networkTimeout: v.optional(object),
  tabBar: v.optional(
    v.pipe(noArray, v.looseObject({ list: v.optional(v.array(v.looseObject({ pagePath: v.optional(v.string()) }))) })),
  ),
  customOpen: v.optional(object),
  functionPages: v.optional(v.union([object, v.boolean()])),
  functionalPages: v.optional(v.union([object, v.boolean()])),
  navigateToMiniProgramAppIdList: v.optional(v.array(v.string())),
  plugins: v.optional(
    v.pipe(noArray, v.record(v.string(), v.looseObject({ version: v.string(), provider: v.string() }))),
  ),
  requiredPrivateInfos: v.optional(v.array(v.string())),
  sitemap: v.optional(object),
})

export type ExtJson = v.InferOutput<typeof extJsonSchema>

export interface EffectiveApp {
  readonly pages: readonly string[]
  readonly requiredPrivateInfos: readonly string[]
  readonly navigateToAppids: readonly string[]
}

const STANDARD_KEYS = new Set(['extAppid', 'ext', 'window'])
/** Precise location and fuzzy location rule each other out. */
const PRECISE_APIS = ['getLocation', 'onLocationChange', 'startLocationUpdate', 'startLocationUpdateBackground']

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return refuse(85048)
  }
}

const readExtJson = (text: string): ExtJson => {
  const raw = parse(text)
  refuseUnless(typeof raw === 'object' && raw !== null && !Array.isArray(raw), 85048, 'not an object')
  const result = v.safeParse(extJsonSchema, raw)
  if (result.success) return result.output
  const [issue] = result.issues
  return refuse(85013, `${v.getDotPath(issue) ?? ''}: ${issue.message}`)
}

/** @throws {WechatRefusal} 85013 85045 85046 85047 85048 85310 85311 85312 80067 80082 9402203 */
export const applyExtJson = (
  state: WechatState,
  merchant: Merchant,
  template: Template,
  text: string,
): EffectiveApp => {
  const ext = readExtJson(text)
  if (template.templateType === 1) {
    refuseUnless(
      Object.keys(ext).every((key) => STANDARD_KEYS.has(key)),
      9402203,
    )
  }
  refuseUnless(ext.extAppid === undefined || ext.extAppid === merchant.appid, 85013, 'extAppid is another account')
  const pages = effectivePages(ext, template)
  checkPaths(ext, new Set(pages))
  checkPlugins(state, merchant, ext)
  return {
    pages,
    requiredPrivateInfos: checkPrivateInfos(merchant, ext.requiredPrivateInfos ?? template.code.requiredPrivateInfos),
    navigateToAppids: ext.navigateToMiniProgramAppIdList ?? [],
  }
}

const effectivePages = (ext: ExtJson, template: Template): string[] => {
  const { code } = template
  if (ext.pages !== undefined) {
    refuseUnless(ext.pages.length > 0, 85047)
    refuseUnless(
      ext.pages.every((page) => code.pages.includes(page)),
      85045,
      'pages',
    )
  }
  for (const { root, pages } of ext.subPackages ?? []) {
    const declared = code.subPackages[root.replace(/\/$/, '')]
    refuseUnless(declared !== undefined && pages.every((page) => declared.includes(page)), 85045, 'subPackages')
  }
  const subPackages =
    ext.subPackages === undefined
      ? code.subPackages
      : Object.fromEntries(ext.subPackages.map(({ root, pages }) => [root.replace(/\/$/, ''), pages]))
  return allPagesOf({ ...code, pages: ext.pages ?? code.pages, subPackages })
}

const checkPaths = (ext: ExtJson, pages: ReadonlySet<string>): void => {
  refuseUnless(
    Object.keys(ext.extPages ?? {}).every((path) => pages.has(path)),
    85045,
    'extPages',
  )
  for (const { pagePath } of ext.tabBar?.list ?? []) {
    refuseUnless(pagePath !== undefined && pagePath !== '', 85046)
    refuseUnless(pages.has(pagePath), 85045, 'tabBar')
  }
}

const checkPrivateInfos = (merchant: Merchant, names: readonly string[]): readonly string[] => {
  const known = new Set<string>(LOCATION_APIS)
  refuseUnless(
    names.every((name) => known.has(name)),
    85310,
  )
  refuseUnless(!names.includes('getFuzzyLocation') || !PRECISE_APIS.some((name) => names.includes(name)), 85311)
  refuseUnless(
    names.every((name) => merchant.privacyInterfaces.get(name)?.status !== 2),
    85312,
  )
  return names
}

/** A plugin must exist (some account here) and have been granted to the merchant. */
const checkPlugins = (state: WechatState, merchant: Merchant, ext: ExtJson): void => {
  for (const { provider } of Object.values(ext.plugins ?? {})) {
    const plugin = merchant.plugins.get(provider)
    refuseUnless(plugin !== undefined || state.merchants.has(provider), 80067)
    refuseUnless(plugin?.status === 2, 80082)
  }
}
