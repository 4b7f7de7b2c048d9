import * as v from 'valibot'

const list = <S extends v.GenericSchema>(item: S) => v.pipe(v.array(item), v.readonly())

const pairs = list(v.object({ name: v.string(), value: v.string() }))

/** Lists of domains as they are typed, one a line. */
export const domainKinds = [
  'requestDomains',
  'wsRequestDomains',
  'uploadDomains',
  'downloadDomains',
  'webviewDomains',
] as const
export type DomainKind = (typeof domainKinds)[number]

/** What a person has to allow, as `rollouts.create` takes it. */
export const warningCodes = [
  'DIFFERENT_SOURCE',
  'OLDER_VERSION',
  'EXT_KEYS_LOST',
  'VARIABLE_EMPTY',
  'NOTICE_OPEN',
  'LIVE_UNKNOWN',
] as const
export type WarningCode = (typeof warningCodes)[number]

export const contactKinds = ['contact_phone', 'contact_email', 'contact_weixin', 'contact_qq'] as const

/** What is done when the new version has more errors. */
export const guardChoices = ['none', 'pause', 'rollback'] as const

const draftShape = v.object({
  templateId: v.optional(v.number()),
  version: v.string(),
  description: v.string(),
  name: v.string(),
  /** What the template proposes for the three above; what was changed by hand stays when another is chosen. */
  suggestion: v.optional(
    v.object({ templateId: v.number(), version: v.string(), description: v.string(), name: v.string() }),
  ),
  audience: v.picklist(['all', 'filter', 'pick']),
  liveVersion: v.string(),
  attributes: pairs,
  /** In the order in which they were ticked. */
  picked: list(v.object({ appid: v.string(), nickName: v.string() })),
  editor: v.picklist(['form', 'json']),
  ext: pairs,
  extJson: v.string(),
  domains: v.object({
    requestDomains: v.string(),
    wsRequestDomains: v.string(),
    uploadDomains: v.string(),
    downloadDomains: v.string(),
    webviewDomains: v.string(),
  }),
  privacy: v.boolean(),
  contactKind: v.picklist(contactKinds),
  contact: v.string(),
  noticeMethod: v.string(),
  privacyList: pairs,
  /** Ends of the waves before the last, which is 100; nobody chose: careful ones. */
  waves: v.optional(list(v.string())),
  nextWaveWhen: v.optional(v.picklist(['approved', 'released'])),
  maxFailures: v.string(),
  quotaReserve: v.string(),
  autoSubmit: v.boolean(),
  autoRelease: v.boolean(),
  allow: list(v.picklist(warningCodes)),
  gray: v.boolean(),
  guard: v.picklist(guardChoices),
  /** `YYYY-MM-DD HH:MM` and `HH:MM` of this computer's zone; empty: at once, never. */
  startAt: v.string(),
  quietFrom: v.string(),
  quietTo: v.string(),
})

/** What the wizard has been told so far, as it was typed. */
export type Draft = v.InferOutput<typeof draftShape>

export const emptyDraft: Draft = {
  version: '',
  description: '',
  name: '',
  audience: 'all',
  liveVersion: '',
  attributes: [],
  picked: [],
  editor: 'form',
  ext: [],
  extJson: '{}',
  domains: { requestDomains: '', wsRequestDomains: '', uploadDomains: '', downloadDomains: '', webviewDomains: '' },
  privacy: false,
  contactKind: 'contact_phone',
  contact: '',
  noticeMethod: '弹窗',
  privacyList: [],
  maxFailures: '',
  quotaReserve: '0',
  autoSubmit: true,
  autoRelease: false,
  allow: [],
  gray: false,
  guard: 'none',
  startAt: '',
  quietFrom: '',
  quietTo: '',
}

export const attributesOf = ({ attributes }: Draft): Readonly<Record<string, string>> =>
  Object.fromEntries(attributes.map(({ name, value }) => [name.trim(), value]))

const storageName = 'minifleet.rolloutDraft'

/** The one this tab remembers; nothing where it was written by another version of this page. */
export const readDraft = (): Draft | undefined => {
  const text = sessionStorage.getItem(storageName)
  if (text === null) return undefined
  try {
    const found = v.safeParse(draftShape, JSON.parse(text))
    return found.success ? found.output : undefined
  } catch {
    return undefined
  }
}

export const keepDraft = (draft: Draft): void => sessionStorage.setItem(storageName, JSON.stringify(draft))

export const forgetDraft = (): void => sessionStorage.removeItem(storageName)
