import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Page } from 'playwright-core'
import { ageFailures } from '../../local/demo/time-travel.ts'
import { listPaths } from '../fixtures/console-paths.ts'
import { sizes } from '../fixtures/browser.ts'
import { openConsoleWorld, visitConsole, type ConsoleWorld } from '../fixtures/console.ts'
import { tellDemo } from '../fixtures/demo.ts'
import { collectData, foreign, readTexts, withoutData } from '../fixtures/readers.ts'

/** Two minutes: `.ci/more` asks for it. */
const skip = process.env.EVERY_QUESTION !== '1'

let world: ConsoleWorld
let paths: ReadonlyMap<string, string>
before(async () => {
  if (skip) return
  world = await openConsoleWorld({ history: true })
  await world.demo.seeding.ended
  paths = new Map([...(await listPaths(world.demo)), ...(await makeTrouble())])
})
after(() => (skip ? undefined : world.close()))

const act = (action: string, input: object = {}) =>
  fetch(`${world.demo.host.url}/demo/actions/${action}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(input),
  })

/** Tables with problems, refusals, a rollout that stands still; and where they are seen. */
const makeTrouble = async (): Promise<ReadonlyMap<string, string>> => {
  const { host } = world.demo
  const { items } = await tellDemo<{ items: readonly { appid: string; status: string }[] }>(
    world.demo,
    'authorizers.list',
    { limit: 100 },
  )
  const appids = items.filter(({ status }) => status === 'active').map(({ appid }) => appid)
  const [one = '', two = '', three = ''] = appids
  const gone = items.find(({ status }) => status !== 'active')?.appid ?? ''
  const url = `${host.url}/demo/webhook`
  await tellDemo(world.demo, 'subscriptions.put', { url, match: {} })
  await act('takeBusinessDown')
  const { rolloutId } = await tellDemo<{ rolloutId: string }>(world.demo, 'rollouts.create', {
    name: '难产版',
    templateId: 1,
    version: '9.0.0',
    description: '新版',
    appids: [one, two, gone, 'wx00000000000000ff'],
    maxFailures: 0,
  })
  await act('killRefreshToken', { appid: three })
  await act('runTimers')
  await ageFailures(host.database, 1)
  await act('runTimers')
  await act('stopTickets')
  return new Map([
    ['rollout-in-trouble', `/rollouts/${rolloutId}`],
    ['merchant-gone', `/merchants/${gone}`],
    ['merchant-gone-access', `/merchants/${gone}/access`],
    ['merchant-unknown', '/merchants/wx00000000000000ff'],
    ['release-unknown', '/releases/wx00000000000000ff'],
    ['release-gone', `/releases/${gone}`],
    ['rollout-unknown', '/rollouts/ro-unknown'],
  ])
}

test(
  'every page and every question is in the language of its reader alone, but for names and what reviewers wrote',
  { skip },
  async () => {
    const { page, context, go } = await visitConsole(world)
    const { found, read } = readerOf(page)
    const pressed = new Set<string>()
    for (const [name, path] of paths) {
      await go(path)
      await read(name)
      for (const label of await newButtons(page, pressed)) {
        if (!(await press(page, label))) continue
        await read(`${name}, ${label}`)
        await page.keyboard.press('Escape')
        if (new URL(page.url()).pathname !== `/console${path}`.split('?')[0]) await go(path)
      }
    }
    await go('/rollouts/new?template=1')
    for (const step of [1, 2, 3, 4]) {
      await press(page, '下一步')
      await read(`step ${step}`)
    }
    assert.deepEqual([...found], [])
    await context.close()
  },
)

test(
  'so are the drawer of the simulator, the page where one signs in, and every page on a phone',
  { skip },
  async () => {
    const { page, context, go } = await visitConsole(world, { size: sizes.phone })
    const { found, read } = readerOf(page)
    for (const [name, path] of paths) {
      await go(path)
      await read(`${name} on a phone`)
    }
    await page.evaluate("document.querySelector('.tour-button').click()")
    for (const [place, tab] of ['merchant', 'reviewer', 'office', 'trouble', 'cure'].entries()) {
      await page.getByRole('tab').nth(place).click()
      await read(`drawer, ${tab}`)
    }
    await context.close()

    const stranger = await visitConsole(world)
    const atSignIn = readerOf(stranger.page)
    await button(stranger.page, '退出登录').click()
    await stranger.page.getByRole('heading', { name: '登录控制台' }).waitFor()
    await atSignIn.read('sign-in')
    await stranger.page.getByText('用 API 密钥登录').click()
    await stranger.page.getByLabel('API 密钥').fill('mf_wrong')
    await button(stranger.page, '登录').click()
    await stranger.page.getByRole('alert').waitFor()
    await atSignIn.read('sign-in, refused')
    await stranger.context.close()
    assert.deepEqual([...found, ...atSignIn.found], [])
  },
)

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true })

/** Reads what is shown for both readers, and keeps what one of them could not read. */
function readerOf(page: Page) {
  const data = collectData(page)
  const found = new Set<string>()
  const read = async (where: string): Promise<void> => {
    await page.locator('.waiting').first().waitFor({ state: 'hidden' })
    for (const language of ['zh', 'en'] as const) {
      for (const text of await readTexts(page))
        if (foreign[language].test(withoutData(text, data))) found.add(`${language}, ${where}: ${text}`)
      await switchLanguage(page)
    }
  }
  return { found, read }
}

/** Also under a question, which keeps the mouse from it. */
const switchLanguage = (page: Page): Promise<void> => page.evaluate(`document.querySelector('button[lang]').click()`)

/** Of those on the page by their labels, each label once. */
const newButtons = async (page: Page, pressed: Set<string>): Promise<readonly string[]> => {
  const labels = await page.getByRole('main').getByRole('button', { disabled: false }).allInnerTexts()
  const fresh = [...new Set(labels.map((label) => label.trim()))].filter((label) => label !== '' && !pressed.has(label))
  for (const label of fresh) pressed.add(label)
  return fresh
}

const press = async (page: Page, label: string): Promise<boolean> =>
  page
    .getByRole('main')
    .getByRole('button', { name: label, exact: true })
    .first()
    .click({ timeout: 1000 })
    .then(
      () => true,
      () => false,
    )
