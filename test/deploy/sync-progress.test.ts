import assert from 'node:assert/strict'
import { test } from 'node:test'
import { syncAll } from '../../scripts/admin/sync.ts'

test('a comparison is gone on with until nobody is left, and only then said to be done', async () => {
  const counts = { added: 500, updated: 2, revoked: 0, adopted: 500, problems: 0 }
  const answers = [
    { ...counts, remaining: 1500, continue: 'pass-1' },
    { ...counts, remaining: 1, continue: 'pass-1' },
    { ...counts, updated: 0, remaining: 0 },
  ]
  const inputs: object[] = []
  const lines: string[] = []
  const told = await syncAll(
    async (_, input) => {
      inputs.push(input)
      return answers[inputs.length - 1]
    },
    (line) => lines.push(line),
  )
  assert.deepEqual(inputs, [{}, { continue: 'pass-1' }, { continue: 'pass-1' }])
  assert.deepEqual(lines, [
    '还剩 1500 个账号 · 1500 accounts to go',
    '还剩 1 个账号 · 1 account to go',
    '核对完成 · done',
  ])
  assert.deepEqual(told, { added: 1500, updated: 4, revoked: 0, adopted: 1500, problems: 0 })
})
