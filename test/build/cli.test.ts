import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { once } from 'node:events'
import { copyFile, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { buildFunctions } from '../../scripts/build/build.ts'
import { projectFolder } from '../../scripts/build/project-folder.ts'
import { preloading } from '../fixtures/preloading.ts'

/** What the CLI asks of the cloud before each command: which environments the account has. */
const environments = {
  Response: {
    RequestId: 'r',
    EnvList: [
      {
        EnvId: 'fleet-env',
        Region: 'ap-shanghai',
        Status: 'NORMAL',
        Functions: [{ Namespace: 'fleet-env', Region: 'ap-shanghai' }],
        Storages: [],
        Databases: [],
      },
    ],
  },
}

const cloud = createServer((request, response) => {
  request.resume()
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(environments))
})

let folder: string
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'minifleet-cli-'))
  await once(cloud.listen(0, '127.0.0.1'), 'listening')
  await buildFunctions()
  await symlink(join(projectFolder, 'dist'), join(folder, 'dist'))
  await copyFile(join(projectFolder, 'cloudbaserc.json'), join(folder, 'cloudbaserc.json'))
  await writeFile(join(folder, '.env'), 'ENV_ID=fleet-env\nCOMPONENT_APPID=wx0123456789abcdef\n')
})
after(async () => {
  cloud.close()
  cloud.closeAllConnections()
  await rm(folder, { recursive: true, force: true })
})

const tcb = async (...args: string[]): Promise<string> => {
  const address = cloud.address()
  if (address === null || typeof address === 'string') throw new Error('a TCP port is expected')
  const offline = fileURLToPath(new URL('offline.cjs', import.meta.url))
  const { stdout } = await promisify(execFile)(join(projectFolder, 'node_modules/.bin/tcb'), args, {
    cwd: folder,
    env: {
      PATH: process.env.PATH,
      HOME: folder,
      NODE_OPTIONS: preloading(offline),
      CLOUDBASE_TCB_CLOUDAPI_URL: `http://127.0.0.1:${address.port}`,
    },
  })
  return stdout
}

test("the cloud's own CLI runs a built function with the variables of cloudbaserc.json", async () => {
  await tcb('login', '--apiKeyId', 'id', '--apiKey', 'key')
  const said = await tcb('fn', 'run', '--name', 'manage', '--params', '{"operation":"platform.status"}')
  const [, result = ''] = said.split('返回结果：')
  assert.match(result, /"code":"CONFIG_INVALID"/)
  // COMPONENT_APPID came from .env; this one is the first that is missing.
  assert.match(result, /COMPONENT_APPSECRET/)
})
