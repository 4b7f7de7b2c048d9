import { refuseVariables, wrongIf } from '../deploy/variables.ts'

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

/** @throws DeployError that names all that is missing, never a value */
export function readTarget(env: Environment, url: string | undefined): Target {
  const address = { PUBLIC_BASE_URL: url ?? env['PUBLIC_BASE_URL'] }
  const wrong = [
    ...wrongIf(env, 'COMPONENT_APPID', /./),
    ...wrongIf(env, 'COMPONENT_TOKEN', /./),
    ...wrongIf(env, 'COMPONENT_AES_KEY', /^[A-Za-z0-9]{43}$/),
    ...wrongIf(address, 'PUBLIC_BASE_URL', /^https?:\/\/\S+$/),
  ]
  if (wrong.length > 0) throw refuseVariables(wrong)
  const simulator = env['WECHAT_API_BASE'] ?? ''
  return {
    baseUrl: address.PUBLIC_BASE_URL?.replace(/\/+$/, '') ?? '',
    appid: env['COMPONENT_APPID'] ?? '',
    token: env['COMPONENT_TOKEN'] ?? '',
    encodingAesKey: env['COMPONENT_AES_KEY'] ?? '',
    ...(simulator !== '' && { simulator: simulator.replace(/\/+$/, '') }),
  }
}
