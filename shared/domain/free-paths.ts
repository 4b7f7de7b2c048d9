/** WeChat's paths that hand out, list or use up credentials: tokens, tickets, codes, session keys, secrets. */
const refused: readonly RegExp[] = [
  // Tickets, component token, authorizer token, codes, the list of refresh tokens.
  /\/(?:api_)?(?:start_push_ticket|create_preauthcode|query_auth|get_authorizer_list)$/,
  /token$/,
  /\/getticket$/,
  // Logins of users and administrators.
  /^\/sns(?:\/|$)/,
  /(?:code2session|sessionkey|encryptkey|checksession)$/,
  // By the app secret.
  /\/clear_quota\/v2$/,
  /secret/,
  // Uploads by a signature, the console of a data service.
  /\/getuploadsignature$/,
  /\/wedata_login$/,
  // Answers an authorization code.
  /^\/cgi-bin\/account\/fastregister$/,
]

/** Plain segments only: nothing that some server might read as another path. */
export const isPlainPath = (path: string): boolean => /^(?:\/[A-Za-z0-9_-]{1,64}){1,8}$/.test(path)

/** Whatever the case: WeChat's servers may not mind it. */
export const isCredentialPath = (path: string): boolean => refused.some((pattern) => pattern.test(path.toLowerCase()))

/** The path of the first member, at any depth, that is named like a credential and is not among the names that are known. */
export function credentialNameIn(value: unknown, path: string, known?: ReadonlySet<string>): string | undefined {
  if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) {
      const found = credentialNameIn(item, `${path}.${index}`, known)
      if (found !== undefined) return found
    }
    return undefined
  }
  if (typeof value !== 'object' || value === null) return undefined
  for (const [name, member] of Object.entries(value)) {
    const place = `${path}.${name}`
    if (isCredentialName(name) && !known?.has(name)) return place
    const found = credentialNameIn(member, place, known)
    if (found !== undefined) return found
  }
  return undefined
}

const isCredentialName = (name: string): boolean =>
  /(?:(?:access|refresh)_?token|secret)$/.test(name.toLowerCase().replaceAll(/[^a-z0-9_]/g, ''))

/** Members that never leave: WeChat's names for what this platform keeps to itself. */
const dropped =
  /(?:(?:access|refresh)_?token|secret|session_?key|encrypt_?key|verify_?ticket|auth_?code|authorization_?code|pre_?auth_?code)$/i

/** Whole names of credentials of clouds and storages; as parts of longer names they mean other things. */
const droppedNames = new Set(
  'token sessiontoken session_token secretid secret_id secretkey secret_key tmpsecretid tmpsecretkey authorization signed_url'.split(
    ' ',
  ),
)

/** Here they are what was asked for: a place for one file. */
const uploadPaths = new Set(['/tcb/uploadfile', '/componenttcb/uploadfile', '/componenttcb/staticuploadfile'])

/** The same inside texts that quote a request or an answer, as `openapi/rid/get` does. */
const quoted =
  /((?:(?:access|refresh)_?token|secret|session_?key|verify_?ticket|auth_?code|authorization_?code)(?:\\*["'])?\s*[:=]\s*(?:\\*["'])?)[^"'&\s,}\\]+/gi
const marked = /(?:refreshtoken|ticket|queryauthcode|preauthcode)@@@[\w-]+/g

/** WeChat's answer to a call of this path, without credentials. */
export function withoutCredentials(value: object, path?: string): object
export function withoutCredentials(value: unknown, path?: string): unknown
export function withoutCredentials(value: unknown, path = ''): unknown {
  if (typeof value === 'string') return value.replaceAll(quoted, '$1***').replaceAll(marked, '***')
  if (Array.isArray(value)) return value.map((item: unknown) => withoutCredentials(item, path))
  if (typeof value !== 'object' || value === null) return value
  const isUpload = uploadPaths.has(path.toLowerCase())
  const isCredential = (name: string): boolean =>
    dropped.test(name) || (!isUpload && droppedNames.has(name.toLowerCase()))
  return Object.fromEntries(
    Object.entries(value)
      .filter(([name]) => !isCredential(name))
      .map(([name, member]: [string, unknown]) => [name, withoutCredentials(member, path)]),
  )
}
