import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import type * as Rules from '../../console/src/api/rules.ts'
import { valuesOfRows } from '../../scripts/build/console.ts'
import { ownOperations } from '../../shared/domain/operations/table.ts'
import type { Operation } from '../../shared/domain/operation.ts'
import { isFailure } from '../../shared/errors.ts'
import { isRecord } from '../../shared/record.ts'
import { readSampleInputs } from '../fixtures/sample-inputs.ts'

let rules: typeof Rules
let rows: readonly (readonly [name: string, row: Operation, sample: Readonly<Record<string, unknown>>])[]
before(async () => {
  const { OPERATION_RULES } = await valuesOfRows()
  Object.assign(globalThis, { OPERATION_RULES: JSON.parse(OPERATION_RULES) })
  rules = await import('../../console/src/api/rules.ts')
  const samples = await readSampleInputs()
  rows = Object.entries(await ownOperations())
    .filter(([, { kind }]) => kind === 'changing')
    .map(([name, row]) => [name, row, samples[name] ?? {}])
})

const flawsOf = (name: string, input: object) => rules.flawsOf(name, input)

test('the rules of a form are those of the row: what the row takes has no flaw', () => {
  assert.deepEqual(
    rows.flatMap(([name, , sample]) =>
      flawsOf(name, sample).map(({ path, reason }) => [name, ...path, reason].join(' ')),
    ),
    [],
  )
})

/** What people type into fields by mistake. */
const mistakes: readonly unknown[] = [
  '',
  ' ',
  'http://bad one',
  'x'.repeat(5000),
  Number.NaN,
  -1,
  1.5,
  1e9,
  [],
  [''],
  {},
]

/** The input with one member, at any depth, replaced. */
function* broken(input: Readonly<Record<string, unknown>>): Generator<Readonly<Record<string, unknown>>> {
  for (const [name, value] of Object.entries(input)) {
    for (const mistake of mistakes)
      // No form sends a list for an object.
      if (!(isRecord(value) && Array.isArray(mistake))) yield { ...input, [name]: mistake }
    if (isRecord(value)) for (const inner of broken(value)) yield { ...input, [name]: inner }
  }
}

test('what a form refuses, the platform refuses for the same reason in the same field', () => {
  let refused = 0
  for (const [name, row, sample] of rows)
    for (const input of broken(sample)) {
      const flaws = flawsOf(name, input).map(({ path, reason }) => `${path.join('.')} ${reason}`)
      if (flaws.length === 0) continue
      refused += 1
      assert.throws(
        () => row.take(input),
        (error) => isFailure(error) && flaws.includes(`${error.field} ${error.reason}`),
        `${name}: ${flaws.join()}`,
      )
    }
  assert.ok(refused > 500, `${refused}`)
})

test('an address with a blank, an id with a blank and a share above all are refused in their fields', () => {
  const [address, id, share] = [
    flawsOf('subscriptions.put', { url: 'http://bad one', match: {} }),
    flawsOf('admins.put', { id: 'o xiaomei', role: 'viewer' }),
    flawsOf('releases.startGray', { appid: 'wx0000000000000001', percentage: 101 }),
  ]
  assert.deepEqual(address, [{ path: ['url'], reason: 'ADDRESS_NOT_PUBLIC', params: { objection: 'notAbsolute' } }])
  assert.deepEqual(id, [
    {
      path: ['id'],
      reason: 'CHARACTERS_NOT_ALLOWED',
      params: { max: 128, allowed: 'A-Z a-z 0-9 _ . : @ -' },
    },
  ])
  assert.deepEqual(share, [{ path: ['percentage'], reason: 'TOO_LARGE', params: { max: 100 } }])
})
