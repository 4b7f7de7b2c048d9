/** Where this console is served. Every script lies in `assets/` below it. */
const consoleUrl: URL = new URL('..', import.meta.url)

/** Without the slash at the end: `/console`. */
export const basePath: string = consoleUrl.pathname.replace(/\/$/, '')

export interface PlaceConfig {
  /** `PUBLIC_BASE_URL` of the platform. */
  readonly apiBaseUrl: string
  /** Whether a demo on this machine signs its visitor in as its owner. */
  readonly demo: boolean
}

const text = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined)

const field = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null ? Object.entries(value).find(([key]) => key === name)?.[1] : undefined

const readJson = async (url: string | URL): Promise<unknown> => {
  try {
    const response = await fetch(url, { cache: 'no-store' })
    return response.ok ? await response.json() : undefined
  } catch {
    return undefined
  }
}

/** `config.json` beside the page; without one, the API is where the page is. */
export const readConfig = async (): Promise<PlaceConfig> => {
  const config = await readJson(new URL('config.json', consoleUrl))
  return {
    apiBaseUrl: text(field(config, 'apiBaseUrl')) ?? consoleUrl.origin,
    demo: field(config, 'demo') === true,
  }
}

/** The session of the demo's owner; only a platform on this machine has one. */
export const readDemoToken = async ({ apiBaseUrl, demo }: PlaceConfig): Promise<string | undefined> =>
  demo ? text(field(await readJson(`${apiBaseUrl}/demo/session`), 'token')) : undefined
