import assert from 'node:assert/strict'
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { startHost, type Host } from '../../local/host/host.ts'
import { workOnData } from '../../scripts/admin/data.ts'
import { authorizeMerchant } from '../fixtures/merchant.ts'
import { OWNER, startPlatform, type LocalPlatform } from '../fixtures/platform.ts'
import { authorizedMerchant, makeTemplate, releaseVersion } from '../fixtures/shop.ts'

const passphrase = 'correct horse battery staple'

let platform: LocalPlatform
let folder: string
let file: string
const hosts: Host[] = []
const appids: string[] = []
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'backup-'))
  file = join(folder, 'fleet.backup')
  platform = await startPlatform({ host: { maxInstances: 1 }, env: { WEBHOOK_ALLOW_PRIVATE: 'true' } })
  const templateId = await makeTemplate(platform)
  for (const businessId of ['shop-1', 'shop-2', 'shop-3']) {
    const appid = await authorizedMerchant(platform)
    await authorizeMerchant(platform, { businessId, appid })
    appids.push(appid)
  }
  await releaseVersion(platform, appids[0] ?? '', templateId, '1.2.0')
  await platform.tell('bindings.createLink', {
    businessId: 'shop-4',
    attributes: { city: '杭州', note: 'v1.2.3 $set' },
  })
  await platform.tell('subscriptions.put', { url: 'http://127.0.0.1:9/', match: { type: 'release.approved' } })
  await platform.tell('admins.put', { id: 'o-ann', role: 'operator', name: '小安' })
  await platform.host.fireTimer('processQueue')
})
after(async () => {
  for (const host of hosts) await host.close()
  await platform.close()
  await rm(folder, { recursive: true })
})

const openEmptyHost = async (): Promise<Host> => {
  const host = await startHost({ port: 0, timers: false, functionEnv: platform.env, maxInstances: 1 })
  hosts.push(host)
  return host
}

type Work = 'export' | 'check' | 'import' | 'reseal'
interface Options {
  readonly at?: string
  readonly merge?: boolean
  readonly env?: Readonly<Record<string, string>>
  readonly say?: (line: string) => void
}

const run = async (
  work: Work,
  host: Host,
  { at = file, merge = false, env = {}, say = () => undefined }: Options = {},
) =>
  Object(
    await workOnData(
      { work, file: at, merge, local: host.url },
      { ...platform.env, BACKUP_PASSPHRASE: passphrase, ...env },
      say,
    ),
  )

const where = (_id: string) => ({ queryType: 'WHERE', multi: true, query: JSON.stringify({ _id }) })

/** All rows by collection and id, without those that tell how a backup was put in. */
const dump = (host: Host): Record<string, Record<string, unknown>> =>
  Object.fromEntries(
    Object.entries(host.database.dump()).map(([name, rows]) => [
      name,
      Object.fromEntries(
        rows
          .map((row) => Object(row))
          .filter(({ _id }) => !['import', 'migrations'].includes(_id))
          .map((row) => [row._id, row])
          .sort(([a], [b]) => String(a).localeCompare(String(b))),
      ),
    ]),
  )

test('all that is stored comes back in an empty environment, and the fleet goes on there', async () => {
  const { rows } = await run('export', platform.host)
  assert.deepEqual([rows.authorizers, rows.bindings, rows.releases, rows.subscriptions, rows.admins], [3, 4, 1, 1, 1])
  assert.equal((await stat(file)).mode & 0o777, 0o600)
  const bytes = await readFile(file)
  for (const plain of [appids[0] ?? '', 'shop-1', '小安', 'v1.k1.']) assert.equal(bytes.includes(plain), false, plain)

  const host = await openEmptyHost()
  const imported = await run('import', host)
  assert.deepEqual([imported.kept, imported.same, imported.conflict], [0, 0, 0])
  assert.deepEqual(dump(host), dump(platform.host))

  const ask = async (operation: string, input: object) =>
    Object(await host.invoke('manage', { operation, input }, { openid: OWNER }))
  for (const [index, appid] of appids.entries()) {
    const { data } = await ask('bindings.get', { businessId: `shop-${index + 1}` })
    assert.deepEqual([data.status, data.appid], ['bound', appid])
    assert.equal((await ask('tokens.authorizer', { appid, minValiditySeconds: 3600 })).ok, true)
    assert.equal((await ask('miniprograms.info', { appid })).ok, true)
  }
  assert.equal((await ask('authorizers.get', { appid: appids[0] })).data.currentRelease.version, '1.2.0')
  assert.equal((await ask('bindings.get', { businessId: 'shop-4' })).data.status, 'pending')
})

test('an import that dies goes on where it stopped, between two frames and within one', async () => {
  const host = await openEmptyHost()
  let frames = 0
  const dies = run('import', host, {
    say: () => {
      if (++frames === 3) throw new Error('killed')
    },
  })
  await assert.rejects(dies, /killed/)
  const removeFault = host.database.faults.add({ collection: 'authorizers', when: 'after', kind: 'drop', times: 10 })
  await assert.rejects(run('import', host), { reason: 'DATABASE_REFUSED' })
  removeFault()

  const other = join(folder, 'other.backup')
  await run('export', platform.host, { at: other })
  await assert.rejects(run('import', host, { at: other }), /the import of another backup .* is not finished/)

  const { same, kept } = await run('import', host)
  assert.deepEqual([same, kept], [3, 0])
  assert.deepEqual(dump(host), dump(platform.host))
})

test('an environment with merchants is refused; with --merge what is missing is added and what is there stays', async () => {
  const host = await openEmptyHost()
  await run('import', host)
  await assert.rejects(run('import', host), /the environment is not empty \(authorizers\)/)

  const [one = '', two = '', three = ''] = appids
  const change = (body: object): Promise<unknown> => host.database.handle(JSON.stringify(body))
  const update = (collectionName: string, id: string, set: object) =>
    change({
      action: 'database.modifyDocument',
      collectionName,
      merge: true,
      upsert: false,
      ...where(id),
      data: JSON.stringify({ $set: set }),
    })
  const remove = (collectionName: string, id: string) =>
    change({ action: 'database.removeDocument', collectionName, ...where(id) })
  // Account 1 and its binding are gone; 2 belongs to another business by now; the binding of 3 is gone.
  await remove('authorizers', one)
  await remove('bindings', 'miniprogram:shop-1')
  await update('authorizers', two, { businessId: 'shop-9' })
  await update('bindings', 'miniprogram:shop-2', { appid: null, status: 'none' })
  await remove('bindings', 'miniprogram:shop-3')
  await update('authorizers', three, { businessId: null })
  await update('admins', 'o-ann', { role: 'viewer' })

  const { added, conflict, examples } = await run('import', host, { merge: true })
  assert.deepEqual([added, conflict], [3, 1])
  assert.deepEqual(
    examples.filter((line: string) => !line.includes('/component')).sort(),
    ['conflict bindings/miniprogram:shop-2', 'kept admins/o-ann', `kept authorizers/${two}`].sort(),
  )
  const { authorizers, bindings } = dump(host)
  const businessOf = (appid: string): unknown => Object(authorizers?.[appid]).businessId
  const appidOf = (shop: string): unknown => Object(bindings?.[`miniprogram:${shop}`]).appid
  assert.deepEqual([one, two, three].map(businessOf), ['shop-1', 'shop-9', 'shop-3'])
  assert.deepEqual(['shop-1', 'shop-2', 'shop-3'].map(appidOf), [one, null, three])
})

test('after a new key was put first, one command seals everything anew and names the keys that may go', async () => {
  const host = await openEmptyHost()
  await run('import', host)
  const before = sealedUnder(host)
  assert.deepEqual([before.k1 > 5, before.k2], [true, 0])
  const rotated = { SEAL_KEYS: `k2:${Buffer.alloc(32, 2).toString('base64')},${platform.env['SEAL_KEYS']}` }
  const { changed, values, unused } = await run('reseal', host, { env: rotated })
  assert.deepEqual([values, unused], [{ k2: before.k1, k1: 0 }, ['k1']])
  assert.ok(changed > 0)
  assert.deepEqual(sealedUnder(host), { k1: 0, k2: before.k1 })
  assert.equal((await run('reseal', host, { env: rotated })).changed, 0)
})

/** How many values of the dump lie under which key. */
const sealedUnder = (host: Host) => {
  const text = JSON.stringify(host.database.dump())
  const count = (id: string): number => text.split(`"v1.${id}.`).length - 1
  return { k1: count('k1'), k2: count('k2') }
}

test('a file that is not as it was written, or not for this platform, is refused before anything is written', async () => {
  const host = await openEmptyHost()
  const good = await readFile(file)
  const firstFrame = good.indexOf(10) + 1
  const secondFrame = firstFrame + 4 + good.readUInt32BE(firstFrame)
  const thirdFrame = secondFrame + 4 + good.readUInt32BE(secondFrame)
  const flipped = (at: number): Buffer => {
    const copy = Buffer.from(good)
    copy[at] = (copy[at] ?? 0) ^ 1
    return copy
  }
  const lastFrame = (() => {
    let at = firstFrame
    for (;;) {
      const next = at + 4 + good.readUInt32BE(at)
      if (next >= good.length) return at
      at = next
    }
  })()
  const cases: readonly (readonly [name: string, bytes: Buffer, says: RegExp])[] = [
    ['empty', Buffer.alloc(0), /no backup of Minifleet/],
    ['something else', Buffer.from('PK\u0003\u0004 something else\n'), /no backup of Minifleet/],
    ['a bit of the first line', flipped(30), /no backup|passphrase/],
    ['a bit of the head', flipped(firstFrame + 10), /passphrase is another one, or the head of the file is damaged/],
    ['a bit of a row', flipped(secondFrame + 20), /damaged at frame 1/],
    ['a bit of the end', flipped(good.length - 1), /damaged at frame/],
    ['cut within a frame', good.subarray(0, -5), /ends too early/],
    ['cut between two frames', good.subarray(0, lastFrame), /ends too early/],
    [
      'a frame left out',
      Buffer.concat([good.subarray(0, secondFrame), good.subarray(thirdFrame)]),
      /damaged at frame 1/,
    ],
    ['something behind the end', Buffer.concat([good, Buffer.alloc(8)]), /damaged at frame/],
  ]
  const broken = join(folder, 'broken')
  for (const [name, bytes, says] of cases) {
    await writeFile(broken, bytes)
    await assert.rejects(run('import', host, { at: broken }), says, name)
  }
  const otherKeys = `k1:${Buffer.alloc(32, 1).toString('base64')}`
  const settings: readonly (readonly [env: Record<string, string>, says: RegExp])[] = [
    [{ BACKUP_PASSPHRASE: `${passphrase}!` }, /the passphrase is another one/],
    [{ BACKUP_PASSPHRASE: '' }, /BACKUP_PASSPHRASE is unset or shorter than 16/],
    [{ COMPONENT_APPID: 'wxanother0000001' }, /the backup is of the platform wxc0mp0nent000001/],
    [{ SEAL_KEYS: otherKeys }, /SEAL_KEYS lacks keys .*: k1/],
    [{ SEAL_KEYS: otherKeys.replace('k1', 'k2') }, /SEAL_KEYS lacks keys .*: k1/],
  ]
  for (const [env, says] of settings) await assert.rejects(run('import', host, { env }), says)
  await assert.rejects(run('import', host, { at: join(folder, 'none') }), /cannot be read/)
  await assert.rejects(run('export', platform.host), /exists/)
  assert.deepEqual(Object.values(host.database.dump()).flat(), [])
})
