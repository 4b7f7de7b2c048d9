import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { startDemo, type Demo } from '../../../local/demo/demo.ts'
import { buildFunctions } from '../../../scripts/build/build.ts'
import { tellDemo } from '../../fixtures/demo.ts'

let demo: Demo
before(async () => {
  await buildFunctions()
  demo = await startDemo({ port: 0 })
  await demo.seeding.ended
})
after(() => demo.close())

/** How many items of a list have each value of a member. */
const countBy = async (operation: string, member: string): Promise<Record<string, number>> => {
  const { items } = await tellDemo<{ items: Record<string, unknown>[] }>(demo, operation, { limit: 100 })
  const values = items.map((item) => String(item[member])).toSorted()
  return Object.fromEntries(values.map((value) => [value, values.filter((other) => other === value).length]))
}

test('the tour begins with merchants and versions in every state', async () => {
  assert.deepEqual(demo.seeding.progress, { state: 'ready', done: 53, total: 53 })
  assert.deepEqual(await countBy('bindings.list', 'status'), { bound: 27, pending: 2, revoked: 1 })
  assert.deepEqual(await countBy('authorizers.list', 'status'), { active: 26, reauthorize: 1, revoked: 1 })
  assert.deepEqual(await countBy('releases.list', 'state'), {
    approved: 1,
    auditing: 3,
    committed: 2,
    delayed: 1,
    gray: 1,
    rejected: 2,
    released: 22,
    rolledBack: 1,
    superseded: 4,
    withdrawn: 1,
  })
  assert.deepEqual(await countBy('rollouts.list', 'state'), { completed: 1, running: 1 })
  assert.deepEqual(await countBy('templates.listDrafts', 'user_version'), { '1.2.0': 1, '2.1.0': 1 })
  assert.deepEqual(await countBy('templates.list', 'user_version'), { '1.0.0': 1, '1.1.0': 1, '2.0.0': 1 })
  const { items } = await tellDemo<{ items: { nickName: string; missing: number[] }[] }>(demo, 'authorizers.list', {
    limit: 100,
  })
  const lacking = items.filter(({ missing }) => missing.length > 0).map(({ nickName }) => nickName)
  assert.deepEqual(lacking, ['丝路拉面'])
})

test('its one open problem is the merchant who has to authorize again', async () => {
  const { problems } = await tellDemo<{ problems: { code: string }[] }>(demo, 'platform.status')
  assert.deepEqual(
    problems.map(({ code }) => code),
    ['REAUTHORIZATION_REQUIRED'],
  )
})
