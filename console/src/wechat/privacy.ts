import * as v from 'valibot'

const words = v.nullish(v.string())

const shape = v.object({
  codeExist: v.nullish(v.number()),
  missing: v.optional(v.array(v.string()), []),
  settingList: v.nullish(v.array(v.object({ privacy_key: v.string(), privacy_text: words, privacy_label: words })), []),
  privacyDesc: v.nullish(
    v.object({
      privacy_desc_list: v.nullish(v.array(v.object({ privacy_key: v.string(), privacy_desc: words })), []),
    }),
  ),
  ownerSetting: v.nullish(
    v.object({
      contact_email: words,
      contact_phone: words,
      contact_qq: words,
      contact_weixin: words,
      notice_method: words,
    }),
  ),
})

export interface Guideline {
  readonly hasCode: boolean
  /** Keys that the code needs and the guideline does not explain. */
  readonly missing: readonly string[]
  readonly purposes: ReadonlyMap<string, string>
  /** What a key stands for, in Chinese. */
  readonly labels: ReadonlyMap<string, string>
  readonly email: string
  readonly phone: string
  readonly notice: string
  /** Ways to get in touch that were set elsewhere and are kept. */
  readonly otherContacts: { readonly contact_qq?: string; readonly contact_weixin?: string }
}

/** The answer of `miniprograms.getPrivacy`. */
export const readGuideline = (answer: unknown): Guideline => {
  const { codeExist, missing, settingList, privacyDesc, ownerSetting } = v.parse(shape, answer)
  const settings = settingList ?? []
  return {
    hasCode: codeExist === 1,
    missing,
    purposes: new Map(settings.map(({ privacy_key, privacy_text }) => [privacy_key, privacy_text ?? ''])),
    labels: new Map([
      ...(privacyDesc?.privacy_desc_list ?? []).map(
        ({ privacy_key, privacy_desc }) => [privacy_key, privacy_desc ?? privacy_key] as const,
      ),
      ...settings.flatMap(({ privacy_key, privacy_label }) =>
        privacy_label ? [[privacy_key, privacy_label] as const] : [],
      ),
    ]),
    email: ownerSetting?.contact_email ?? '',
    phone: ownerSetting?.contact_phone ?? '',
    notice: ownerSetting?.notice_method ?? '',
    otherContacts: {
      ...(ownerSetting?.contact_qq && { contact_qq: ownerSetting.contact_qq }),
      ...(ownerSetting?.contact_weixin && { contact_weixin: ownerSetting.contact_weixin }),
    },
  }
}
