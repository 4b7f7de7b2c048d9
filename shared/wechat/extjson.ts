/**
 * The `ext_json` of a commit: what this merchant's copy of the template differs in.
 * @see https://developers.weixin.qq.com/miniprogram/dev/devtools/ext.html
 */
import * as v from 'valibot'
import { fillVariables } from './variables.ts'

export interface ExtJsonWish {
  readonly extAppid: string
  /** Standard templates take `extAppid`, `ext` and `window` only (9402203). */
  readonly standardTemplate: boolean
  /** The merchant's own data, read with wx.getExtConfigSync(). */
  readonly ext?: Readonly<Record<string, unknown>> | undefined
  /** The other keys of the grammar. */
  readonly extJson?: Readonly<Record<string, unknown>> | undefined
  readonly variables: Readonly<Record<string, string>>
}

/** `field` is the path in the caller's input, such as `extJson.tabBar.list`. */
export class ExtJsonRefused extends Error {
  override readonly name = 'ExtJsonRefused'

  constructor(
    readonly field: string,
    message: string,
  ) {
    super(message)
  }
}

// A record schema lets lists through.
const noList = v.custom<object>((value) => !Array.isArray(value), 'expected an object, not a list')
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
export const renderExtJson = ({ extAppid, standardTemplate, ext, extJson, variables }: ExtJsonWish): string => {
  const others = checkGrammar(extJson ?? {})
  if (standardTemplate) {
    const refused = Object.keys(others).find((key) => key !== 'window')
    if (refused !== undefined)
      throw new ExtJsonRefused(`extJson.${refused}`, 'A standard template takes only ext and window')
  }
  const filling = { variables, refuse: (field: string, message: string) => new ExtJsonRefused(field, message) }
  return JSON.stringify({
    ...(!standardTemplate && { extEnable: true }),
    extAppid,
    ...(ext !== undefined && { ext: fillVariables(ext, filling, 'ext') }),
    ...fillVariables(others, filling, 'extJson'),
  })
}

const checkGrammar = (extJson: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> => {
  const result = v.safeParse(grammar(), extJson, { abortEarly: true })
  if (result.success) return extJson
  const [issue] = result.issues
  const path = v.getDotPath(issue)
  const known =
    issue.type === 'strict_object' && issue.expected === 'never'
      ? `; known are ${Object.keys(grammar().entries).join(', ')}`
      : ''
  throw new ExtJsonRefused(
    path === null ? 'extJson' : `extJson.${path}`,
    `${path ?? 'extJson'}: ${reasonOf(issue)}${known}`,
  )
}

const reasonOf = (issue: v.BaseIssue<unknown>): string => {
  if (issue.type === 'custom') return issue.message
  return issue.type === 'strict_object' && issue.expected === 'never'
    ? 'unknown key'
    : `expected ${issue.expected ?? 'another value'}`
}
