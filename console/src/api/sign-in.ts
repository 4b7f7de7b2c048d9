import { MinifleetError } from '../../../client/src/client.ts'
import { rememberedLanguage } from '../text/language.ts'
import type { PlaceConfig } from './place.ts'

/** What the phone scans, and the two digits that are typed there. */
export interface SignInCode {
  readonly sessionId: string
  readonly code: string
  readonly check: string
  readonly expiresAt: string
  /** Hex; never leaves this page but to ask for what came of the code. */
  readonly secret: string
}

export type Decision =
  { readonly state: 'pending' | 'denied' | 'expired' } | { readonly state: 'approved'; readonly token: string }

export async function askToSignIn(place: PlaceConfig): Promise<SignInCode> {
  const secret = crypto.getRandomValues(new Uint8Array(32))
  const secretHash = hex(new Uint8Array(await crypto.subtle.digest('SHA-256', secret)))
  const asked = await post<Omit<SignInCode, 'secret'>>(place, '', { secretHash, browser: nameBrowser(navigator) })
  return { ...asked, secret: hex(secret) }
}

export const askForDecision = (place: PlaceConfig, { sessionId, code, secret }: SignInCode): Promise<Decision> =>
  post<Decision>(place, `/${sessionId}`, { code, secret })

const hex = (bytes: Uint8Array): string => Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')

/** @throws MinifleetError */
async function post<T>({ apiBaseUrl }: PlaceConfig, path: string, input: object): Promise<T> {
  const response = await fetch(`${apiBaseUrl}/api/v1/sessions${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'accept-language': rememberedLanguage() },
    body: JSON.stringify(input),
  }).catch((cause: unknown) => {
    throw new MinifleetError({ code: 'UNREACHABLE', message: 'The platform was not reached' }, { cause })
  })
  const answer = await response.json()
  if (answer.ok !== true) throw new MinifleetError(answer.error)
  return answer.data
}

const browsers: readonly (readonly [mark: RegExp, name: string])[] = [
  [/MicroMessenger/, 'WeChat'],
  [/Edg\//, 'Edge'],
  [/Firefox\//, 'Firefox'],
  [/Chrome\//, 'Chrome'],
  [/Safari\//, 'Safari'],
]

const systems: readonly (readonly [mark: RegExp, name: string])[] = [
  [/Windows/, 'Windows'],
  [/Android/, 'Android'],
  [/iPhone|iPad/, 'iOS'],
  [/Mac OS X/, 'macOS'],
  [/Linux/, 'Linux'],
]

/** As a person would say it: `Chrome, macOS`. */
const nameBrowser = ({ userAgent }: Navigator): string =>
  [browsers, systems].flatMap((known) => known.find(([mark]) => mark.test(userAgent))?.[1] ?? []).join(', ')

/** The id of the session that this token is of; undefined for an API key. */
export const sessionIdOf = (token: string): string | undefined => /^mfs_([0-9a-f]{32})_/.exec(token)?.[1]
