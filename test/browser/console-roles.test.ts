import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { listPaths } from '../fixtures/console-paths.ts'
import { openConsoleWorld, visitConsole, type ConsoleWorld } from '../fixtures/console.ts'
import { tellDemo } from '../fixtures/demo.ts'

/** Also those of merchants and releases, which need a history: `.ci/more` asks for it. */
const everyPage = process.env.EVERY_QUESTION === '1'

const places = [
  '/overview',
  '/merchants',
  '/merchants?invite=1',
  '/templates',
  '/reviews',
  '/rollouts',
  '/rollouts/new',
  '/events',
  '/events/deliveries',
  '/settings',
  ...['wechat', 'domains', 'subscriptions', 'keys', 'people', 'activity'].map((name) => `/settings/${name}`),
]

let world: ConsoleWorld
let paths: ReadonlyMap<string, string>
before(async () => {
  world = await openConsoleWorld({ history: everyPage })
  await world.demo.seeding.ended
  paths = everyPage ? await listPaths(world.demo) : new Map(places.map((path) => [path, path]))
})
after(() => world.close())

/** Presses each button of the page that is not off, and those of the questions that come up, from the last one on. */
const pressAll = `(async () => {
  const passing = () => new Promise((done) => setTimeout(done, 40))
  const here = location.href
  let count = 0
  const pressed = (where) => [...document.querySelectorAll(where + ' button:enabled')]
  for (let index = 0; index < pressed('main').length; index++) {
    pressed('main')[index].click()
    count++
    await passing()
    for (let inside = pressed('dialog[open]').length - 1; inside >= 0; inside--) {
      pressed('dialog[open]')[inside]?.click()
      count++
      await passing()
    }
    if (location.href !== here) history.pushState(null, '', here)
  }
  return count
})()`

test('a viewer presses whatever can be pressed, on every page: nothing is refused, and what is off says why', async () => {
  const { key } = await tellDemo<{ readonly key: string }>(world.demo, 'apiKeys.create', {
    name: '看看',
    role: 'viewer',
  })
  const { page, context, follow } = await visitConsole(world, { apiKey: key })
  const refused = new Set<string>()
  let at = ''
  let pressed = 0
  page.on('response', (response) => {
    if (response.status() === 403) refused.add(`${at}: ${response.url().split('/').at(-1)}`)
  })
  for (const [name, path] of paths) {
    at = name
    await follow(path)
    pressed += await page.evaluate<number>(pressAll)
  }
  assert.deepEqual([...refused], [])
  assert.ok(pressed > (everyPage ? 100 : 20), `${pressed} buttons`)
  await follow('/merchants')
  assert.equal(await page.getByRole('button', { name: '与微信核对' }).getAttribute('title'), '需要所有者的角色')
  await page.getByText('你的角色：观察者').waitFor()
  await context.close()
})

test('what somebody else changes is seen without a click', async () => {
  const { page, context } = await visitConsole(world, { path: '/settings/keys' })
  await page.getByRole('row', { name: '看看' }).waitFor()
  const { keyId } = await tellDemo<{ readonly keyId: string }>(world.demo, 'apiKeys.create', {
    name: '别人新建的',
    role: 'viewer',
  })
  const row = page.getByRole('row', { name: '别人新建的' })
  await row.waitFor()
  await tellDemo(world.demo, 'apiKeys.revoke', { keyId })
  await row.getByText('已吊销').waitFor()
  await context.close()
})
