import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { overflows, sizes, takePicture } from '../fixtures/browser.ts'
import { listPaths } from '../fixtures/console-paths.ts'
import { accessProblems, openConsoleWorld, visitConsole, type ConsoleWorld } from '../fixtures/console.ts'

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
