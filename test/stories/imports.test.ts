import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { rowsOf } from '../fixtures/interference.ts'
import { startPlatform, type Answer, type LocalPlatform } from '../fixtures/platform.ts'
import { authorizedMerchant } from '../fixtures/shop.ts'

/* A provider moves in: its merchants have authorized long ago, and its own list says whose they are. */

let platform: LocalPlatform
before(async () => {
  platform = await startPlatform()
})
after(() => platform.close())

let count = 0
const newBusiness = (): string => `import-${++count}`
const merchant = () => authorizedMerchant(platform)

interface Imported {
  readonly items: readonly {
    readonly businessId: string
    readonly appid: string
    readonly outcome: string
    readonly problem?: { readonly code: string }
  }[]
  readonly counts: Readonly<Record<string, number>>
}
const doImport = async (items: readonly object[], more: object = {}): Promise<Imported> =>
  Object(await platform.tell('bindings.import', { items, ...more }))
const outcomes = ({ items }: Imported) => items.map(({ outcome, problem }) => [outcome, problem?.code])
const attributesOf = async (businessId: string) => (await platform.tell('bindings.get', { businessId })).attributes
const refused = (answer: Answer) => (answer.ok ? 'ok' : [answer.error.code, answer.error.reason, answer.error.field])
const refusal = async (operation: string, input: object) => refused(await platform.ask(operation, input))

test('every outcome, in the order given; a rehearsal says the same and writes nothing', async () => {
  const [fresh, same, other, taken] = [await merchant(), await merchant(), await merchant(), await merchant()]
  const [freshOne, sameOne, otherOne, fullOne] = [newBusiness(), newBusiness(), newBusiness(), newBusiness()]
  await platform.tell('bindings.bind', { businessId: sameOne, appid: same, attributes: { city: '杭州' } })
  await platform.tell('bindings.bind', { businessId: otherOne, appid: other, attributes: { city: '杭州', level: 'A' } })
  await platform.tell('bindings.bind', { businessId: fullOne, appid: taken })
  const items = [
    { businessId: freshOne, appid: fresh, attributes: { city: '上海' } },
    { businessId: sameOne, appid: same, attributes: { city: '杭州' } },
    { businessId: otherOne, appid: other, attributes: { city: '宁波' } },
    { businessId: fullOne, appid: await merchant() },
    { businessId: newBusiness(), appid: 'wx0000000000000000' },
  ]
  const expected = [
    ['bound', undefined],
    ['unchanged', undefined],
    ['updated', undefined],
    ['conflict', 'BUSINESS_HAS_ACCOUNT'],
    ['unknown', 'ACCOUNT_UNKNOWN'],
  ]
  const before = JSON.stringify([rowsOf(platform, 'bindings'), rowsOf(platform, 'authorizers')])
  assert.deepEqual(outcomes(await doImport(items, { dryRun: true })), expected)
  assert.equal(JSON.stringify([rowsOf(platform, 'bindings'), rowsOf(platform, 'authorizers')]), before)

  const done = await doImport(items)
  assert.deepEqual(outcomes(done), expected)
  assert.deepEqual(done.counts, { bound: 1, updated: 1, unchanged: 1, conflict: 1, unknown: 1 })
  assert.deepEqual(
    done.items.map(({ businessId }) => businessId),
    items.map(({ businessId }) => businessId),
  )
  assert.deepEqual(await attributesOf(otherOne), { city: '宁波', level: 'A' })
  assert.deepEqual(outcomes(await doImport([{ businessId: newBusiness(), appid: taken }])), [
    ['conflict', 'ACCOUNT_BOUND_ELSEWHERE'],
  ])
  assert.deepEqual((await doImport(items)).counts, { bound: 0, updated: 0, unchanged: 3, conflict: 1, unknown: 1 })
  const { problems } = await platform.tell('platform.status')
  assert.deepEqual(
    Object(problems).filter(({ code }: { code: string }) => code === 'BINDING_CONFLICT'),
    [],
  )
})

test('what stands twice is refused with its place, before anything is written', async () => {
  const [a, b] = [await merchant(), await merchant()]
  const [one, two] = [newBusiness(), newBusiness()]
  const twiceBusiness = [
    { businessId: one, appid: a },
    { businessId: one, appid: b },
  ]
  const twiceAccount = [
    { businessId: one, appid: a },
    { businessId: two, appid: a },
  ]
  assert.deepEqual(await refusal('bindings.import', { items: twiceBusiness }), [
    'INVALID_ARGUMENT',
    'STANDS_TWICE',
    'items.1.businessId',
  ])
  assert.deepEqual(await refusal('bindings.import', { items: twiceAccount }), [
    'INVALID_ARGUMENT',
    'STANDS_TWICE',
    'items.1.appid',
  ])
  assert.equal((await platform.tell('bindings.get', { businessId: one })).status, 'none')
  const many = Array.from({ length: 501 }, (_, index) => ({ businessId: `x${index}`, appid: `wx${index}` }))
  assert.deepEqual(await refusal('bindings.import', { items: many }), ['INVALID_ARGUMENT', 'TOO_MANY', 'items'])
  assert.deepEqual(await refusal('bindings.import', { items: [] }), ['INVALID_ARGUMENT', 'EMPTY', 'items'])
})

test('an account that withdrew is unknown; a business whose account withdrew is free', async () => {
  const [gone, next, businessId] = [await merchant(), await merchant(), newBusiness()]
  await platform.tell('bindings.bind', { businessId, appid: gone })
  await platform.wechat.control.unauthorize(gone)
  assert.deepEqual(
    outcomes(
      await doImport([
        { businessId: newBusiness(), appid: gone },
        { businessId, appid: next },
      ]),
    ),
    [
      ['unknown', 'NOT_AUTHORIZED_NOW'],
      ['bound', undefined],
    ],
  )
})

test('an import that the database cut off is completed by repeating it', async () => {
  const items = []
  for (let index = 0; index < 12; index++) items.push({ businessId: newBusiness(), appid: await merchant() })
  const heal = platform.host.database.faults.add({
    collection: 'bindings',
    when: 'before',
    kind: 'code',
    code: 'EXCEED_REQUEST_LIMIT',
    skip: 6,
    times: 200,
  })
  assert.equal(await refusal('bindings.import', { items }).then(String), 'STORAGE_UNAVAILABLE,DATABASE_LIMIT,')
  heal()
  const { counts } = await doImport(items)
  assert.equal(Number(counts['bound']) + Number(counts['unchanged']), 12)
  assert.ok(Number(counts['unchanged']) > 0)
  for (const { businessId, appid } of items)
    assert.equal((await platform.tell('bindings.get', { businessId })).appid, appid)
})

test('attributes: given ones are set, null takes one away, the others stay', async () => {
  const [businessId, appid] = [newBusiness(), await merchant()]
  assert.deepEqual(await refusal('bindings.update', { businessId, attributes: { city: '杭州' } }), [
    'NOT_FOUND',
    'NO_BOUND_ACCOUNT',
    'businessId',
  ])
  await platform.tell('bindings.bind', { businessId, appid, attributes: { city: '杭州', level: 'A' } })
  const changed = await platform.tell('bindings.update', {
    businessId,
    attributes: { city: '宁波', level: null, phone: '1', absent: null },
  })
  assert.deepEqual([changed.status, changed.attributes], ['bound', { city: '宁波', phone: '1' }])
  assert.deepEqual(await attributesOf(businessId), { city: '宁波', phone: '1' })
  const many = Object.fromEntries(Array.from({ length: 99 }, (_, index) => [`n${index}`, '']))
  assert.deepEqual(await refusal('bindings.update', { businessId, attributes: many }), [
    'INVALID_ARGUMENT',
    'TOO_MANY',
    'attributes',
  ])
  assert.deepEqual(await refusal('bindings.update', { businessId, attributes: { __proto__x: 1 } }), [
    'INVALID_ARGUMENT',
    'NOT_TEXT',
    'attributes.__proto__x',
  ])
  await Promise.all(
    ['a', 'b', 'c', 'd', 'e'].map((name) =>
      platform.tell('bindings.update', { businessId, attributes: { [name]: name } }),
    ),
  )
  assert.deepEqual(await attributesOf(businessId), {
    city: '宁波',
    phone: '1',
    a: 'a',
    b: 'b',
    c: 'c',
    d: 'd',
    e: 'e',
  })
})

test('a key limited to accounts imports these and touches no other', async () => {
  const [mine, theirs, businessId] = [await merchant(), await merchant(), newBusiness()]
  await platform.tell('bindings.bind', { businessId, appid: theirs })
  const { key } = await platform.tell('apiKeys.create', { name: 'mover', role: 'owner', appids: [mine] })
  const asMover = async (operation: string, input: object): Promise<Answer> => {
    const response = await fetch(`${platform.host.url}/api/v1/${operation}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${String(key)}`, 'content-type': 'application/json' },
      body: JSON.stringify(input),
    })
    return JSON.parse(await response.text())
  }
  assert.deepEqual(refused(await asMover('bindings.import', { items: [{ businessId, appid: theirs }] })), [
    'PERMISSION_DENIED',
    'APPIDS_NOT_COVERED',
    'items.0.appid',
  ])
  assert.deepEqual(refused(await asMover('bindings.import', { items: [{ businessId, appid: mine }] })), [
    'PERMISSION_DENIED',
    'APPIDS_NOT_COVERED',
    'appids',
  ])
  const answer = await asMover('bindings.import', { items: [{ businessId: newBusiness(), appid: mine }] })
  assert.ok(answer.ok)
  assert.deepEqual(outcomes(Object(answer.data)), [['bound', undefined]])
  assert.deepEqual(refused(await asMover('bindings.update', { businessId, attributes: { a: 'b' } })), [
    'PERMISSION_DENIED',
    'APPIDS_NOT_COVERED',
    'appids',
  ])
})
