import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import * as v from 'valibot'
import { startHost, type Host } from '../../local/host/host.ts'
import type { DataCommand } from '../../scripts/admin/command.ts'
import { workOnData } from '../../scripts/admin/data.ts'
import { buildFunctions } from '../../scripts/build/build.ts'
import { runDeploy } from '../../scripts/deploy/command.ts'
import { openFromDesk } from '../../scripts/deploy/database.ts'
import { planMigrations, type Migration } from '../../scripts/deploy/migrations.ts'
import { diagnose } from '../../scripts/doctor/diagnose.ts'
import { collections } from '../../shared/cloudbase/collections.ts'
import { startFakeCloud, type CloudRequest, type FakeCloud } from './fake-cloud.ts'
import { enterWorldOf, envFile, killTree, runHere, runScript, type Ran } from './run-deploy.ts'

let cloud: FakeCloud
let host: Host
before(async () => {
  await buildFunctions()
  cloud = await startFakeCloud()
  host = await startHost({ port: 0, timers: false, functionEnv: envFile, log: () => undefined, maxInstances: 1 })
  cloud.site = ({ method, path, headers, body }) => {
    headers.delete('host')
    headers.delete('content-length')
    return fetch(host.url + path, { method, headers, ...(method === 'POST' && { body }) })
  }
  enterWorldOf(cloud)
})
after(async () => {
  await host.close()
  await cloud.close()
})

const deploy = (args: string[] = [], env: Readonly<Record<string, string>> = {}): Promise<Ran> =>
  runHere(runDeploy, args, env)

const count = (requests: readonly CloudRequest[]): Record<string, number> => {
  const counts: Record<string, number> = {}
  for (const { service, action } of requests) counts[`${service}.${action}`] = (counts[`${service}.${action}`] ?? 0) + 1
  return counts
}

const only = (requests: readonly CloudRequest[], action: string) =>
  requests.filter((request) => request.action === action).map(({ params }) => params)

const findErrors = async (): Promise<string[]> =>
  (await diagnose(process.env, undefined)).filter(({ level }) => level === 'error').map(({ id }) => id)

test('a deployment that is killed half-way, repeated, and repeated once more', { timeout: 120_000 }, async (t) => {
  await t.test('with a wrong key: says so and where to look, and touches nothing', async () => {
    const { code, err } = await runScript(cloud, 'deploy', [], { TENCENTCLOUD_SECRETID: 'AKIDother' }).ended
    assert.equal(code, 1)
    assert.match(err, /Tencent Cloud does not accept this key \(AuthFailure\.SecretIdNotFound/)
    assert.match(err, /https:\/\/console\.cloud\.tencent\.com\/cam\/capi/)
    assert.doesNotMatch(err, /secret-key-of-tencent/)
    assert.deepEqual(cloud.takeAll(), [])
  })

  await t.test('a dry run into an empty environment shows the plan and changes nothing', async () => {
    const { code, out } = await deploy(['--dry-run'])
    assert.equal(code, 0)
    assert.match(out, /create collection platform\n/)
    assert.match(out, /deploy receiveTicket \(new\), receiveMessage \(new\)/)
    assert.deepEqual(cloud.takeChanges(), [])
  })

  await t.test('killed when the second function was created', async () => {
    const run = runScript(cloud, 'deploy', [])
    let created = 0
    cloud.afterEach = ({ action }) => {
      if (action === 'CreateFunction' && ++created === 2) killTree(run)
    }
    await run.ended
    cloud.afterEach = () => undefined
    const changes = cloud.takeChanges()
    assert.deepEqual(only(changes, 'CreateTable')[0], {
      EnvId: 'fleet-env',
      MongoConnector: { DatabaseName: 'tnt-1', InstanceId: 'flexdb' },
      TableName: 'platform',
    })
    assert.deepEqual(only(changes, 'UpdateTable')[1], {
      EnvId: 'fleet-env',
      MongoConnector: { DatabaseName: 'tnt-1', InstanceId: 'flexdb' },
      TableName: 'bindings',
      CreateIndexes: [
        {
          IndexName: 'businessId',
          MgoKeySchema: { MgoIndexKeys: [{ Name: 'businessId', Direction: '1' }], MgoIsUnique: false },
        },
        { IndexName: 'appid', MgoKeySchema: { MgoIndexKeys: [{ Name: 'appid', Direction: '1' }], MgoIsUnique: false } },
        {
          IndexName: 'status__id',
          MgoKeySchema: {
            MgoIndexKeys: [
              { Name: 'status', Direction: '1' },
              { Name: '_id', Direction: '1' },
            ],
            MgoIsUnique: false,
          },
        },
        {
          IndexName: 'untold',
          MgoKeySchema: { MgoIndexKeys: [{ Name: 'untold', Direction: '1' }], MgoIsUnique: false },
        },
      ],
    })
    assert.deepEqual(
      only(changes, 'ModifyResourcePermission'),
      collections.map(({ name }) => ({
        EnvId: 'fleet-env',
        ResourceType: 'collection',
        Resource: name,
        Permission: 'ADMINONLY',
      })),
    )
  })

  await t.test('repeated: goes on where it stopped', async () => {
    const { code, out, err } = await deploy()
    assert.equal(err, '')
    assert.equal(code, 0)
    assert.match(out, /all routes answer as they should/)
    assert.match(out, /授权发起页域名\n +fleet\.example\.com\n/)
    assert.match(out, /授权事件接收URL\n +https:\/\/fleet\.example\.com\/wechat\/component\n/)
    assert.match(out, /消息与事件接收URL\n +https:\/\/fleet\.example\.com\/wechat\/message\/\$APPID\$\n/)
    assert.match(out, /白名单IP地址列表\n +203\.0\.113\.7\n/)
    assert.match(out, /nothing is missing/)

    const changes = cloud.takeChanges()
    assert.equal(count(changes)['tcb.CreateTable'], undefined)
    assert.deepEqual([...cloud.state.functions.keys()].sort(), functionNames)
    const created = only(changes, 'CreateFunction').find(({ FunctionName }) => FunctionName === 'processQueue')
    const { Code, Environment, ...rest } = created ?? {}
    assert.deepEqual(rest, {
      FunctionName: 'processQueue',
      Namespace: 'fleet-env',
      Handler: 'index.main',
      Runtime: 'Nodejs20.19',
      Timeout: 60,
      MemorySize: 256,
      InstallDependency: 'FALSE',
      PublicNetConfig: { PublicNetStatus: 'ENABLE', EipConfig: { EipStatus: 'ENABLE' } },
      Role: 'TCB_QcsRole',
      Stamp: 'MINI_QCBASE',
    })
    assert.match(JSON.stringify(Environment), /\{"Key":"COMPONENT_TOKEN","Value":"messagetoken"\}/)
    assert.match(JSON.stringify(Code), /^\{"ZipFile":"UEsDB/)
    assert.deepEqual(
      only(changes, 'BatchCreateTrigger')
        .map(({ FunctionName, Triggers }) => [FunctionName, Triggers])
        .sort((a, b) => String(a).localeCompare(String(b))),
      [
        ['processQueue', '[{"TriggerName":"processQueue","Type":"timer","TriggerDesc":"0 * * * * * *"}]'],
        ['refreshTokens', '[{"TriggerName":"refreshTokens","Type":"timer","TriggerDesc":"0 */5 * * * * *"}]'],
      ],
    )
    assert.deepEqual(JSON.parse(cloud.state.rules), {
      '*': { invoke: false },
      bindAuthorizer: { invoke: "auth != null && auth.loginType != 'ANONYMOUS'" },
      commitCode: { invoke: "auth != null && auth.loginType != 'ANONYMOUS'" },
      submitAudit: { invoke: "auth != null && auth.loginType != 'ANONYMOUS'" },
      release: { invoke: "auth != null && auth.loginType != 'ANONYMOUS'" },
      manage: { invoke: "auth != null && auth.loginType != 'ANONYMOUS'" },
      api: { invoke: false },
      mcp: { invoke: false },
      authCallback: { invoke: false },
      processQueue: { invoke: false },
      receiveMessage: { invoke: false },
      receiveTicket: { invoke: false },
      refreshTokens: { invoke: false },
      startAuth: { invoke: false },
    })
    const { Domain } = v.parse(routeRequest, only(changes, 'CreateHTTPServiceRoute')[0])
    assert.equal(Domain.Domain, 'fleet.example.com')
    assert.deepEqual(Domain.Routes[0], {
      Path: '/wechat/component',
      UpstreamResourceType: 'SCF',
      UpstreamResourceName: 'receiveTicket',
      EnableAuth: false,
      EnableSafeDomain: false,
      EnablePathTransmission: true,
      Enable: true,
    })
    assert.deepEqual(
      cloud.state.domains[1]?.routes.map(
        ({ Path, UpstreamResourceType, UpstreamResourceName, EnableAuth, EnablePathTransmission }) => [
          Path,
          UpstreamResourceType,
          UpstreamResourceName,
          EnableAuth,
          EnablePathTransmission,
        ],
      ),
      [
        ['/wechat/component', 'SCF', 'receiveTicket', false, true],
        ['/wechat/message', 'SCF', 'receiveMessage', false, true],
        ['/auth/start', 'SCF', 'startAuth', false, true],
        ['/auth/callback', 'SCF', 'authCallback', false, true],
        ['/api/v1', 'SCF', 'api', false, true],
        ['/mcp', 'SCF', 'mcp', false, true],
      ],
    )
  })

  await t.test('a second one changes nothing', async () => {
    const { code, out } = await deploy()
    assert.equal(code, 0)
    assert.match(out, /nothing had to be changed/)
    assert.deepEqual(cloud.takeChanges(), [])
  })

  await t.test('the doctor finds the deployment sound, and then what somebody opened', async () => {
    // Nothing of WeChat's has come yet, and no timer has fired.
    const young = ['timer.refreshTokens', 'timer.processQueue', 'ticket', 'token.component']
    assert.deepEqual(await findErrors(), young)
    const platform = cloud.state.collections.get('platform')
    if (platform) platform.permission = 'READONLY'
    for (const route of cloud.state.domains[1]?.routes ?? [])
      if (route['Path'] === '/api/v1') route['EnableAuth'] = true
    cloud.state.rules = '{"*":{"invoke":true}}'
    assert.deepEqual(await findErrors(), ['domain.route.api', 'collections.open', ...young])
    assert.deepEqual(cloud.takeChanges(), [])
  })

  await t.test('what somebody changed in the console is put right, and nothing else', async () => {
    const { code } = await deploy()
    assert.equal(code, 0)
    assert.deepEqual(count(cloud.takeChanges()), { 'tcb.ModifyResourcePermission': 2, 'tcb.ModifyHTTPServiceRoute': 1 })
    assert.equal(cloud.state.collections.get('platform')?.permission, 'ADMINONLY')
  })

  await t.test('its database is saved, and put into the empty one of another environment', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'backup-'))
    const other = await startFakeCloud()
    const admin = (work: DataCommand['work'], env: object = {}) =>
      workOnData(
        { work, file: join(folder, 'fleet.backup'), merge: false, local: undefined },
        { ...process.env, BACKUP_PASSPHRASE: 'correct horse battery staple', ...env },
        () => undefined,
      )
    try {
      await openFromDesk().insert('admins', { _id: 'o-ann', role: 'viewer', since: new Date(0) })
      await admin('export')
      for (const { name } of collections) await other.state.addCollection(name)
      enterWorldOf(other)
      await admin('import')
      assert.deepEqual(other.database.dump()['admins'], cloud.database.dump()['admins'])
      // What was deployed is the environment's own.
      assert.deepEqual(
        other.database.dump()['platform']?.map((row) => Object(row)._id),
        ['import'],
      )
      enterWorldOf(cloud)
      const rotated = `k2:${Buffer.alloc(32, 8).toString('base64')},${envFile.SEAL_KEYS}`
      await assert.rejects(admin('reseal', { SEAL_KEYS: rotated }), /refreshTokens has other SEAL_KEYS than \.env/)
    } finally {
      enterWorldOf(cloud)
      await other.close()
      await rm(folder, { recursive: true })
    }
  })

  await t.test('a data migration that dies on its way is run again, and never a third time', async () => {
    let dies = true
    const split: Migration = {
      name: '2027-01-31-split-names',
      run: async (database) => {
        await database.insert('admins', { _id: 'first-half' })
        if (dies) throw new Error('killed')
        await database.insert('admins', { _id: 'second-half' })
      },
    }
    const database = openFromDesk()
    const plan = () => planMigrations(database, [split])
    await assert.rejects(async () => (await plan())[0]?.apply(), /killed/)
    dies = false
    const again = await plan()
    assert.deepEqual(
      again.map(({ what }) => what.en),
      ['run 2027-01-31-split-names'],
    )
    await again[0]?.apply()
    assert.deepEqual(await plan(), [])
    const halves = (cloud.database.dump()['admins'] ?? []).filter((row) => String(Object(row)._id).endsWith('-half'))
    assert.equal(halves.length, 2)
  })

  await t.test(
    'the console goes to static hosting when that is switched on, once, the page after what it names',
    async () => {
      const { storage } = cloud.state
      assert.match((await deploy()).out, /static hosting is off, skipped/)
      storage.status = 'online'
      storage.closed = true
      const refused = await deploy()
      assert.equal(refused.code, 1)
      assert.match(refused.err, /could not be put into static hosting .*QcloudCOSDataFullControl/s)
      assert.match(refused.out, /授权事件接收URL/)
      storage.closed = false
      const { code, out } = await deploy()
      assert.equal(code, 0)
      assert.match(out, /web console {2}https:\/\/fleet-env-1300000000\.tcloudbaseapp\.com\/console\/\n/)
      assert.match(out, /add https:\/\/fleet-env-1300000000\.tcloudbaseapp\.com to API_CORS_ORIGINS/)
      const page = storage.files.get('console/index.html')
      assert.match(page?.type ?? '', /^text\/html/)
      for (const [, asset = ''] of page?.body.matchAll(/"\/(console\/assets\/[^"]+)"/g) ?? [])
        assert.ok(storage.files.has(asset), asset)
      assert.deepEqual(JSON.parse(storage.files.get('console/config.json')?.body ?? ''), {
        apiBaseUrl: 'https://fleet.example.com',
      })
      assert.equal(storage.uploads.at(-1), 'console/index.html')
      assert.equal(storage.errorDocument, 'console/index.html')

      const findings = await diagnose(process.env, undefined)
      assert.equal(findings.find(({ id }) => id === 'console.origin')?.level, 'warning')

      storage.uploads.length = 0
      const origin = { API_CORS_ORIGINS: 'https://fleet-env-1300000000.tcloudbaseapp.com' }
      const again = await deploy(['--only', 'console'], origin)
      assert.match(again.out, /nothing had to be changed/)
      assert.match(again.out, /nothing is missing/)
      assert.deepEqual([storage.uploads, cloud.takeChanges()], [[], []])
    },
  )

  await t.test('one function alone, with a new setting: nothing else is touched', async () => {
    const { code, out } = await deploy(['--only', 'receiveTicket'], { COMPONENT_TOKEN: 'newtoken' })
    assert.equal(code, 0)
    assert.match(out, /deploy receiveTicket \(COMPONENT_TOKEN\)\n/)
    const changes = cloud.takeChanges()
    const [settings] = only(changes, 'UpdateFunctionConfiguration')
    assert.match(JSON.stringify(settings?.['Environment']), /\{"Key":"COMPONENT_TOKEN","Value":"newtoken"\}/)
    // An update never sends what cannot be changed.
    assert.deepEqual(
      ['Runtime', 'Handler', 'Type'].filter((name) => name in (settings ?? {})),
      [],
    )
    // The CLI asks to create it first, and is told that it exists.
    assert.deepEqual(count(changes), {
      'scf.CreateFunction': 1,
      'scf.UpdateFunctionCode': 1,
      'scf.UpdateFunctionConfiguration': 1,
    })
    const { code: unknown, err } = await deploy(['--only', 'receiveTickets'])
    assert.equal(unknown, 1)
    assert.match(err, /no such function: receiveTickets/)
    assert.deepEqual(cloud.takeChanges(), [])
  })

  await t.test('code that the cloud refuses: a failure although the CLI ends with 0', async () => {
    cloud.state.broken.add('startAuth')
    cloud.takeAll()
    const { code, out, err } = await deploy(['--only', 'startAuth'], { COMPONENT_TOKEN: 'another' })
    assert.equal(code, 1)
    assert.match(out, /deploy startAuth \(COMPONENT_TOKEN\)/)
    assert.match(err, /startAuth \(Active\)/)
    assert.deepEqual(count(cloud.takeChanges()), { 'scf.CreateFunction': 1, 'scf.UpdateFunctionCode': 1 })
    cloud.state.broken.clear()
  })
})

const routeRequest = v.object({
  EnvId: v.literal('fleet-env'),
  Domain: v.object({ Domain: v.string(), Routes: v.array(v.record(v.string(), v.unknown())) }),
})

const functionNames = [
  'api',
  'authCallback',
  'bindAuthorizer',
  'commitCode',
  'manage',
  'mcp',
  'processQueue',
  'receiveMessage',
  'receiveTicket',
  'refreshTokens',
  'release',
  'startAuth',
  'submitAudit',
]
