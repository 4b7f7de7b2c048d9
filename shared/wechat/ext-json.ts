/**
 * The `ext_json` of a commit: what this merchant's copy of the template differs in.
 * @see https://developers.weixin.qq.com/miniprogram/dev/devtools/ext.html
 */
import * as v from 'valibot'
import type { Reason } from '../reasons.ts'
import type { Params } from '../words/params.ts'
import { fillVariables } from './fill-variables.ts'

export interface ExtJsonInput {
  readonly extAppid: string
  /** Standard templates take `extAppid`, `ext` and `window` only (9402203). */
  readonly standardTemplate: boolean
  /** The merchant's own data, read with wx.getExtConfigSync(). */
  readonly ext?: Readonly<Record<string, unknown>> | undefined
  /** The other keys of the grammar. */
  readonly extJson?: Readonly<Record<string, unknown>> | undefined
  readonly variables: Readonly<Record<string, string>>
  /** What stands for a variable without a value. Default, and undefined: it is refused. */
  readonly lacking?: (variable: string) => string | undefined
  /** Of these the texts are as they are to be sent. */
  readonly filled?: readonly ('ext' | 'extJson')[]
}

export type ExtJsonReason = Extract<
  Reason,
  | 'EXT_KEY_UNKNOWN'
  | 'MALFORMED_FOR_WECHAT'
  | 'NAME_NOT_ALLOWED'
  | 'NESTED_TOO_DEEPLY'
  | 'NOT_JSON'
  | 'NOT_OBJECT'
  | 'PLACEHOLDER_MALFORMED'
  | 'STANDARD_TEMPLATE_KEY'
  | 'TEXTS_TOO_LONG'
  | 'VARIABLE_MISSING'
>

/** `field` is the path in the caller's input, such as `extJson.tabBar.list`. */
export class ExtJsonRefused extends Error {
  override readonly name = 'ExtJsonRefused'

  constructor(
    readonly field: string,
    readonly reason: ExtJsonReason,
    readonly params: Params = {},
  ) {
    super(`${reason} ${field}`)
  }
}

// A record schema lets lists through.
const noList = v.custom<object>((value) => !Array.isArray(value), 'list')
const record = v.pipe(noList, v.record(v.string(), v.unknown()))
const names = v.array(v.string())

/** What WeChat merges into app.json and the pages; `ext`, `extAppid` and `extEnable` are ours to add. */
const grammar = () =>
  v.strictObject({
    extPages: v.optional(v.record(v.string(), record)),
    pages: v.optional(names),
    subPackages: v.optional(v.array(record)),
    window: v.optional(record),
    networkTimeout: v.optional(record),
    tabBar: v.optional(record),
    customOpen: v.optional(record),
    // Documented with the first spelling, app.json has the second.
    functionPages: v.optional(record),
    functionalPages: v.optional(v.union([record, v.boolean()])),
    navigateToMiniProgramAppIdList: v.optional(names),
    plugins: v.optional(
      v.pipe(noList, v.record(v.string(), v.looseObject({ version: v.string(), provider: v.string() }))),
    ),
    requiredPrivateInfos: v.optional(names),
    sitemap: v.optional(record),
  })

/**
 * The text to send, with `{{name}}` in every text value replaced from `variables`.
 * @throws {ExtJsonRefused}
 */
export const renderExtJson = (copy: ExtJsonInput): string => {
  const { extAppid, standardTemplate, ext, extJson, variables, lacking, filled = [] } = copy
  const others = checkGrammar(extJson ?? {})
  if (standardTemplate) {
    const refused = Object.keys(others).find((key) => key !== 'window')
    if (refused !== undefined) throw new ExtJsonRefused(`extJson.${refused}`, 'STANDARD_TEMPLATE_KEY')
  }
  const filling = {
    variables,
    lacking,
    refuse: (field: string, reason: ExtJsonReason, params?: Params) => new ExtJsonRefused(field, reason, params),
  }
  return JSON.stringify({
    ...(!standardTemplate && { extEnable: true }),
    extAppid,
    ...(ext !== undefined && { ext: filled.includes('ext') ? ext : fillVariables(ext, filling, 'ext') }),
    ...(filled.includes('extJson') ? others : fillVariables(others, filling, 'extJson')),
  })
}

const checkGrammar = (extJson: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> => {
  const result = v.safeParse(grammar(), extJson, { abortEarly: true })
  if (result.success) return extJson
  const [issue] = result.issues
  const path = v.getDotPath(issue)
  const field = path === null ? 'extJson' : `extJson.${path}`
  if (issue.type === 'strict_object' && issue.expected === 'never')
    throw new ExtJsonRefused(field, 'EXT_KEY_UNKNOWN', { known: Object.keys(grammar().entries) })
  if (issue.type === 'custom') throw new ExtJsonRefused(field, 'NOT_OBJECT')
  throw new ExtJsonRefused(field, 'MALFORMED_FOR_WECHAT', { expected: issue.expected ?? 'another value' })
}
