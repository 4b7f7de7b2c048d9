import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { createInterface } from 'node:readline'
import { after, before, test } from 'node:test'
import type { Browser, Page } from 'playwright-core'
import { startDemo, type Demo } from '../../local/demo/demo.ts'
import { buildFunctions } from '../../scripts/build/build.ts'
import { buildConsole } from '../../scripts/build/console.ts'
import { collectErrors, launchChromium, overflows, sizes, takePicture } from '../fixtures/browser.ts'

let browser: Browser
let demo: Demo
before(async () => {
  await Promise.all([buildFunctions(), buildConsole()])
  demo = await startDemo({ port: 0, history: false })
  browser = await launchChromium()
})
after(async () => {
  await browser.close()
  await demo.close()
})

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true })
const overview = (page: Page) => page.getByRole('main')

const openDrawer = async (page: Page): Promise<void> => {
  await page.getByRole('button', { name: '模拟器' }).click()
  await page.getByRole('dialog', { name: '模拟器' }).waitFor()
}

const choose = async (page: Page, group: '商户' | '审核员' | '监管' | '弄坏' | '治好'): Promise<void> => {
  await page.getByRole('tab', { name: group }).click()
}

test('a newcomer scans as a merchant, breaks something, sees the problem, and cures it', async () => {
  const context = await browser.newContext(sizes.desktop)
  const errors = collectErrors(context, demo.host.url)
  const page = await context.newPage()
  await page.goto(demo.url)
  await page.getByRole('heading', { name: '概览' }).waitFor()
  assert.equal(new URL(page.url()).pathname, '/console/overview')
  await overview(page).getByText('一切正常').waitFor()
  await takePicture(page, 'start-1-overview')

  await openDrawer(page)
  const scan = page.getByRole('article', { name: '扫码授权' })
  await scan.getByLabel('账号').selectOption({ label: '王记面馆 · 未授权' })
  await scan.getByRole('button', { name: '以商户身份扫码' }).click()
  await scan.getByText('「王记面馆」已授权，绑定为 shop-001。').waitFor()
  await overview(page).getByText('王记面馆').first().waitFor()
  await takePicture(page, 'start-2-scanned')
  await scan.getByRole('link', { name: '商户列表' }).click()
  await overview(page).getByText('王记面馆').first().waitFor()

  await choose(page, '弄坏')
  const stop = page.getByRole('article', { name: '停止推送 ticket' })
  await stop.getByRole('button').click()
  await stop.getByText('平台报告了问题 TICKET_OVERDUE').waitFor()
  await stop.getByText('已弄坏', { exact: true }).waitFor()
  await stop.getByRole('link').click()
  await overview(page).getByText('TICKET_OVERDUE').waitFor()
  await takePicture(page, 'start-3-broken')

  await choose(page, '治好')
  const resume = page.getByRole('article', { name: '恢复推送 ticket' })
  await resume.getByRole('button').click()
  await resume.getByText('平台现在没有报告 TICKET_OVERDUE').waitFor()
  await overview(page).getByText('一切正常').waitFor()
  await takePicture(page, 'start-4-cured')

  await choose(page, '监管')
  await page.getByRole('article', { name: '要求整改' }).getByRole('button').click()
  await overview(page).getByText('PUNISHMENT_ANNOUNCED').waitFor()
  await button(page, '关闭').click()
  // Nobody but a person can know that it is put right.
  await button(page, '已处理').click()
  await page.getByRole('dialog', { name: '这个问题处理完了？' }).getByRole('button', { name: '已处理' }).click()
  await overview(page).getByText('一切正常').waitFor()
  assert.deepEqual(errors, [])
  await context.close()
})

test('on a phone the drawer covers the page, and gives it back to whoever goes to look', async () => {
  const context = await browser.newContext(sizes.phone)
  const errors = collectErrors(context, demo.host.url)
  const page = await context.newPage()
  await page.goto(demo.url)
  await openDrawer(page)
  assert.equal(await overflows(page), false)
  for (const group of ['商户', '审核员', '监管', '弄坏', '治好'] as const) {
    await choose(page, group)
    await takePicture(page, `start-phone-${group}`)
  }
  await page.getByRole('article', { name: '立即推送一个 ticket' }).getByRole('link').click()
  await page.getByRole('heading', { name: '概览' }).waitFor()
  assert.equal(await page.getByRole('dialog').count(), 0)
  assert.deepEqual(errors, [])
  await context.close()
})

test('the drawer works without a mouse', async () => {
  const context = await browser.newContext(sizes.desktop)
  const page = await context.newPage()
  await page.goto(demo.url)
  const opener = page.getByRole('button', { name: '模拟器' })
  await opener.focus()
  await page.keyboard.press('Enter')
  await page.getByRole('tab', { name: '商户' }).focus()
  await page.keyboard.press('ArrowLeft')
  assert.equal(await page.getByRole('tab', { name: '治好' }).getAttribute('aria-selected'), 'true')
  await page.getByRole('article', { name: '立即运行定时器' }).getByRole('button').focus()
  await page.keyboard.press('Enter')
  await page.getByText(/^定时器已运行/).waitFor()
  await page.keyboard.press('Escape')
  await page.getByRole('dialog').waitFor({ state: 'detached' })
  assert.equal(await page.evaluate('document.activeElement.textContent'), '模拟器')
  await context.close()
})

test("an invited merchant lands on the business's own page, which shows what the platform says", async () => {
  const context = await browser.newContext(sizes.phone)
  const errors = collectErrors(context, demo.host.url)
  const page = await context.newPage()
  await page.goto(`${demo.url}demo/return?businessId=%3Ci%3E&status=failed&code=CONFLICT`)
  await page.getByRole('heading', { name: '授权没有完成' }).waitFor()
  await page.getByText('INVALID_ARGUMENT').waitFor()
  await page.goto(`${demo.url}demo/return?businessId=shop-001&status=bound`)
  await page.getByText('"businessId": "shop-001"').waitFor()
  assert.equal(await overflows(page), false)
  await takePicture(page, 'start-return')
  assert.deepEqual(errors, [])
  await context.close()
})

test('npm start prints the address of the console, serves it, and ends when told to', async () => {
  const child = spawn('npm', ['start', '--', '--port', '0'], { stdio: ['ignore', 'pipe', 'ignore'] })
  const exited = once(child, 'exit')
  try {
    let url: string | undefined
    let logFile: string | undefined
    for await (const line of createInterface({ input: child.stdout })) {
      url ??= /^\s+(http:\/\/127\.0\.0\.1:\d+\/)$/.exec(line)?.[1]
      logFile = /^日志 · logs {2}(\/.+)$/.exec(line)?.[1]
      assert.doesNotMatch(line, /^\{/, 'logs are not on the screen')
      if (logFile !== undefined) break
    }
    const response = await fetch(url ?? '')
    assert.equal(new URL(response.url).pathname, '/console/')
    assert.match(await response.text(), /<script type="module"/)
    const [first = ''] = (await readFile(logFile ?? '', 'utf8')).split('\n')
    assert.ok('requestId' in JSON.parse(first))
  } finally {
    child.kill('SIGTERM')
  }
  await exited
})
