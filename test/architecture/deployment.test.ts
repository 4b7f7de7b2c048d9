import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import * as v from 'valibot'
import { readFunctionSettings } from '../../local/host/settings.ts'
import { listFunctions } from '../../scripts/build/build.ts'
import { projectFolder } from '../../scripts/build/project-folder.ts'
import { clientFunctions } from '../../scripts/deploy/access-rules.ts'

/** Function, route, time limit in seconds, timer: others rely on them. */
const table = [
  ['receiveTicket', '/wechat/component', 10, undefined],
  ['receiveMessage', '/wechat/message', 10, undefined],
  ['startAuth', '/auth/start', 15, undefined],
  ['authCallback', '/auth/callback', 15, undefined],
  ['bindAuthorizer', undefined, 60, undefined],
  ['commitCode', undefined, 60, undefined],
  ['submitAudit', undefined, 60, undefined],
  ['release', undefined, 60, undefined],
  ['manage', undefined, 60, undefined],
  ['api', '/api/v1', 60, undefined],
  ['mcp', '/mcp', 60, undefined],
  ['refreshTokens', undefined, 60, '0 */5 * * * * *'],
  ['processQueue', undefined, 60, '0 * * * * * *'],
] as const

/** Every variable that a function may need. */
const variables = [
  'COMPONENT_APPID',
  'COMPONENT_APPSECRET',
  'COMPONENT_TOKEN',
  'COMPONENT_AES_KEY',
  'COMPONENT_AES_KEY_PREVIOUS',
  'SEAL_KEYS',
  'PUBLIC_BASE_URL',
  'AUTH_BASE_URL',
  'RETURN_URL_ORIGINS',
  'FORWARDER_SECRET',
  'ADMIN_OPENIDS',
  'REFRESH_IDLE_DAYS',
  'ALERT_WEBHOOK_URL',
  'API_CORS_ORIGINS',
  'WEBHOOK_ALLOW_PRIVATE',
  'WECHAT_API_BASE',
  'WECHAT_PAGE_BASE',
]

const configFile = join(projectFolder, 'cloudbaserc.json')
const readProjectFile = (path: string): Promise<string> => readFile(join(projectFolder, path), 'utf8')

const fileSchema = v.object({
  functionRoot: v.string(),
  functionDefaultConfig: v.object({
    runtime: v.string(),
    handler: v.string(),
    memorySize: v.number(),
    installDependency: v.boolean(),
    publicNetConfig: v.unknown(),
    envVariables: v.record(v.string(), v.string()),
  }),
  functions: v.array(v.looseObject({ name: v.string(), timeout: v.number() })),
})

test('the folders in functions/ are those that others rely on', async () => {
  assert.deepEqual(await listFunctions(join(projectFolder, 'functions')), table.map(([name]) => name).sort())
})

test('what is deployed is this table, with routes, time limits and timers', async () => {
  const deployed = await readFunctionSettings(configFile)
  assert.deepEqual(
    deployed.map(({ name, path, timeLimitSeconds, timers }) => [name, path, timeLimitSeconds, timers[0]?.config]),
    table,
  )
  assert.deepEqual(
    deployed.map(({ timers }) => timers.length).filter((count) => count > 1),
    [],
  )
})

/** Only for the two functions that show pages to merchants. */
const brand = ['BRAND_NAME', 'BRAND_LOGO_URL', 'BRAND_CONTACT']

test('each function has every variable that it needs, and a time limit of its own', async () => {
  for (const settings of await readFunctionSettings(configFile)) {
    const isPage = settings.name === 'startAuth' || settings.name === 'authCallback'
    assert.deepEqual(settings.variables, isPage ? [...variables, ...brand] : variables, settings.name)
  }
  const { functions } = v.parse(fileSchema, JSON.parse(await readProjectFile('cloudbaserc.json')))
  assert.equal(functions.length, 13)
})

test('functions run on Node 20 from the built folder, unpacked, with the fixed address that WeChat knows', async () => {
  const { functionRoot, functionDefaultConfig } = v.parse(
    fileSchema,
    JSON.parse(await readProjectFile('cloudbaserc.json')),
  )
  const { envVariables, ...rest } = functionDefaultConfig
  assert.equal(functionRoot, './dist/functions')
  assert.deepEqual(rest, {
    runtime: 'Nodejs20.19',
    handler: 'index.main',
    memorySize: 256,
    installDependency: false,
    publicNetConfig: { publicNetStatus: 'ENABLE', eipConfig: { eipStatus: 'ENABLE' } },
  })
  assert.deepEqual(
    Object.entries(envVariables),
    variables.map((name) => [name, `{{env.${name}}}`]),
  )
})

test('.env.example lists what the deployment is filled from', async () => {
  const example = await readProjectFile('.env.example')
  assert.deepEqual(
    [...example.matchAll(/^([A-Z_]+)=/gm)].map(([, name]) => name),
    [
      'ENV_ID',
      'TENCENTCLOUD_SECRETID',
      'TENCENTCLOUD_SECRETKEY',
      ...variables.flatMap((name) => (name === 'RETURN_URL_ORIGINS' ? [name, ...brand] : [name])),
    ],
  )
  assert.deepEqual(
    [...example.matchAll(/^[A-Z_]+=(.+)$/gm)].map(([line]) => line),
    [],
  )
})

test('clients may call the functions of admins, and no function that answers HTTP or a timer', () => {
  const admins = table.filter(([, route, , timer]) => route === undefined && timer === undefined)
  assert.deepEqual(
    [...clientFunctions],
    admins.map(([name]) => name),
  )
})
