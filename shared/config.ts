import { Failure } from './errors.ts'
import type { SealKey } from './cloudbase/sealing.ts'

/** The variables of docs/deployment.md, read and checked. */
export interface Config {
  readonly componentAppid: string
  readonly componentAppsecret: string
  readonly componentToken: string
  readonly aesKey: string
  readonly previousAesKey?: string
  readonly sealKeys: readonly [SealKey, ...SealKey[]]
  /** Without a slash at its end. */
  readonly publicBaseUrl: string
  /** Where merchants open `/auth/*`: `publicBaseUrl`, unless 微管家 stands before it. Without a slash at its end. */
  readonly authBaseUrl: string
  readonly returnUrlOrigins: readonly string[]
  readonly forwarderSecrets: readonly string[]
  readonly adminOpenids: readonly string[]
  /** 0: none is left alone. */
  readonly refreshIdleDays: number
  readonly alertWebhookUrl?: string
  readonly apiCorsOrigins: readonly string[]
  readonly webhookAllowPrivate: boolean
  readonly brand: Brand
  readonly wechatApiBase?: string
  readonly wechatPageBase?: string
}

/** Of the service provider, on the pages that merchants see. */
export interface Brand {
  readonly name?: string
  /** https. */
  readonly logoUrl?: string
  /** A phone number or an address. */
  readonly contact?: string
}

type Environment = Readonly<Record<string, string | undefined>>

/** Throws `CONFIG_INVALID` that names the variable and never shows its value. */
export function readConfig(env: Environment): Config {
  const previousAesKey = optional(env, 'COMPONENT_AES_KEY_PREVIOUS', matching(aesKeyForm))
  const alertWebhookUrl = optional(env, 'ALERT_WEBHOOK_URL', webUrl)
  const wechatApiBase = optional(env, 'WECHAT_API_BASE', base)
  const wechatPageBase = optional(env, 'WECHAT_PAGE_BASE', base)
  return {
    componentAppid: required(env, 'COMPONENT_APPID', matching(/^wx[\w-]{2,62}$/)),
    componentAppsecret: required(env, 'COMPONENT_APPSECRET', matching(/^[\x21-\x7e]{1,128}$/)),
    componentToken: required(env, 'COMPONENT_TOKEN', matching(/^[\w-]{1,64}$/)),
    aesKey: required(env, 'COMPONENT_AES_KEY', matching(aesKeyForm)),
    ...(previousAesKey !== undefined && { previousAesKey }),
    sealKeys: required(env, 'SEAL_KEYS', sealKeys),
    ...readAddresses(env),
    returnUrlOrigins: optional(env, 'RETURN_URL_ORIGINS', list(origin)) ?? [],
    forwarderSecrets: optional(env, 'FORWARDER_SECRET', list(matching(/^.{32,512}$/))) ?? [],
    adminOpenids: optional(env, 'ADMIN_OPENIDS', list(matching(/^[\w.:@-]{1,128}$/))) ?? [],
    refreshIdleDays: optional(env, 'REFRESH_IDLE_DAYS', days) ?? DEFAULT_IDLE_DAYS,
    ...(alertWebhookUrl !== undefined && { alertWebhookUrl }),
    apiCorsOrigins: optional(env, 'API_CORS_ORIGINS', list(origin)) ?? [],
    webhookAllowPrivate: optional(env, 'WEBHOOK_ALLOW_PRIVATE', yesOrNo) ?? false,
    brand: readBrand(env),
    ...(wechatApiBase !== undefined && { wechatApiBase }),
    ...(wechatPageBase !== undefined && { wechatPageBase }),
  }
}

function readAddresses(env: Environment): Pick<Config, 'publicBaseUrl' | 'authBaseUrl'> {
  const publicBaseUrl = required(env, 'PUBLIC_BASE_URL', publicBase)
  return { publicBaseUrl, authBaseUrl: optional(env, 'AUTH_BASE_URL', publicBase) ?? publicBaseUrl }
}

function readBrand(env: Environment): Brand {
  const name = optional(env, 'BRAND_NAME', matching(/^\P{Cc}{1,64}$/u))
  const logoUrl = optional(env, 'BRAND_LOGO_URL', picture)
  const contact = optional(env, 'BRAND_CONTACT', matching(/^\P{Cc}{1,200}$/u))
  return {
    ...(name !== undefined && { name }),
    ...(logoUrl !== undefined && { logoUrl }),
    ...(contact !== undefined && { contact }),
  }
}

/** Undefined stands for "malformed". */
type Reader<T> = (text: string) => T | undefined

function required<T>(env: Environment, name: string, read: Reader<T>): T {
  const text = env[name]
  if (text === undefined || text === '') throw new Failure('SETTING_MISSING', { params: { variable: name } })
  const value = read(text)
  if (value === undefined) throw new Failure('SETTING_MALFORMED', { params: { variable: name } })
  return value
}

/** Unset and empty are the same: an unresolved template of the deploy tool becomes an empty string. */
function optional<T>(env: Environment, name: string, read: Reader<T>): T | undefined {
  const text = env[name]
  return text === undefined || text === '' ? undefined : required(env, name, read)
}

const aesKeyForm = /^[A-Za-z0-9]{43}$/

const matching =
  (form: RegExp): Reader<string> =>
  (text) =>
    form.test(text) ? text : undefined

const list =
  <T>(read: Reader<T>): Reader<T[]> =>
  (text) => {
    const values: T[] = []
    for (const part of text.split(',')) {
      if (part.trim() === '') continue
      const value = read(part.trim())
      if (value === undefined) return undefined
      values.push(value)
    }
    return values
  }

/** What is used every week finds a fresh token: docs/costs.md. */
const DEFAULT_IDLE_DAYS = 10

const days: Reader<number> = (text) => (/^(?:0|[1-9]\d{0,3})$/.test(text) ? Number(text) : undefined)

const yesOrNo: Reader<boolean> = (text) => (text === 'true' ? true : text === 'false' ? false : undefined)

function parseUrl(text: string): URL | undefined {
  if (/\s|\\/.test(text) || !URL.canParse(text)) return undefined
  const url = new URL(text)
  const isWeb = url.protocol === 'https:' || url.protocol === 'http:'
  return isWeb && url.username === '' && url.password === '' && url.hash === '' ? url : undefined
}

const webUrl: Reader<string> = (text) => {
  const url = parseUrl(text)
  return url && (url.protocol === 'https:' || isLoopback(url)) ? url.href : undefined
}

/** Its origin goes into a header. */
const picture: Reader<string> = (text) => {
  const url = parseUrl(text)
  return url?.protocol === 'https:' && !/[;,*]/.test(url.host) ? url.href : undefined
}

/** Origins are compared as they are: one with a `*` would never match. */
const origin: Reader<string> = (text) => {
  const url = parseUrl(text)
  return url && url.pathname === '/' && url.search === '' && !url.hostname.includes('*') ? url.origin : undefined
}

const base: Reader<string> = (text) => {
  const url = parseUrl(text)
  // The empty query of `https://h/?` is no part of `search`.
  return url && !/[?#]/.test(text) ? url.href.replace(/\/+$/, '') : undefined
}

const publicBase: Reader<string> = (text) => {
  const url = parseUrl(text)
  return url && (url.protocol === 'https:' || isLoopback(url)) ? base(text) : undefined
}

const isLoopback = (url: URL): boolean =>
  url.hostname === 'localhost' || url.hostname === '[::1]' || /^127(\.\d{1,3}){3}$/.test(url.hostname)

/** True where cookies must do without `Secure`: http on a loopback address. */
export const isPlainLoopback = (baseUrl: string): boolean => {
  const url = new URL(baseUrl)
  return url.protocol === 'http:' && isLoopback(url)
}

const sealKeys: Reader<readonly [SealKey, ...SealKey[]]> = (text) => {
  const keys: SealKey[] = []
  for (const part of text.split(',')) {
    const match = /^([\w-]{1,32}):([A-Za-z0-9+/_-]{43}=?)$/.exec(part.trim())
    if (!match) return undefined
    const [, id = '', encoded = ''] = match
    const secret = Buffer.from(encoded, 'base64')
    if (secret.length !== 32 || keys.some((key) => key.id === id)) return undefined
    keys.push({ id, secret })
  }
  const [first, ...others] = keys
  return first && [first, ...others]
}
