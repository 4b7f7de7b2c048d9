import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Page, Route } from 'playwright-core'
import * as v from 'valibot'
import { ownOperations } from '../../shared/domain/operations/table.ts'
import type { Operation } from '../../shared/domain/operation.ts'
import { roles } from '../../shared/domain/stores/admins.ts'
import { closeRouted, overflows, sizes, takePicture } from '../fixtures/browser.ts'
import { listPaths, pagesWithoutHistory } from '../fixtures/console-paths.ts'
import { accessProblems, openConsoleWorld, visitConsole, type ConsoleWorld } from '../fixtures/console.ts'
import { tellDemo } from '../fixtures/demo.ts'
import { askToSignIn } from '../fixtures/sign-in.ts'

/** As everybody, in both languages, on every page, held by axe at two widths: `.ci/more` asks for it. Else as a viewer on pages without a history. */
const everything = process.env.EVERY_QUESTION === '1'

let world: ConsoleWorld
let paths: ReadonlyMap<string, string>
let rows: Readonly<Record<string, Operation>>
before(async () => {
  world = await openConsoleWorld({ history: everything })
  await world.demo.seeding.ended
  paths = everything ? await listPaths(world.demo) : pagesWithoutHistory
  rows = await ownOperations()
})
after(() => world.close())

const asked = v.object({ action: v.optional(v.unknown()) })

/** What would change something is held back, so that everything can be pressed; whoever may not do it is noted. */
const holdBack = (page: Page, role: (typeof roles)[number], note: (operation: string) => void) =>
  page.route('**/api/v1/*', async (route: Route) => {
    const name = new URL(route.request().url()).pathname.split('/').at(-1) ?? ''
    const row = rows[name]
    if (row?.kind !== 'changing' || v.parse(asked, route.request().postDataJSON()).action === 'get')
      return route.continue()
    if (roles.indexOf(role) < roles.indexOf(row.role)) note(name)
    const error = { code: 'CONFLICT', message: 'held back', retryable: false, requestId: 'held-back' }
    return route.fulfill({ json: { ok: false, error } })
  })

/** Presses each button of the page that is not off, those of a name once, and those of the questions that come up, from the last one on. */
const pressAll = `(async () => {
  const passing = () => new Promise((done) => setTimeout(done, 30))
  const here = location.href
  const pressed = new Set()
  const open = (where) => [...document.querySelectorAll(where + ' button:enabled')]
  const nameOf = (button) => button.getAttribute('aria-label') ?? button.textContent
  for (let next = true; next; ) {
    next = open('main').find((button) => !pressed.has(nameOf(button)))
    if (!next) break
    pressed.add(nameOf(next))
    next.click()
    await passing()
    for (let inside = open('dialog[open]').length - 1; inside >= 0; inside--) {
      open('dialog[open]')[inside]?.click()
      await passing()
    }
    if (location.href !== here) history.pushState(null, '', here)
  }
  return pressed.size
})()`

/** Of a person: agents' plans are for no key to read. */
const tokenOf = async (role: string): Promise<string> => {
  const openid = `o-walks-as-${role}`
  await tellDemo(world.demo, 'admins.put', { id: openid, role, name: `walks as ${role}` })
  const { code, check, poll } = await askToSignIn(world.demo)
  await world.demo.host.invoke('manage', { operation: 'sessions.approve', input: { code, check } }, { openid })
  return v.parse(v.string(), (await poll()).data['token'])
}

for (const role of everything ? roles : (['viewer'] as const))
  for (const language of everything ? (['zh', 'en'] as const) : (['zh'] as const))
    test(`a ${role} presses whatever can be pressed, on every page, in ${language}: nothing is refused, nothing breaks`, async () => {
      const { page, context, errors, follow } = await visitConsole(world, { language, apiKey: await tokenOf(role) })
      const found = new Set<string>()
      let at = ''
      await holdBack(page, role, (operation) => found.add(`${at}: ${operation} takes another role`))
      page.on('response', (response) => {
        if (response.status() === 403) found.add(`${at}: ${response.url().split('/').at(-1)} was refused`)
      })
      let pressed = 0
      for (const [name, path] of paths) {
        at = name
        await follow(path)
        for (const size of everything ? [sizes.desktop.viewport, sizes.phone.viewport] : []) {
          await page.setViewportSize(size)
          for (const problem of await accessProblems(page)) found.add(`${name} at ${size.width}: ${problem}`)
          if (await overflows(page)) found.add(`${name} is wider than ${size.width}`)
          await takePicture(page, `console-${role}-${name}-${language}-${size.width}`)
        }
        await page.setViewportSize(sizes.desktop.viewport)
        pressed += await page.evaluate<number>(pressAll)
      }
      assert.deepEqual([...found], [])
      assert.deepEqual(errors, [])
      assert.ok(pressed > (everything ? 50 : 10), `${pressed} buttons`)
      await closeRouted(context)
    })

test('what is off says why, and what somebody else changes is seen without a click', async () => {
  const viewer = await visitConsole(world, { path: '/merchants', apiKey: await tokenOf('viewer') })
  const sync = viewer.page.getByRole('button', { name: '与微信核对' })
  assert.equal(await sync.getAttribute('title'), '需要所有者的角色')
  await viewer.page.getByText('你的角色：观察者').waitFor()
  await viewer.context.close()

  const { page, context } = await visitConsole(world, { path: '/settings/keys' })
  await page.getByRole('table', { name: 'API 密钥' }).or(page.getByText('还没有 API 密钥')).first().waitFor()
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
