import { createContext, use } from 'react'
import { createClient, type Minifleet } from '../../../client/src/client.ts'
import { rememberedLanguage } from '../text/language.ts'
import type { PlaceConfig } from './place.ts'

export interface Session {
  readonly client: Minifleet
  readonly apiBaseUrl: string
  /** On this machine, with a simulated WeChat. */
  readonly demo: boolean
  /** Ends the session, or forgets the key. `expired`: the platform did not accept it any more. */
  readonly signOut: (reason?: 'expired') => void
}

/** The tab's own storage: it goes when the tab does. */
const storageName = 'minifleet.token'

export const storedToken = (): string | undefined => sessionStorage.getItem(storageName) ?? undefined

export const storeToken = (token: string | undefined): void => {
  if (token === undefined) sessionStorage.removeItem(storageName)
  else sessionStorage.setItem(storageName, token)
}

export const clientFor = ({ apiBaseUrl }: PlaceConfig, token: string): Minifleet =>
  createClient({
    baseUrl: apiBaseUrl,
    apiKey: token,
    attempts: 2,
    timeoutMs: 60_000,
    language: rememberedLanguage,
    fetch: (...given) => fetch(...given),
  })

export const SessionContext = createContext<Session | undefined>(undefined)

export const useSession = (): Session => {
  const session = use(SessionContext)
  if (!session) throw new Error('nobody is signed in')
  return session
}
