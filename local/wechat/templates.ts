import type { EpochMs } from '../../shared/time.ts'
import type { WechatState } from './state.ts'
import { nextNumber, nowOf } from './state.ts'

/** What a code package holds, as far as WeChat looks at it. */
export interface CodePackage {
  readonly pages: readonly string[]
  /** root → pages below it */
  readonly subPackages: Readonly<Record<string, readonly string[]>>
  /** Privacy keys that the scan finds (`privacy_list`). */
  readonly privacyKeys: readonly string[]
  /** Location APIs that the code calls; must be granted and stand in requiredPrivateInfos. */
  readonly privateApis: readonly string[]
  /** requiredPrivateInfos of the package's own app.json. */
  readonly requiredPrivateInfos: readonly string[]
  /** Calls navigateToMiniProgram for appids that app.json does not list (85087 unless ext_json does). */
  readonly navigatesTo: readonly string[]
  /** Uploaded broken (85043) or over the size limit (85044). */
  readonly flaw?: 'broken' | 'tooLarge'
}

export interface Draft {
  readonly draftId: number
  readonly userVersion: string
  readonly userDesc: string
  readonly sourceAppid: string
  readonly sourceName: string
  readonly developer: string
  readonly createdAt: EpochMs
  readonly code: CodePackage
}

export interface Template extends Draft {
  readonly templateId: number
  readonly templateType: 0 | 1
}

export interface NewDraft extends Partial<CodePackage> {
  readonly userVersion?: string
  readonly userDesc?: string
  readonly sourceAppid?: string
  readonly sourceName?: string
  readonly developer?: string
}

/** A developer's upload: replaces the former draft of the same dev mini-program. */
export const createDraft = (state: WechatState, given: NewDraft = {}): Draft => {
  const draft: Draft = {
    draftId: nextNumber(state),
    userVersion: given.userVersion ?? '1.0.0',
    userDesc: given.userDesc ?? '首个版本',
    sourceAppid: given.sourceAppid ?? 'wx00dev0000000001',
    sourceName: given.sourceName ?? '开发小程序',
    developer: given.developer ?? '小陈',
    createdAt: nowOf(state),
    code: {
      pages: given.pages ?? ['pages/index/index', 'pages/mine/mine'],
      subPackages: given.subPackages ?? {},
      privacyKeys: given.privacyKeys ?? [],
      privateApis: given.privateApis ?? [],
      requiredPrivateInfos: given.requiredPrivateInfos ?? [],
      navigatesTo: given.navigatesTo ?? [],
      ...(given.flaw === undefined ? {} : { flaw: given.flaw }),
    },
  }
  const former = state.drafts.findIndex((other) => other.sourceAppid === draft.sourceAppid)
  if (former >= 0) state.drafts.splice(former, 1)
  state.drafts.push(draft)
  return draft
}

export const addTemplate = (state: WechatState, draft: Draft, templateType: 0 | 1): Template => {
  const newest = Math.max(0, ...state.templates.map((template) => template.templateId))
  const template = { ...draft, templateId: newest + 1, templateType, createdAt: nowOf(state) }
  state.templates.push(template)
  return template
}

export const allPagesOf = (code: CodePackage): string[] => [
  ...code.pages,
  ...Object.entries(code.subPackages).flatMap(([root, pages]) => pages.map((page) => `${root}/${page}`)),
]
