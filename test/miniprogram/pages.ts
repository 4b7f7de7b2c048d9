import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import { projectFolder } from '../../scripts/build/project-folder.ts'
import { askToSignIn } from '../fixtures/sign-in.ts'
import { pagesOf } from './phone/package-files.ts'
import type { Phone } from './phone/phone.ts'
import { skip, stage } from './stage.ts'

/** What keeps a hand from the work: parts wider than the screen, icons that are not drawn, buttons too low to hit. */
const findFlaws = `(() => {
  const seen = (element) => element.getClientRects().length > 0
  const all = (selector) => [...document.querySelectorAll(selector)].filter(seen)
  return {
    wide: document.documentElement.scrollWidth > document.documentElement.clientWidth,
    undrawn: all('.t-icon--t-icon-base')
      .filter((icon) => getComputedStyle(icon, '::before').maskImage === 'none')
      .map((icon) => icon.className),
    low: all('wx-button, .t-check-tag--t-tag').filter((button) => button.offsetHeight < 32).map((button) => button.innerText),
    untranslated: all('wx-text, wx-view').map((part) => part.innerText).filter((text) => /undefined|\\{\\w+\\}|\\[object/.test(text)),
  }
})()`

const noFlaws = { wide: false, undrawn: [], low: [], untranslated: [] }

/** Where the page needs to be told whom it is about. */
const queries = async (): Promise<Record<string, string>> => {
  const { rejected, approved } = stage.world
  const { items } = await stage.platform.tell('rollouts.list', {})
  const [rollout] = Array.isArray(items) ? items : []
  const link = encodeURIComponent('https://minifleet.example.com/auth/start?invite=abc')
  return {
    'packages/merchants/merchant/merchant': `appid=${approved}`,
    'packages/merchants/invitation/invitation': `link=${link}`,
    'packages/releases/release/release': `appid=${approved}`,
    'packages/releases/rejection/rejection': `appid=${rejected}`,
    'packages/settings/sign-in/sign-in': `code=${encodeURIComponent((await askToSignIn(stage.platform)).code)}`,
    'packages/rollouts/rollout/rollout': `rolloutId=${rollout.rolloutId}`,
  }
}

const look = async (phone: Phone, pages: readonly string[]): Promise<void> => {
  const byPage = await queries()
  for (const page of pages) {
    await phone.open(`/${page}?${byPage[page] ?? ''}`.replace(/\?$/, ''))
    await phone.frame.waitForFunction(
      `!['list-skeleton', 'wx-view.t-loading--t-loading'].some((part) => [...document.querySelectorAll(part)].some((element) => element.getClientRects().length))`,
    )
    assert.deepEqual(await phone.frame.evaluate(findFlaws), noFlaws, page)
    assert.equal(await phone.frame.locator('refusal-card').filter({ visible: true }).count(), 0, page)
  }
  assert.deepEqual(await phone.told('errors'), [])
}

export const testPages = (): void => {
  test('every page shows real answers in both languages, fits the screen and is within reach', { skip }, async () => {
    const app: unknown = JSON.parse(await readFile(join(projectFolder, 'miniprogram/source/app.json'), 'utf8'))
    const pages = pagesOf(app)
    assert.equal(pages.length, 15)
    const { owner } = stage
    await look(owner, pages)
    await owner.open('/pages/me/me')
    await owner.tap('English')
    await owner.see('Does everything, people included')
    await owner.open('/pages/merchants/merchants')
    await owner.see('Nothing live yet')
    await owner.picture('merchants-en')
    await owner.open('/pages/me/me')
    const text = (await owner.text()).replace('语言 Language', '').replace('中文', '')
    assert.doesNotMatch(text, /[\u3400-\u9fff]/)
    await look(owner, pages)
    await owner.open('/pages/me/me')
    await owner.tap('中文')
    await owner.see('可以做一切，包括管理成员')
  })

  test('a page shows its outline until it knows more, and asks again when it is pulled down', { skip }, async () => {
    const { operator } = stage
    await operator.frame.evaluate('window.phone.held = new Promise((go) => (window.phone.go = go)), undefined')
    await operator.open(`/packages/merchants/merchant/merchant?appid=${stage.world.approved}`)
    await operator.frame.locator('list-skeleton').filter({ visible: true }).waitFor()
    await operator.frame.evaluate('window.phone.go()')
    await operator.see('青禾花店')
    const refreshed = Number(await operator.told('refreshed'))
    await operator.tell('onPullDownRefresh')
    assert.equal(await operator.told('refreshed'), refreshed + 1)
  })
}
