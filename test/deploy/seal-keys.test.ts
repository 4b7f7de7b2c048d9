import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parseRules, rulesBeside } from '../../scripts/deploy/access-rules.ts'
import { openingOrder } from '../../scripts/deploy/seal-keys.ts'

test('a new first key opens in all functions before it seals in any', () => {
  const rows: readonly [wanted: string[], live: string[][], order: string[] | undefined][] = [
    [
      ['k2', 'k1'],
      [['k1'], ['k1']],
      ['k1', 'k2'],
    ],
    // The first step was cut off half-way, or the second.
    [
      ['k2', 'k1'],
      [['k1', 'k2'], ['k1']],
      ['k1', 'k2'],
    ],
    [
      ['k2', 'k1'],
      [
        ['k2', 'k1'],
        ['k1', 'k2'],
      ],
      undefined,
    ],
    // Two at once, and one that goes meanwhile.
    [['k3', 'k2', 'k1'], [['k1']], ['k1', 'k3', 'k2']],
    [['k3', 'k2'], [['k2', 'k1']], ['k2', 'k3']],
    // Nothing is there yet; nothing is new; nothing of before is kept.
    [['k1'], [], undefined],
    [['k1'], [[], ['k1']], undefined],
    [['k2'], [['k1']], undefined],
  ]
  for (const [wanted, live, order] of rows) assert.deepEqual(openingOrder(wanted, live), order)
})

test('rules of other projects in the environment stay', () => {
  const present = parseRules('{"*":{"invoke":true},"theirs":{"invoke":"auth != null"},"api":{"invoke":true}}')
  assert.deepEqual(rulesBeside(present, ['api', 'manage']), {
    '*': { invoke: true },
    theirs: { invoke: 'auth != null' },
    api: { invoke: false },
    manage: { invoke: "auth != null && auth.loginType != 'ANONYMOUS'" },
  })
  assert.deepEqual(rulesBeside(parseRules(undefined), ['api']), { '*': { invoke: false }, api: { invoke: false } })
})
