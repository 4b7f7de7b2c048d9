import { isEncodingAesKey } from '../../shared/wechat/envelope.ts'

/** The platform that is looked at, and what WeChat and it share. */
export interface Target {
  /** Without a slash at its end. */
  readonly baseUrl: string
  readonly appid: string
  readonly token: string
  readonly encodingAesKey: string
  /** A simulated WeChat with its side door, if that is where the platform calls. */
  readonly simulator?: string
}

type Environment = Readonly<Record<string, string | undefined>>

/** @throws Error that names the variable, never its value */
export function readTarget(env: Environment, url: string | undefined): Target {
  const encodingAesKey = required(env, 'COMPONENT_AES_KEY')
  if (!isEncodingAesKey(encodingAesKey)) throw new Error('COMPONENT_AES_KEY must be 43 letters and digits')
  const baseUrl = url ?? required(env, 'PUBLIC_BASE_URL')
  if (!/^https?:/.test(baseUrl) || !URL.canParse(baseUrl))
    throw new Error(`${url === undefined ? 'PUBLIC_BASE_URL' : '--url'} must be an http or https URL`)
  const simulator = env['WECHAT_API_BASE']
  return {
    baseUrl: baseUrl.replace(/\/+$/, ''),
    appid: required(env, 'COMPONENT_APPID'),
    token: required(env, 'COMPONENT_TOKEN'),
    encodingAesKey,
    ...(simulator !== undefined && simulator !== '' && { simulator: simulator.replace(/\/+$/, '') }),
  }
}

function required(env: Environment, name: string): string {
  const value = env[name]
  if (value === undefined || value === '')
    throw new Error(
      `${name} is not set. Put it into the environment, as the functions have it; .env.example lists all.`,
    )
  return value
}
