import * as v from 'valibot'

export const serverKinds = [
  'requestDomains',
  'wsRequestDomains',
  'uploadDomains',
  'downloadDomains',
  'udpDomains',
  'tcpDomains',
] as const

export type ServerKind = (typeof serverKinds)[number]

const list = v.optional(v.array(v.string()), [])
const refused = { invalidDomains: list, noIcpDomains: list }

const serverShape = v.object({
  requestDomains: list,
  wsRequestDomains: list,
  uploadDomains: list,
  downloadDomains: list,
  udpDomains: list,
  tcpDomains: list,
  platformDomain: v.optional(v.object({ published: list })),
  ...refused,
})

export interface DomainLists<K extends string> {
  readonly lists: Readonly<Record<K, readonly string[]>>
  /** Hosts that the platform may hand out. */
  readonly onPlatform: readonly string[]
  /** WeChat did not take these. */
  readonly refused: readonly string[]
}

/** The answer of `miniprograms.setServerDomains`. */
export const readServerDomains = (answer: unknown): DomainLists<ServerKind> => {
  const { platformDomain, invalidDomains, noIcpDomains, ...lists } = v.parse(serverShape, answer)
  return { lists, onPlatform: platformDomain?.published ?? [], refused: [...invalidDomains, ...noIcpDomains] }
}

const webviewShape = v.object({
  domains: list,
  platformWebviewdomain: v.optional(v.object({ published: list })),
  ...refused,
})

/** The answer of `miniprograms.setWebviewDomains`. */
export const readWebviewDomains = (answer: unknown): DomainLists<'webviewDomains'> => {
  const { domains, platformWebviewdomain, invalidDomains, noIcpDomains } = v.parse(webviewShape, answer)
  return {
    lists: { webviewDomains: domains },
    onPlatform: platformWebviewdomain?.published ?? [],
    refused: [...invalidDomains, ...noIcpDomains],
  }
}

const shape = v.object({
  published: v.optional(list, []),
  testing: v.optional(list, []),
  invalid: list,
  confirmFile: v.optional(v.object({ file_name: v.string(), file_content: v.string() })),
  hint: v.optional(v.string()),
})

/** The answer of `platform.setServerDomains` and `platform.setWebviewDomains`. */
export type PlatformDomainLists = v.InferOutput<typeof shape>

export const readPlatformDomains = (answer: unknown): PlatformDomainLists => v.parse(shape, answer)

export interface PlatformDomain {
  readonly domain: string
  readonly published: boolean
  readonly testing: boolean
}

/** One entry a domain, wherever it stands. */
export const entriesOf = ({ published, testing }: PlatformDomainLists): readonly PlatformDomain[] =>
  [...new Set([...published, ...testing])]
    .toSorted((a, b) => a.localeCompare(b))
    .map((domain) => ({ domain, published: published.includes(domain), testing: testing.includes(domain) }))
