import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as v from 'valibot'
import { isFailure } from '../../shared/errors.ts'
import { epochMs } from '../../shared/time.ts'
import {
  byName,
  flag,
  id,
  json,
  keptAs,
  lenient,
  list,
  mark,
  namesOfNull,
  nested,
  number,
  ofEach,
  optional,
  orElse,
  problem,
  readMembers,
  text,
  textMap,
  time,
  word,
  writeMembers,
} from '../../shared/domain/stores/forms.ts'
import { jsonOf } from '../../shared/domain/stores/json-of.ts'

const shop = {
  shopId: id,
  name: text,
  kind: word(['tea', 'rice']),
  open: flag,
  opensAt: time,
  seats: orElse(number, 0),
  owner: optional(nested({ name: text, since: optional(time) })),
  days: optional(list(time)),
  notes: optional(json),
  labels: textMap,
  plan: optional(jsonOf(v.object({ steps: v.number() }))),
  counts: optional(ofEach(['sold', 'lost'], orElse(number, 0))),
  turns: optional(byName(time)),
  why: optional(problem),
  settled: mark,
  former: lenient(orElse(text, 'none')),
  code: keptAs('codeId', optional(text)),
}

const record = {
  shopId: 's1',
  name: 'Tea',
  kind: 'tea',
  open: true,
  opensAt: epochMs(1000),
  seats: 4,
  owner: { name: 'Lin', since: epochMs(5) },
  days: [epochMs(1), epochMs(2)],
  notes: { $odd: { 'a.b': null } },
  labels: { 城市: '成都' },
  plan: { steps: 2 },
  counts: { sold: 2, lost: 1 },
  turns: { look: epochMs(9) },
  why: { code: 'FULL', params: { seats: 4 } },
  settled: true,
  former: 'Rice',
  code: 'c1',
} as const

const row = {
  _id: 's1',
  name: 'Tea',
  kind: 'tea',
  open: true,
  opensAt: new Date(1000),
  seats: 4,
  owner: { name: 'Lin', since: new Date(5) },
  days: [new Date(1), new Date(2)],
  notes: '{"$odd":{"a.b":null}}',
  labels: '{"城市":"成都"}',
  plan: '{"steps":2}',
  counts: { sold: 2, lost: 1 },
  turns: { look: new Date(9) },
  why: { code: 'FULL', params: '{"seats":4}' },
  settled: true,
  former: 'Rice',
  codeId: 'c1',
}

test('a record is kept and read as it is described; its id is never written', () => {
  const { _id, ...kept } = row
  assert.deepEqual(writeMembers(shop, record), kept)
  assert.deepEqual(readMembers(shop, { ...row, order: 'of no concern' }), record)
})

test('what is missing means what its description says, and null is missing', () => {
  const least = { _id: 's1', name: 'Tea', kind: 'rice', opensAt: new Date(0), seats: null, owner: null, code: null }
  assert.deepEqual(readMembers(shop, least), {
    shopId: 's1',
    name: 'Tea',
    kind: 'rice',
    open: false,
    opensAt: 0,
    seats: 0,
    labels: {},
    former: 'none',
  })
})

test('a document of another form is refused by the name of the member, but for what is read leniently', () => {
  for (const [name, value] of [
    ['name', undefined],
    ['name', 5],
    ['kind', 'noodles'],
    ['opensAt', 1000],
    ['seats', '4'],
    ['owner', 'Lin'],
    ['owner', ['Lin']],
    ['days', [new Date(1), 2]],
    ['notes', '{'],
    ['labels', 7],
    ['plan', '{"steps":"1"}'],
    ['counts', { sold: 'two' }],
    ['turns', { look: 9 }],
    ['why', 5],
  ] as const)
    assert.throws(
      () => readMembers(shop, { ...row, [name]: value }),
      (error) => isFailure(error, 'INTERNAL') && String(error.params?.['malformed']).endsWith(`.${name}`),
      `${name}: ${JSON.stringify(value)}`,
    )
  assert.equal(readMembers(shop, { ...row, former: 5 }).former, 'none')
  assert.equal(readMembers(shop, { ...row, settled: 'yes' }).settled, undefined)
})

const why = (kept: unknown) => readMembers(shop, { ...row, why: kept }).why

test('problems of former versions are read', () => {
  assert.deepEqual(why('timeout'), { code: 'NOT_DELIVERED', params: { text: 'timeout' } })
  assert.deepEqual(why({ code: 'FULL', message: 'It is full', hint: 'Wait' }), {
    code: 'FULL',
    message: 'It is full',
    hint: 'Wait',
  })
})

test('a change writes what it names, and takes away what it says is null', () => {
  const change = { name: 'Rice', owner: null, opensAt: epochMs(7), seats: undefined }
  assert.deepEqual(writeMembers(shop, change), { name: 'Rice', opensAt: new Date(7) })
  assert.deepEqual(namesOfNull(change), ['owner'])
})
