import * as v from 'valibot'

const list = v.optional(v.array(v.string()), [])

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
