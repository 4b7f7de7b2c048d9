import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { promisify } from 'node:util'
import { projectFolder } from '../../scripts/build/project-folder.ts'
import { startPlatform, type LocalPlatform } from '../fixtures/platform.ts'
import { authorizedMerchant } from '../fixtures/shop.ts'

/* The protocol's own inspector, as docs/agents.md has it. install.sh brings it with the Node that it takes. */

const modules = join(projectFolder, '.minifleet/generators/inspector/node_modules')
const node = join(modules, `node-${process.platform}-${process.arch}`, 'bin/node')
const inspector = join(modules, '@modelcontextprotocol/inspector/clients/launcher/build/index.js')

const skip =
  !(existsSync(node) && existsSync(inspector)) &&
  process.env['REQUIRE_GENERATORS'] !== '1' &&
  'sh test/generators/install.sh was not run'

let platform: LocalPlatform
let home: string
before(async () => {
  home = await mkdtemp(join(tmpdir(), 'minifleet-inspector-'))
  if (skip === false) platform = await startPlatform()
})
after(async () => {
  if (skip === false) await platform.close()
  await rm(home, { recursive: true, force: true })
})

const newKey = async (given: object): Promise<string> =>
  String((await platform.tell('apiKeys.create', { name: 'inspector', ...given }))['key'])

/** What its command line prints of a call; it ends with another status than 0 where the tool says that it failed. */
async function inspect(key: string, ...words: readonly string[]): Promise<unknown> {
  const server = [`${platform.host.url}/mcp`, '--transport', 'http', '--header', `Authorization: Bearer ${key}`]
  const env = { ...process.env, HOME: home }
  const { stdout } = await promisify(execFile)(node, [inspector, '--cli', ...server, ...words], {
    env,
    maxBuffer: 1 << 24,
  })
  return JSON.parse(stdout)
}

test("the protocol's inspector lists the tools, calls one, and is refused what its key may not", { skip }, async () => {
  const appid = await authorizedMerchant(platform)
  await platform.tell('bindings.bind', { businessId: 'shop-1', appid, attributes: { city: '杭州' } })
  const key = await newKey({ role: 'viewer' })

  const { tools } = Object(await inspect(key, '--method', 'tools/list'))
  assert.ok(tools.some(({ name }: { name: string }) => name === 'releases_commit'))

  const call = ['--method', 'tools/call', '--tool-name']
  const found = Object(await inspect(key, ...call, 'find_merchants', '--tool-arg', 'attributes={"city":"杭州"}'))
  assert.deepEqual(
    found.structuredContent.items.map((item: { appid: string }) => item.appid),
    [appid],
  )

  const refused = await inspect(key, ...call, 'bindings_unbind', '--tool-arg', 'businessId=shop-1').catch(
    (error: unknown) => Object(error).stdout,
  )
  assert.match(JSON.stringify(refused), /ROLE_TOO_LOW/)
  assert.equal((await platform.tell('bindings.get', { businessId: 'shop-1' }))['status'], 'bound')
})
