import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import { once } from 'node:events'
import { after, before, test } from 'node:test'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { inviteFor, newMerchant } from '../fixtures/authorizations.ts'
import { collectErrors, launchChromium, overflows, sizes, takePicture } from '../fixtures/browser.ts'
import { startPlatform, type LocalPlatform } from '../fixtures/platform.ts'

let platform: LocalPlatform
let browser: Browser
before(async () => {
  platform = await startPlatform()
  browser = await launchChromium()
})
after(async () => {
  await browser.close()
  await platform.close()
})

const widths: Readonly<Record<string, BrowserContextOptions>> = {
  phone: sizes.phone,
  'small phone': { ...sizes.phone, viewport: { width: 360, height: 740 } },
  desktop: sizes.desktop,
}

/** The pages need no script, so they get none. */
const open = async (size: string) => {
  const context = await browser.newContext({ ...widths[size], javaScriptEnabled: false })
  const errors = collectErrors(context, platform.host.url)
  return { context, errors, page: await context.newPage() }
}

const colourOf = (page: Page, name: string): Promise<string> =>
  page.evaluate(
    `getComputedStyle([...document.links].find((link) => link.textContent.includes(${JSON.stringify(name)}))).backgroundColor`,
  )

const green = 'rgb(10, 122, 78)'
const white = 'rgb(255, 255, 255)'

for (const [size, way, other] of [
  ['phone', '在手机微信中授权', '在电脑上扫码授权'],
  ['small phone', '在手机微信中授权', '在电脑上扫码授权'],
  ['desktop', '在电脑上扫码授权', '在手机微信中授权'],
] as const)
  test(`on a ${size} a merchant gets from the invite to the result without any script`, async () => {
    const { context, errors, page } = await open(size)
    const businessId = `shop-${size.replace(' ', '-')}`
    const nickName = `一家名字特别特别长的<b>老王</b>记面馆・南山科技园旗舰店 ${size}`
    const appid = await newMerchant(platform, { nickName })
    await page.goto(await inviteFor(platform, businessId))
    await page.getByText(businessId).waitFor()
    assert.deepEqual([await colourOf(page, way), await colourOf(page, other)], [green, white])
    assert.equal(await overflows(page), false)
    await takePicture(page, `merchant-${size.replace(' ', '-')}-start`)

    // WeChat's page, which opens only for a browser that comes from the registered domain.
    await page.getByRole('link', { name: way }).click()
    await page.getByText(nickName).click()
    await page.getByRole('button', { name: '同意授权' }).click()
    await page.getByRole('heading', { name: '授权成功' }).waitFor()
    await page.getByText(appid).waitFor()
    await page.getByText(nickName).waitFor()
    assert.equal(await overflows(page), false)
    await takePicture(page, `merchant-${size.replace(' ', '-')}-bound`)
    await page.reload()
    await page.getByRole('heading', { name: '授权成功' }).waitFor()
    assert.deepEqual(errors, [])

    // The same account for another business.
    await page.goto(await inviteFor(platform, `${businessId}-other`))
    await page.getByRole('link', { name: way }).click()
    await page.getByText(nickName).click()
    await page.getByRole('button', { name: '同意授权' }).click()
    await page.getByRole('heading', { name: '账号未绑定' }).waitFor()
    await page.getByText('CONFLICT').waitFor()
    assert.equal(await overflows(page), false)
    await takePicture(page, `merchant-${size.replace(' ', '-')}-conflict`)

    await page.goto(`${platform.host.url}/auth/start?invite=${'x'.repeat(300)}`)
    await page.getByRole('heading', { name: '链接无效或已过期' }).waitFor()
    assert.equal(await overflows(page), false)
    await takePicture(page, `merchant-${size.replace(' ', '-')}-expired`)
    await context.close()
  })

test('a merchant who unticked a permission sees which, and authorizes again', async () => {
  const { context, errors, page } = await open('phone')
  const nickName = '少勾了权限的店'
  await newMerchant(platform, { nickName })
  await page.goto(await inviteFor(platform, 'shop-unticked'))
  await page.getByRole('link', { name: '在手机微信中授权' }).click()
  await page.getByText(nickName).click()
  await page.getByText('小程序开发与数据分析').click()
  await page.getByRole('button', { name: '同意授权' }).click()
  await page.getByRole('heading', { name: '还差一步' }).waitFor()
  await page.getByText('小程序开发与数据分析').waitFor()
  assert.equal(await overflows(page), false)
  await takePicture(page, 'merchant-phone-unticked')
  await page.getByRole('link', { name: '重新授权' }).click()
  await page.getByRole('link', { name: '在手机微信中授权' }).click()
  await page.getByText(nickName).click()
  await page.getByRole('button', { name: '同意授权' }).click()
  await page.getByRole('heading', { name: '授权成功' }).waitFor()
  assert.deepEqual(errors, [])
  await context.close()
})

test('when WeChat is away the page says so, and its button tries again', async () => {
  const { context, page } = await open('phone')
  const invite = await inviteFor(platform, 'shop-later')
  await platform.wechat.control.addFault({ path: '/cgi-bin/component/api_create_preauthcode', status: 503 })
  await page.goto(invite)
  await page.getByText('WECHAT_UNAVAILABLE').waitFor()
  await takePicture(page, 'merchant-phone-later')
  await platform.wechat.control.clearFaults()
  await page.getByRole('link', { name: '刷新本页' }).click()
  await page.getByRole('link', { name: '在手机微信中授权' }).waitFor()
  await context.close()
})

test('a page shown from a prerendering has used nothing up and leads on', async () => {
  const context = await browser.newContext(sizes.desktop)
  const invite = await inviteFor(platform, 'shop-prerendered')
  const calls = async (): Promise<number> => {
    const counts = Object.entries(await platform.wechat.control.callCounts())
    return counts.find(([path]) => path.endsWith('/api_create_preauthcode'))?.[1] ?? 0
  }
  await platform.wechat.control.resetCalls()
  const page = await context.newPage()
  await page.setExtraHTTPHeaders({ 'sec-purpose': 'prefetch;prerender' })
  await page.goto(invite)
  await page.setExtraHTTPHeaders({})
  assert.equal(await calls(), 0)
  assert.deepEqual(await context.cookies(), [])
  await takePicture(page, 'merchant-desktop-prerendered')
  await page.getByRole('link', { name: '继续' }).click()
  await page.getByRole('link', { name: '在电脑上扫码授权' }).waitFor()
  assert.equal(await calls(), 1)
  await context.close()
})

test('no other site can show a page in a frame', async () => {
  const invite = await inviteFor(platform, 'shop-framed')
  const server = createServer((_, response) => {
    response.setHeader('content-type', 'text/html')
    response.end(`<iframe src="${invite}"></iframe>`)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const context = await browser.newContext(sizes.desktop)
  const page = await context.newPage()
  await page.goto(`http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}/`)
  const frame = page.frames().find((one) => one !== page.mainFrame())
  assert.equal(frame?.url(), 'chrome-error://chromewebdata/')
  await context.close()
  server.closeAllConnections()
  server.close()
})
