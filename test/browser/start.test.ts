import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { request } from 'node:http'
import { createInterface } from 'node:readline'
import { after, before, test } from 'node:test'
import type { Browser, Page } from 'playwright-core'
import { startDemo, type Demo } from '../../local/demo/demo.ts'
import { buildFunctions } from '../../scripts/build/build.ts'
import { collectErrors, launchChromium, overflows, sizes, takePicture } from '../fixtures/browser.ts'

let browser: Browser
let demo: Demo
before(async () => {
  await buildFunctions()
  demo = await startDemo({ port: 0, codeScanSeconds: 0 })
  browser = await launchChromium()
})
after(async () => {
  await browser.close()
  await demo.close()
})

const button = (page: Page, name: string) => page.getByRole('button', { name })
const step = (page: Page, number: number) => page.locator(`#step-${number}`)
const merchants = (page: Page) => page.locator('.merchant-list')

/** Clicks a link that opens a tab of its own. */
const follow = async (page: Page, name: string): Promise<Page> => {
  const [tab] = await Promise.all([page.context().waitForEvent('page'), page.getByRole('link', { name }).click()])
  await tab.waitForLoadState()
  return tab
}

const invite = async (page: Page, businessId: string, shopName: string): Promise<void> => {
  await page.getByLabel('业务编号').fill(businessId)
  await page.getByLabel('店名').fill(shopName)
  await button(page, '生成授权链接').click()
  await step(page, 2).getByText('等待授权').waitFor()
}

/** The merchant's part: start page, WeChat's page, back at the business. */
const authorize = async (page: Page, nickName: string, way: '在电脑上扫码授权' | '在手机微信中授权'): Promise<Page> => {
  const tab = await follow(page, '以商户身份打开链接')
  await tab.getByRole('link', { name: way }).click()
  await tab.getByText(nickName).click()
  await takePicture(tab, 'wechat')
  await tab.getByRole('button', { name: '同意授权' }).click()
  await tab.getByRole('heading', { name: '授权完成' }).waitFor()
  return tab
}

const decide = async (page: Page, verdict: '通过' | '驳回', reason = ''): Promise<void> => {
  const tab = await follow(page, '打开审核员页面')
  if (reason !== '') await tab.getByLabel('驳回或延期的原因').fill(reason)
  await takePicture(tab, 'auditor')
  await tab.getByRole('button', { name: verdict, exact: true }).click()
  await tab.getByText('没有待审核的版本').waitFor()
  await tab.close()
}

const commit = async (page: Page): Promise<void> => {
  await page.getByRole('button', { name: '上传到' }).click()
  await step(page, 5).getByRole('button', { name: '提交' }).waitFor()
}

const shipped = async (page: Page): Promise<void> => {
  await button(page, 'Submit for review').click()
  await step(page, 6).getByText('审核中').waitFor()
  await decide(page, '通过')
  await step(page, 6).getByText('审核通过').waitFor()
  await button(page, '发布上线').click()
}

test('the page leads from the invite to a released mini program, and back to the version before', async () => {
  const context = await browser.newContext(sizes.desktop)
  const errors = collectErrors(context, demo.host.url)
  const page = await context.newPage()
  await page.goto(demo.url)
  assert.equal(await step(page, 1).getAttribute('data-progress'), 'now')
  await takePicture(page, 'desktop-1-start')

  await invite(page, 'shop-001', '王记<面馆>')
  const shop = await authorize(page, '王记面馆', '在电脑上扫码授权')
  assert.match(await shop.locator('pre').innerText(), /"status": "bound"/)
  await takePicture(shop, 'desktop-2-return')
  await shop.getByRole('link', { name: '回到演示' }).click()
  await step(shop, 2).getByText('已绑定').waitFor()
  await shop.close()
  await step(page, 2).getByText('已绑定').waitFor()
  await merchants(page).getByText('王记面馆').waitFor()

  await step(page, 3).locator('li', { hasText: '1.0.0' }).getByRole('button').click()
  await step(page, 3).locator('.rows').getByText('模板 template').waitFor()
  await takePicture(page, 'desktop-3-template')
  await commit(page)
  await step(page, 3).getByText('微信收到的 ext_json').click()
  assert.match(await step(page, 3).locator('pre').innerText(), /"ext":\{"shopName":"王记<面馆>","theme":"#0a7d4f"\}/)

  await button(page, '获取体验版二维码').click()
  const code = page.getByAltText('体验版二维码')
  await code.waitFor()
  assert.ok(((await code.boundingBox())?.height ?? 0) > 100, 'the picture is drawn')
  await takePicture(page, 'desktop-4-preview')

  await button(page, '发布上线').click()
  const refusal = step(page, 7).locator('.problem')
  await refusal.waitFor()
  assert.match(await refusal.innerText(), /CONFLICT[\s\S]+requestId [\w-]{8,}/)
  await takePicture(page, 'desktop-5-refused')

  await button(page, 'Submit for review').click()
  await step(page, 6).getByText('审核中').waitFor()
  await takePicture(page, 'desktop-6-auditing')
  await decide(page, '驳回', '1. 类目与服务不符<br>2. 请更换类目')
  await step(page, 6).getByText('被驳回').waitFor()
  assert.match(await step(page, 6).innerText(), /1\. 类目与服务不符\n2\. 请更换类目/)
  assert.equal(await step(page, 5).getAttribute('data-progress'), 'now')
  await takePicture(page, 'desktop-7-rejected')

  await shipped(page)
  await step(page, 8).locator('.live', { hasText: '1.0.0' }).waitFor()
  await merchants(page).getByText('线上 live 1.0.0').waitFor()
  assert.equal(await step(page, 8).getAttribute('data-progress'), 'done')

  await step(page, 3).locator('li', { hasText: '1.1.0' }).getByRole('button').click()
  await step(page, 3).getByLabel('版本号').and(page.locator('[value="1.1.0"]')).waitFor()
  await commit(page)
  await shipped(page)
  await step(page, 8).locator('.live', { hasText: '1.1.0' }).waitFor()
  await takePicture(page, 'desktop-8-live')
  await button(page, '回退到此版本').click()
  await step(page, 8).locator('.live', { hasText: '1.0.0' }).waitFor()
  await takePicture(page, 'desktop-9-rolled-back')

  assert.deepEqual(errors, [])
  await context.close()
})

test('on a phone the same way leads there, and nothing is too wide', async () => {
  const context = await browser.newContext(sizes.phone)
  const errors = collectErrors(context, demo.host.url)
  const page = await context.newPage()
  await page.goto(demo.url)
  await takePicture(page, 'phone-1-start')
  await invite(page, 'shop-009', '青禾书店')
  const shop = await authorize(page, '青禾书店', '在手机微信中授权')
  assert.equal(await overflows(shop), false)
  await takePicture(shop, 'phone-2-return')
  await shop.close()
  await step(page, 2).getByText('已绑定').waitFor()
  const promote = button(page, '加入模板库')
  if ((await promote.count()) > 0) await promote.first().click()
  await commit(page)
  await shipped(page)
  await step(page, 8).locator('.live').waitFor()
  assert.equal(await overflows(page), false)
  await takePicture(page, 'phone-3-live')
  assert.deepEqual(errors, [])
  await context.close()
})

test('while WeChat scans the code the page says that the submission waits', async () => {
  await demo.wechat.control.changeSettings({ codeScanSeconds: 600 })
  const context = await browser.newContext(sizes.desktop)
  const page = await context.newPage()
  await page.goto(demo.url)
  await invite(page, 'shop-scan', '南山花坊')
  await (await authorize(page, '南山花坊', '在电脑上扫码授权')).close()
  await step(page, 2).getByText('已绑定').waitFor()
  const promote = button(page, '加入模板库')
  if ((await promote.count()) > 0) await promote.first().click()
  await commit(page)
  await button(page, 'Submit for review').click()
  await step(page, 5).getByText('微信还在检测代码').waitFor()
  await context.close()
})

test('only pages of this machine can press the buttons', async () => {
  const port = Number(new URL(demo.url).port)
  const send = async (path: string, headers: Record<string, string>, method = 'POST'): Promise<number> => {
    const call = request({ port, host: '127.0.0.1', path, method, headers })
    call.end(method === 'POST' ? '{"draftId":"1"}' : undefined)
    const [response] = await once(call, 'response')
    response.resume()
    return response.statusCode
  }
  const json = { 'content-type': 'application/json' }
  assert.equal(await send('/demo/actions/promote', { ...json, host: 'evil.example' }), 403)
  assert.equal(await send('/demo/actions/promote', { ...json, origin: 'https://evil.example' }), 403)
  assert.equal(await send('/demo/actions/promote', { 'content-type': 'text/plain' }), 400)
  assert.equal(await send('/demo/actions/nothing', json), 404)
  assert.equal(await send('/', { host: 'evil.example' }, 'GET'), 403)
  assert.equal(await send('/demo/state', { host: 'evil.example' }, 'GET'), 403)
})

test('npm start prints the address of the page, serves it, and ends when told to', async () => {
  const child = spawn('npm', ['start', '--', '--port', '0'], { stdio: ['ignore', 'pipe', 'ignore'] })
  const exited = once(child, 'exit')
  try {
    let url: string | undefined
    for await (const line of createInterface({ input: child.stdout })) {
      url = /^\s+(http:\/\/127\.0\.0\.1:\d+\/)$/.exec(line)?.[1]
      if (url !== undefined) break
    }
    const page = await (await fetch(url ?? '')).text()
    assert.match(page, /<h2>邀请商户/)
  } finally {
    child.kill('SIGTERM')
  }
  await exited
})
