import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { overflows, sizes, takePicture } from '../fixtures/browser.ts'
import { listPaths } from '../fixtures/console-paths.ts'
import { accessProblems, openConsoleWorld, visitConsole, type ConsoleWorld } from '../fixtures/console.ts'
import { tellDemo } from '../fixtures/demo.ts'

let world: ConsoleWorld
let paths: ReadonlyMap<string, string>
before(async () => {
  world = await openConsoleWorld({ history: true })
  await world.demo.seeding.ended
  paths = await listPaths(world.demo)
})
after(() => world.close())

const phone = { width: 360, height: 780 }

for (const language of ['zh', 'en'] as const)
  test(
    `every page, in ${language}: no error, nothing too wide for a desktop or a phone, and axe finds nothing`,
    // The second language is for those who flip through the pictures.
    { skip: language === 'en' && process.env.SCREENSHOTS === undefined },
    async () => {
      const { page, context, errors, follow } = await visitConsole(world, { language })
      const found: string[] = []
      for (const [name, path] of paths) {
        await follow(path)
        for (const problem of await accessProblems(page)) found.push(`${name}: ${problem}`)
        for (const size of [sizes.desktop.viewport, phone]) {
          await page.setViewportSize(size)
          if (await overflows(page)) found.push(`${name} is wider than ${size.width}`)
          await takePicture(page, `console-${name}-${language}-${size.width}`)
        }
        await page.setViewportSize(sizes.desktop.viewport)
      }
      assert.deepEqual(found, [])
      assert.deepEqual(errors, [])
      await context.close()
    },
  )

test('one can go through the console with the keyboard alone', async () => {
  const { page, context } = await visitConsole(world)
  await page.keyboard.press('Tab')
  assert.equal(await page.evaluate('document.activeElement.textContent'), '跳到正文')
  await page.keyboard.press('Tab')
  await page.keyboard.press('Tab')
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: '商户', level: 1 }).waitFor()
  assert.equal(await page.evaluate('document.activeElement.id'), 'content', 'the focus goes to the new page')
  await page.getByRole('button', { name: '邀请商户' }).focus()
  await page.keyboard.press('Enter')
  await page.getByLabel('业务编号', { exact: true }).and(page.locator(':focus')).waitFor()
  await page.keyboard.press('Escape')
  await page.getByRole('dialog').waitFor({ state: 'hidden' })
  assert.equal(await page.evaluate('document.activeElement.textContent'), '邀请商户', 'and back where it was')
  await context.close()
})

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
  assert.ok(pressed > 100, `${pressed} buttons`)
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
