import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { after, before, test } from 'node:test'
import { readMerchants } from '../../scripts/admin/adopt/read-merchants.ts'
import { projectFolder } from '../../scripts/build/project-folder.ts'
import { startPlatform, type LocalPlatform } from '../fixtures/platform.ts'
import { authorizedMerchant } from '../fixtures/shop.ts'
import { programOf } from '../fixtures/program.ts'

/* A list of merchants as a spreadsheet saves it becomes bindings. */

const bytesOf = (content: string, encoding: BufferEncoding = 'utf8') => Buffer.from(content, encoding)

const plain = [
  [2, 'shop-1', 'wx1', { city: '杭州' }],
  [3, 'shop-2', 'wx2', {}],
]
/** `城` and `杭` as GB18030 has them. */
const gb18030 = Buffer.concat([
  bytesOf('businessId,appid,'),
  Buffer.from([0xb3, 0xc7]),
  bytesOf('\r\nshop-1,wx1,'),
  Buffer.from([0xba, 0xbc]),
])

for (const [name, bytes, expected] of [
  ['UTF-8', bytesOf('businessId,appid,city\nshop-1,wx1,杭州\nshop-2,wx2,\n'), plain],
  ['a byte order mark', bytesOf('\uFEFFbusinessId,appid,city\r\nshop-1,wx1,杭州\r\nshop-2,wx2,\r\n'), plain],
  ['UTF-16 with tabs', bytesOf('\uFEFFbusinessId\tappid\tcity\r\nshop-1\twx1\t杭州\r\nshop-2\twx2', 'utf16le'), plain],
  ['semicolons', bytesOf('businessId;appid;city\nshop-1;wx1;杭州\nshop-2;wx2'), plain],
  ['lines that end with CR', bytesOf('businessId,appid,city\rshop-1,wx1,杭州\rshop-2,wx2,'), plain],
  [
    'names in other cases, spaces of all widths',
    bytesOf('BusinessID, AppId,city\n shop-1,wx1\u3000,杭州\nshop-2\u00A0,wx2,'),
    plain,
  ],
  ['columns in another order', bytesOf('city,appid,businessId\n杭州,wx1,shop-1\n,wx2,shop-2'), plain],
  [
    'empty rows and columns at the end',
    bytesOf('businessId,appid,city,,\nshop-1,wx1,杭州,,\nshop-2,wx2,,,\n,,,,\n\n'),
    plain,
  ],
  ['GB18030', gb18030, [[2, 'shop-1', 'wx1', { 城: '杭' }]]],
  [
    'a declared separator, zeros that were kept',
    bytesOf('sep=;\r\nbusinessId;appid\r\n="007";wx1'),
    [[3, '007', 'wx1', {}]],
  ],
  [
    'a value of two lines',
    bytesOf('businessId,appid,city\r\na,wx1,"杭州,\r\n""西湖"""\r\nb,wx2,'),
    [
      [2, 'a', 'wx1', { city: '杭州,\n"西湖"' }],
      [4, 'b', 'wx2', {}],
    ],
  ],
] as const)
  test(`a file with ${name} is read`, () => {
    const { merchants, flaws } = readMerchants(bytes)
    assert.deepEqual(flaws, [])
    assert.deepEqual(
      merchants.map(({ line, businessId, appid, attributes }) => [line, businessId, appid, attributes]),
      expected,
    )
  })

for (const [name, content, expected] of [
  ['nothing', '', [[1, 'the file is empty']]],
  [
    'no appid',
    'businessId,city\nshop-1,杭州',
    [[1, 'the first line lacks appid (it is businessId,appid and names of attributes)']],
  ],
  ['a column twice', 'businessId,appid,city,city\nshop-1,wx1,a,b', [[1, 'the column city stands there twice']]],
  ['a value without a column', 'businessId,appid\nshop-1,wx1,杭州', [[2, 'a value stands in a column without a name']]],
  ['an open quote', 'businessId,appid\nshop-1,wx1\n"shop-2,wx2\n', [[3, 'a quote is not closed']]],
  [
    'rows of every fault',
    'businessId,appid\nshop-1,wx1\nshop 2,wx2\nshop-3,\nshop-1,wx4\nshop-5,wx1\n1.02E+12,wx6',
    [
      [3, 'businessId must be 1 to 64 characters long, using only A-Z a-z 0-9 _ . : -'],
      [4, 'appid is malformed'],
      [5, 'businessId shop-1 stands in line 2 already'],
      [6, 'appid wx1 stands in line 2 already'],
      [7, 'businessId is 1.02E+12: the spreadsheet has dropped digits; make it a column of text and fill it in again'],
    ],
  ],
] as const)
  test(`a file with ${name} is told by its lines`, () => {
    assert.deepEqual(
      readMerchants(bytesOf(content)).flaws.map(({ line, words }) => [line, words.en]),
      expected,
    )
  })

let platform: LocalPlatform
let folder: string
before(async () => {
  platform = await startPlatform()
  folder = await mkdtemp(join(tmpdir(), 'adopt-'))
})
after(async () => {
  await platform.close()
  await rm(folder, { recursive: true })
})

async function admin(args: readonly string[], env: object = {}) {
  const child = spawn(process.execPath, [...programOf('scripts/admin.ts'), ...args, '--local', platform.host.url], {
    cwd: projectFolder,
    env: { PATH: process.env['PATH'], ENV_FILE: '/nowhere/.env', ...platform.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const code = new Promise<number | null>((resolve) => {
    child.once('exit', resolve)
  })
  const [status, out, err] = await Promise.all([code, text(child.stdout), text(child.stderr)])
  return { status, err, answer: out === '' ? undefined : JSON.parse(out) }
}

test('merchants that authorized long ago are compared, rehearsed, bound, and bound again without harm', async () => {
  const known: string[] = []
  for (let index = 0; index < 3; index++) known.push(await authorizedMerchant(platform))
  const synced = await admin(['sync'])
  assert.deepEqual([synced.status, synced.answer], [0, { added: 0, updated: 0, revoked: 0, adopted: 0, problems: 0 }])
  assert.match(synced.err, /核对完成 · done\n$/)

  const file = join(folder, 'merchants.csv')
  const rows = [...known.map((appid, index) => `shop-${index},${appid},杭州`), 'shop-x,wx0000000000000000,']
  await writeFile(file, `\uFEFFbusinessId,appid,city\r\n${rows.join('\r\n')}\r\n`)
  const left = [
    { line: 5, businessId: 'shop-x', appid: 'wx0000000000000000', outcome: 'unknown', code: 'ACCOUNT_UNKNOWN' },
  ]
  const rehearsal = await admin(['adopt', file, '--dry-run'])
  const counts = { bound: 3, updated: 0, unchanged: 0, conflict: 0, unknown: 1 }
  assert.deepEqual(rehearsal, {
    status: 1,
    err: rehearsal.err,
    answer: { dryRun: true, merchants: 4, counts, left },
  })
  assert.match(
    rehearsal.err,
    /第 5 行 · line 5: shop-x wx0000000000000000 unknown: .*\(ACCOUNT_UNKNOWN\)\n█{24} 4 \/ 4\n$/,
  )
  assert.equal((await platform.tell('bindings.get', { businessId: 'shop-0' })).status, 'none')

  const { key } = await platform.tell('apiKeys.create', { name: 'mover', role: 'owner' })
  const done = await admin(['adopt', file], { MINIFLEET_API_KEY: key })
  assert.deepEqual(done.answer, { dryRun: false, merchants: 4, counts, left })
  const { status, appid, attributes } = await platform.tell('bindings.get', { businessId: 'shop-1' })
  assert.deepEqual([status, appid, attributes], ['bound', known[1], { city: '杭州' }])
  const again = await admin(['adopt', file])
  assert.deepEqual(again.answer.counts, { bound: 0, updated: 0, unchanged: 3, conflict: 0, unknown: 1 })
})

test('a file with faults is refused whole, each fault by its line', async () => {
  const file = join(folder, 'faults.csv')
  await writeFile(file, 'businessId,appid\nshop 1,wx1\nshop-2,\n')
  const { status, err, answer } = await admin(['adopt', file])
  assert.deepEqual([status, answer], [1, undefined])
  assert.match(
    err,
    /to be corrected first \(2\); nothing was written\n {2}第 2 行 · line 2: .*\n {2}第 3 行 · line 3: /,
  )
  const missing = await admin(['adopt', join(folder, 'none.csv')])
  assert.match(missing.err, /none\.csv cannot be read \(ENOENT\)/)
  assert.match(
    (await admin(['adopt'])).err,
    /^error: missing required argument 'file'\n\nUsage: npm run admin -- adopt /,
  )
})
