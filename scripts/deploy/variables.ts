import { readConfig, type Config } from '../../shared/config.ts'
import { isFailure } from '../../shared/errors.ts'
import { both, DeployError, type Words } from './words.ts'

type Environment = Readonly<Record<string, string | undefined>>

/** What a variable has to look like, and a value that does. */
interface Form extends Words {
  readonly sample: string
}

const key = { zh: '43 位字母和数字', en: '43 letters and digits', sample: 'a'.repeat(43) }
const origins = {
  zh: '来源，逗号分隔，如 https://shop.example.com',
  en: 'origins, comma-separated, such as https://shop.example.com',
  sample: '',
}
const webAddress = { zh: 'https 地址', en: 'an https address', sample: '' }

const forms: Readonly<Record<string, Form>> = {
  COMPONENT_APPID: { zh: 'wx 加 16 位十六进制字符', en: 'wx and 16 hex digits', sample: 'wx0000000000000000' },
  COMPONENT_APPSECRET: { zh: '32 位字符，无空格', en: '32 characters without blanks', sample: 'a'.repeat(32) },
  COMPONENT_TOKEN: { zh: '3-32 位字母和数字', en: '3 to 32 letters and digits', sample: 'token' },
  COMPONENT_AES_KEY: key,
  COMPONENT_AES_KEY_PREVIOUS: { ...key, sample: '' },
  SEAL_KEYS: {
    zh: 'id:base64（32 字节），逗号分隔；npm run keys 可生成',
    en: 'id:base64 of 32 bytes, comma-separated; npm run keys makes one',
    sample: `k1:${'A'.repeat(43)}=`,
  },
  PUBLIC_BASE_URL: {
    zh: 'HTTP 访问服务的 https 地址，如 https://fleet.example.com',
    en: 'the https address of the HTTP routes, such as https://fleet.example.com',
    sample: 'https://fleet.example.com',
  },
  RETURN_URL_ORIGINS: origins,
  API_CORS_ORIGINS: origins,
  FORWARDER_SECRET: { zh: '至少 32 个字符', en: 'at least 32 characters', sample: '' },
  ADMIN_OPENIDS: { zh: 'OPENID，逗号分隔', en: 'OPENIDs, comma-separated', sample: '' },
  REFRESH_IDLE_DAYS: {
    zh: '天数（整数；不填为 10，0 表示全部保持新鲜）',
    en: 'a whole number of days (10 where it is empty; 0 keeps all fresh)',
    sample: '',
  },
  ALERT_WEBHOOK_URL: webAddress,
  BRAND_NAME: { zh: '1-64 个字符', en: '1 to 64 characters', sample: '' },
  BRAND_LOGO_URL: { zh: '图片的 https 地址', en: 'the https address of a picture', sample: '' },
  BRAND_CONTACT: {
    zh: '电话或地址，最多 200 个字符',
    en: 'a phone number or address of 200 characters at most',
    sample: '',
  },
  WEBHOOK_ALLOW_PRIVATE: { zh: 'true 或 false', en: 'true or false', sample: '' },
  WECHAT_API_BASE: webAddress,
  WECHAT_PAGE_BASE: webAddress,
  ENV_ID: { zh: '云开发控制台 → 环境 ID', en: 'the environment ID of the CloudBase console', sample: '' },
  TENCENTCLOUD_SECRETID: { zh: '腾讯云密钥的 SecretId', en: 'the SecretId of a Tencent Cloud key', sample: '' },
  TENCENTCLOUD_SECRETKEY: { zh: '腾讯云密钥的 SecretKey', en: 'the SecretKey of a Tencent Cloud key', sample: '' },
  MINIFLEET_API_KEY: {
    zh: '平台的 API 密钥，mf_ 开头，由此生成：npm run admin -- key NAME operator',
    en: 'an API key of the platform, mf_…, made by: npm run admin -- key NAME operator',
    sample: '',
  },
}

export interface WrongVariable {
  readonly name: string
  readonly state: Words
}

export const unset: Words = { zh: '未设置', en: 'is not set' }
export const malformed: Words = { zh: '格式不对', en: 'is malformed' }

export const wrongIf = (env: Environment, name: string, form: RegExp): WrongVariable[] => {
  const value = env[name] ?? ''
  if (form.test(value)) return []
  return [{ name, state: value === '' ? unset : malformed }]
}

/** The configuration as the functions read it, or all variables that they would refuse. */
export function readFunctionConfig(
  env: Environment,
): { readonly config: Config } | { readonly wrong: WrongVariable[] } {
  const wrong: WrongVariable[] = []
  let tried = env
  for (;;) {
    try {
      const config = readConfig(tried)
      return wrong.length === 0 ? { config } : { wrong }
    } catch (error) {
      const name = isFailure(error, 'CONFIG_INVALID') ? error.params?.['variable'] : undefined
      if (typeof name !== 'string' || wrong.some((other) => other.name === name)) throw error
      wrong.push({ name, state: (env[name] ?? '') === '' ? unset : malformed })
      // The functions stop at the first; with a good one in its place they name the next.
      tried = { ...tried, [name]: forms[name]?.sample ?? '' }
    }
  }
}

const fillIn: Words = {
  zh: '在 .env 中填写（见 .env.example）',
  en: 'set them in .env (.env.example explains each)',
}

/** Names them all, each with the form that is wanted; never a value. */
export function refuseVariables(wrong: readonly WrongVariable[], cure: Words = fillIn): DeployError {
  const lines = wrong.map(({ name, state }) => {
    const form = forms[name]
    return `  - ${name} ${both(state)}${form === undefined ? '' : `\n      ${both(form)}`}`
  })
  const count = wrong.length
  const what = {
    zh: `${count} 个变量未设置或格式不对`,
    en: `${count} variable${count === 1 ? ' is' : 's are'} missing or malformed`,
  }
  return new DeployError(what, cure, undefined, lines)
}
