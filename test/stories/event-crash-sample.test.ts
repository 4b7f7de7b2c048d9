import assert from 'node:assert/strict'
import { test } from 'node:test'
import { crashStories } from '../fixtures/event-crashes.ts'

/** The last of these, which says that the rollout has ended; `npm run test:crash` tries them all. */
const lastChange = (operations: readonly string[]): readonly number[] => [
  operations.findLastIndex((one) => one === 'database.modifyAndReturnDoc rollouts') + 1,
]

test('killed once a change was stored that has something to tell: all is told, each once', async () => {
  assert.equal(await crashStories('applied', lastChange), 1)
})
