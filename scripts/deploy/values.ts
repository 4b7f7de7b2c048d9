import { join } from 'node:path'
import { parseEnv } from 'node:util'
import type { Config } from '../../shared/config.ts'
import { projectFolder } from '../build/project-folder.ts'
import { fillIn, settingsOf, templatesOf, type Project } from './project.ts'
import { readText } from './read-text.ts'
import { readFunctionConfig, refuseVariables, wrongIf, type WrongVariable } from './variables.ts'
import { DeployError, type Words } from './words.ts'

/** What the deployment is filled from: `.env`, overridden by the process environment. */
export interface Values {
  readonly envId: string
  readonly secretId: string
  readonly secretKey: string
  readonly sessionToken?: string
  readonly region: string
  /** One for each template of cloudbaserc.json; empty where nothing is set. */
  readonly templates: Readonly<Record<string, string>>
  readonly config: Config
  /** What will work and is worth a look. */
  readonly remarks: readonly Words[]
}

type Environment = Readonly<Record<string, string | undefined>>

/** `.env` of the project (or the file that ENV_FILE names) under the process environment. A missing file is empty. */
export async function readEnvironment(env: Environment): Promise<Environment> {
  const file = env['ENV_FILE'] ?? join(projectFolder, '.env')
  const text = await readText(file).catch(() => '')
  const set = Object.entries(env).filter(([, value]) => value !== undefined && value !== '')
  return { ...parseEnv(text), ...Object.fromEntries(set) }
}

/** All that can be said before anything is asked of the cloud, in one go. Never shows a value. @throws DeployError */
export function readValues(project: Project, env: Environment): Values {
  const templates = Object.fromEntries(templatesOf(project).map((name) => [name, env[name] ?? '']))
  const read = readFunctionConfig(templates)
  const broken = Object.keys(templates).filter((name) => breaksJson(templates[name] ?? ''))
  const wrong = [
    ...wrongIf(env, 'ENV_ID', /^[\w-]{1,64}$/),
    ...wrongIf(env, 'TENCENTCLOUD_SECRETID', /^\S+$/),
    ...wrongIf(env, 'TENCENTCLOUD_SECRETKEY', /^\S+$/),
    ...('wrong' in read ? read.wrong : localAddress(read.config)).filter(({ name }) => !broken.includes(name)),
    ...broken.map((name) => ({ name, state: brokenJson })),
  ]
  if ('wrong' in read || wrong.length > 0) throw refuseVariables(wrong)
  refuseTooLong(project, templates)
  const sessionToken = env['TENCENTCLOUD_SESSIONTOKEN']
  return {
    envId: env['ENV_ID'] ?? '',
    secretId: env['TENCENTCLOUD_SECRETID'] ?? '',
    secretKey: env['TENCENTCLOUD_SECRETKEY'] ?? '',
    ...(sessionToken !== undefined && { sessionToken }),
    region: project.region,
    templates,
    config: read.config,
    remarks: remarksOn(templates, env),
  }
}

const localAddress = ({ publicBaseUrl, authBaseUrl }: Config): WrongVariable[] => {
  // Where it is not set, the one is the other.
  const addresses = {
    PUBLIC_BASE_URL: publicBaseUrl,
    ...(authBaseUrl !== publicBaseUrl && { AUTH_BASE_URL: authBaseUrl }),
  }
  return Object.entries(addresses)
    .filter(([, url]) => url.startsWith('http:'))
    .map(([name]) => ({ name, state: { zh: '是本机地址', en: 'is an address of this machine' } }))
}

/** The CLI pastes values into JSON text as they stand. */
const breaksJson = (value: string): boolean => /["\\\p{Cc}]/u.test(value)

const brokenJson: Words = {
  zh: '含有引号、反斜杠或控制字符，会破坏 cloudbaserc.json',
  en: 'holds a quote, a backslash or a control character, which would break cloudbaserc.json',
}

/** Bytes of names and values of all variables of one function. */
const MAX_VARIABLES_BYTES = 4096

function refuseTooLong(project: Project, templates: Readonly<Record<string, string>>): void {
  for (const own of project.functions) {
    const filled = Object.entries(settingsOf(project, own).envVariables).map(
      ([name, text]) => name + fillIn(text, templates),
    )
    const bytes = Buffer.byteLength(filled.join(''))
    if (bytes > MAX_VARIABLES_BYTES)
      throw new DeployError(
        {
          zh: `环境变量共 ${bytes} 字节，云函数最多 ${MAX_VARIABLES_BYTES} 字节`,
          en: `the variables are ${bytes} bytes long, a function takes ${MAX_VARIABLES_BYTES}`,
        },
        { zh: '缩短列表，例如已停用的 SEAL_KEYS', en: 'shorten the lists, such as SEAL_KEYS that are out of use' },
      )
  }
}

function remarksOn(templates: Readonly<Record<string, string>>, env: Environment): Words[] {
  const remarks: Words[] = []
  for (const name of ['WECHAT_API_BASE', 'WECHAT_PAGE_BASE', 'WEBHOOK_ALLOW_PRIVATE'])
    if ((templates[name] ?? '') !== '')
      remarks.push({
        zh: `${name} 仅供本机调试，线上应留空`,
        en: `${name} is for local use; leave it empty in the cloud`,
      })
  if ((env['ADMIN_OPENIDS'] ?? '') === '')
    remarks.push({
      zh: '尚未在 ADMIN_OPENIDS 指定管理员：npm run admin -- put <OPENID> owner',
      en: 'ADMIN_OPENIDS names nobody: npm run admin -- put <OPENID> owner',
    })
  return remarks
}
