import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parseEnv } from 'node:util'
import { readConfig, type Config } from '../../shared/config.ts'
import { isFailure } from '../../shared/errors.ts'
import { projectFolder } from '../build/project-folder.ts'
import { fillIn, settingsOf, templatesOf, type Project } from './project.ts'
import { DeployError, messageOf, type Words } from './words.ts'

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

export const credentialNames = ['TENCENTCLOUD_SECRETID', 'TENCENTCLOUD_SECRETKEY', 'TENCENTCLOUD_SESSIONTOKEN'] as const

type Environment = Readonly<Record<string, string | undefined>>

/** `.env` of the project (or the file that ENV_FILE names) under the process environment. A missing file is empty. */
export async function readEnvironment(env: Environment): Promise<Environment> {
  const file = env['ENV_FILE'] ?? join(projectFolder, '.env')
  const text = await readFile(file, 'utf8').catch(() => '')
  const set = Object.entries(env).filter(([, value]) => value !== undefined && value !== '')
  return { ...parseEnv(text), ...Object.fromEntries(set) }
}

const putInEnv = (name: string): Words => ({
  zh: `在 .env 中填写 ${name}（见 .env.example）`,
  en: `set ${name} in .env (.env.example explains it)`,
})

/** All that can be said before anything is asked of the cloud. Never shows a value. @throws DeployError */
export function readValues(project: Project, env: Environment): Values {
  const templates = Object.fromEntries(templatesOf(project).map((name) => [name, env[name] ?? '']))
  for (const [name, value] of Object.entries(templates)) refuseBrokenJson(name, value)
  const config = readFunctionConfig(templates)
  if (config.publicBaseUrl.startsWith('http:'))
    throw new DeployError(
      { zh: 'PUBLIC_BASE_URL 是本机地址', en: 'PUBLIC_BASE_URL is an address of this machine' },
      { zh: '填写 HTTP 访问服务的 https 地址', en: 'set the https address of the HTTP routes' },
    )
  refuseTooLong(project, templates)
  const sessionToken = env['TENCENTCLOUD_SESSIONTOKEN']
  return {
    envId: need(env, 'ENV_ID', /^[\w-]{1,64}$/),
    secretId: need(env, 'TENCENTCLOUD_SECRETID', /^\S+$/),
    secretKey: need(env, 'TENCENTCLOUD_SECRETKEY', /^\S+$/),
    ...(sessionToken !== undefined && { sessionToken }),
    region: project.region,
    templates,
    config,
    remarks: remarksOn(templates, env),
  }
}

function need(env: Environment, name: string, form: RegExp): string {
  const value = env[name] ?? ''
  if (form.test(value)) return value
  const state = value === '' ? { zh: '未设置', en: 'is not set' } : { zh: '格式不对', en: 'is malformed' }
  throw new DeployError({ zh: `${name} ${state.zh}`, en: `${name} ${state.en}` }, putInEnv(name))
}

/** The CLI pastes values into JSON text as they stand. */
function refuseBrokenJson(name: string, value: string): void {
  if (!/["\\\p{Cc}]/u.test(value)) return
  throw new DeployError(
    {
      zh: `${name} 含有引号、反斜杠或控制字符，会破坏 cloudbaserc.json`,
      en: `${name} holds a quote, a backslash or a control character, which would break cloudbaserc.json`,
    },
    { zh: `修改 ${name}`, en: `change ${name}` },
  )
}

function readFunctionConfig(templates: Environment): Config {
  try {
    return readConfig(templates)
  } catch (error) {
    if (!isFailure(error)) throw error
    const name = /variable (\w+)/.exec(messageOf(error))?.[1] ?? ''
    throw new DeployError({ zh: `${name} 未设置或格式不对`, en: messageOf(error) }, putInEnv(name), error)
  }
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
