import type { ReplyOf, RequestOf } from '../../wechat/endpoints/endpoint.ts'
import { privacy as endpoints } from '../../wechat/endpoints/privacy.ts'
import { callForAuthorizer } from '../authorizers/authorizer-calls.ts'
import { camelKeys } from '../camel-keys.ts'
import type { Platform } from '../platform.ts'
import { sendOrReadBack } from '../read-back.ts'

type Guideline = NonNullable<RequestOf<typeof endpoints.set>['body']>

/** 1 the live guideline, 2 the one of the next version. */
export type PrivacyVersion = 1 | 2

export interface PrivacyInput {
  readonly appid: string
  readonly version: PrivacyVersion
  readonly ownerSetting: Guideline['owner_setting']
  readonly settingList?: NonNullable<Guideline['setting_list']> | undefined
  readonly sdkPrivacyInfoList?: NonNullable<Guideline['sdk_privacy_info_list']> | undefined
}

export async function setPrivacy(platform: Platform, input: PrivacyInput): Promise<void> {
  await sendOrReadBack(
    () => send(platform, input),
    async () => ((await isSet(platform, input)) ? true : undefined),
  )
}

/** What is set already is left alone. */
export async function ensurePrivacy(platform: Platform, input: PrivacyInput): Promise<void> {
  if (!(await isSet(platform, input))) await setPrivacy(platform, input)
}

async function send(platform: Platform, input: PrivacyInput): Promise<true> {
  await callForAuthorizer(platform, input.appid, endpoints.set, {
    body: {
      privacy_ver: input.version,
      owner_setting: input.ownerSetting,
      // WeChat refuses the list for the live version.
      ...(input.version === 2 && { setting_list: input.settingList ?? [] }),
      ...(input.sdkPrivacyInfoList && { sdk_privacy_info_list: input.sdkPrivacyInfoList }),
    },
  })
  return true
}

/** Whether WeChat has it as it is asked for. Of the SDKs' lists it tells too little to say so. */
async function isSet(platform: Platform, input: PrivacyInput): Promise<boolean> {
  if (input.sdkPrivacyInfoList) return false
  const { owner_setting: owner, setting_list: list } = await readPrivacy(platform, input.appid, input.version)
  const present = new Map((list ?? []).map(({ privacy_key: key, privacy_text: text }) => [key, text]))
  const wanted = input.settingList ?? []
  const sameKeys =
    input.version === 1 ||
    (wanted.length === present.size && wanted.every((one) => present.get(one.privacy_key) === one.privacy_text))
  const known: Readonly<Record<string, unknown>> = { ...owner }
  return sameKeys && Object.entries(input.ownerSetting).every(([name, value]) => known[name] === value)
}

export type PrivacySetting = ReplyOf<typeof endpoints.get>

export const readPrivacy = (platform: Platform, appid: string, version: PrivacyVersion): Promise<PrivacySetting> =>
  callForAuthorizer(platform, appid, endpoints.get, { body: { privacy_ver: version } })

/** What WeChat found in the committed code and the guideline does not name. */
export function missingPrivacyKeys({ privacy_list, setting_list }: PrivacySetting): string[] {
  const named = new Set((setting_list ?? []).map(({ privacy_key }) => privacy_key))
  return (privacy_list ?? []).filter((key) => !named.has(key))
}

export async function showPrivacy(platform: Platform, appid: string, version: PrivacyVersion) {
  const setting = await readPrivacy(platform, appid, version)
  return { ...camelKeys(setting), missing: missingPrivacyKeys(setting) }
}
