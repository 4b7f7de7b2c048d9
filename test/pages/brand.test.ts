import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { confirm, inviteFor, newMerchant, openInvite } from '../fixtures/authorizations.ts'
import { killInstances } from '../fixtures/interference.ts'
import { authorizeMerchant, openBrowser } from '../fixtures/merchant.ts'
import { startPlatform, type LocalPlatform } from '../fixtures/platform.ts'

let platform: LocalPlatform
before(async () => {
  platform = await startPlatform({
    env: {
      BRAND_NAME: '小满科技 <b>',
      BRAND_LOGO_URL: 'https://cdn.example.com/logo.png?v=1&x="',
      BRAND_CONTACT: '400-800 1234',
    },
  })
})
after(() => platform.close())

test('the pages of merchants carry the brand of the provider, escaped, and let in only its picture', async () => {
  const appid = await newMerchant(platform)
  const start = await openBrowser().get(await inviteFor(platform, 'branded'))
  const { callback: bound } = await authorizeMerchant(platform, { businessId: 'branded', appid })
  const forged = await openBrowser().get(`${platform.host.url}/auth/callback/forged?auth_code=x`)
  for (const { body, headers } of [start, bound, forged]) {
    assert.match(body, /<header class="brand">[^]*小满科技 &lt;b&gt;[^]*<\/header>/)
    assert.match(body, /<img src="https:\/\/cdn\.example\.com\/logo\.png\?v=1&amp;x=%22"/)
    assert.match(body, /<a href="tel:4008001234">400-800 1234<\/a>/)
    assert.match(
      String(headers.get('content-security-policy')),
      /default-src 'none'; img-src https:\/\/cdn\.example\.com; style-src/,
    )
  }
})

test('a brand that is malformed stops the pages, naming the variable', async () => {
  const before = { ...platform.env }
  const invite = await inviteFor(platform, 'malformed')
  for (const [name, value] of [
    ['BRAND_LOGO_URL', 'http://cdn.example.com/logo.png'],
    ['BRAND_LOGO_URL', 'javascript:alert(1)'],
    ['BRAND_NAME', 'a\nb'],
    ['BRAND_CONTACT', 'x'.repeat(201)],
  ] as const) {
    Object.assign(platform.env, before, { [name]: value })
    await killInstances(platform)
    const page = await openBrowser().get(invite)
    assert.deepEqual([page.status, page.body.includes(name)], [500, true])
    assert.equal(page.body.includes(value), false)
  }
  Object.assign(platform.env, before)
  await killInstances(platform)
})

test('a merchant who unticked what the platform needs sees what is missing, and gets there with the button', async () => {
  const appid = await newMerchant(platform)
  const input = { businessId: 'unticked', appid, funcInfo: [17, 30] }
  const { callback, browser } = await authorizeMerchant(platform, input)
  assert.equal(callback.status, 200)
  assert.doesNotMatch(callback.body, /授权成功/)
  assert.match(
    callback.body,
    /<li>小程序开发与数据分析 \(18\)<span class="en">Mini program development and analytics \(18\)<\/span>/,
  )
  const again = /<a class="button" href="([^"]+)">重新授权/.exec(callback.body)?.[1] ?? ''
  assert.match(again, /\/auth\/start\?invite=/)
  assert.equal((await platform.tell('bindings.get', { businessId: 'unticked' }))['status'], 'bound')
  const { redirectUrl } = await confirm(platform, await openInvite(again, browser), appid)
  const whole = await browser.get(redirectUrl)
  assert.match(whole.body, /授权成功/)
  assert.doesNotMatch(whole.body, /重新授权/)
})
