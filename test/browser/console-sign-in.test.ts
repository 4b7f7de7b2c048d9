import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import * as v from 'valibot'
import { accessProblems, openConsoleWorld, visitConsole, type ConsoleWorld } from '../fixtures/console.ts'
import { takePicture } from '../fixtures/browser.ts'
import { killInstances } from '../fixtures/interference.ts'

let world: ConsoleWorld
before(async () => {
  world = await openConsoleWorld()
})
after(() => world.close())

const createKey = async (): Promise<{ keyId: string; key: string }> => {
  const answer = await world.demo.host.invoke(
    'manage',
    { operation: 'apiKeys.create', input: { name: 'test', role: 'viewer' } },
    { openid: 'demo-owner' },
  )
  return v.parse(v.object({ data: v.object({ keyId: v.string(), key: v.string() }) }), answer).data
}

test('a key lets in, lives in this tab only, and is forgotten at sign-out or when it is revoked', async () => {
  const { page, context } = await visitConsole(world)
  await page.getByRole('button', { name: '退出登录' }).click()
  await page.getByRole('heading', { name: '登录控制台' }).waitFor()
  await page.getByText('用 API 密钥登录').click()
  await page.getByLabel('API 密钥').fill('mf_wrong')
  await page.getByRole('button', { name: '登录', exact: true }).click()
  const refusal = page.getByRole('alert')
  await refusal.getByText('API 密钥缺失、不存在、已吊销或已过期').waitFor()
  assert.match(await refusal.innerText(), /UNAUTHENTICATED[\s\S]+请求编号 [\w-]{8,}/)

  const { keyId, key } = await createKey()
  await page.getByLabel('API 密钥').fill(key)
  await page.getByRole('button', { name: '登录', exact: true }).click()
  await page.getByRole('heading', { name: '概览' }).waitFor()
  const kept = 'JSON.stringify({ local: { ...localStorage }, session: { ...sessionStorage }, cookie: document.cookie })'
  assert.deepEqual(JSON.parse(await page.evaluate(kept)), {
    local: { 'minifleet.language': 'zh' },
    session: { 'minifleet.token': key },
    cookie: '',
  })
  await page.reload()
  await page.getByRole('heading', { name: '概览' }).waitFor()

  await world.demo.host.invoke('manage', { operation: 'apiKeys.revoke', input: { keyId } }, { openid: 'demo-owner' })
  // Instances remember a key for a minute.
  await killInstances(world.demo)
  await page.getByText('登录已失效，请重新登录。').waitFor()
  assert.equal(await page.evaluate('sessionStorage.length'), 0)
  await context.close()
})

test('a person scans the code, types the two digits on the phone, and is in; then sees the session and ends it', async () => {
  const { page, context, errors, go } = await visitConsole(world)
  await page.getByRole('button', { name: '退出登录' }).click()
  await page.getByRole('img', { name: '登录二维码' }).waitFor()
  assert.deepEqual(await accessProblems(page), [])
  await takePicture(page, 'console-sign-in')
  const check = await page.locator('.sign-in-check strong').innerText()
  assert.match(check, /^\d\d$/)

  const [phone] = await Promise.all([
    context.waitForEvent('page'),
    page.getByRole('link', { name: '打开模拟手机' }).click(),
  ])
  await phone.getByText(/Chrome, Linux/).waitFor()
  await phone.getByLabel('二维码旁的两位数字').fill(check === '00' ? '01' : '00')
  await phone.getByRole('button', { name: '登录 · Approve' }).click()
  await phone.getByRole('heading', { name: '两位数字不正确，该二维码已失效' }).waitFor()
  await page.getByText('登录被拒绝，或数字输错了。').waitFor()
  await phone.close()

  await page.getByRole('button', { name: '换一个二维码' }).click()
  const [again] = await Promise.all([
    context.waitForEvent('page'),
    page.getByRole('link', { name: '打开模拟手机' }).click(),
  ])
  await again.getByLabel('二维码旁的两位数字').fill(await page.locator('.sign-in-check strong').innerText())
  await again.getByRole('button', { name: '登录 · Approve' }).click()
  await again.getByRole('heading', { name: '已允许登录' }).waitFor()
  await page.getByRole('heading', { name: '概览' }).waitFor()

  await go('/settings/sessions')
  const own = page.getByRole('row', { name: '当前会话' })
  await own.getByText('演示 · Demo').waitFor()
  assert.deepEqual(await accessProblems(page), [])
  await takePicture(page, 'console-sessions')
  await own.getByRole('button', { name: '结束' }).click()
  await page.getByRole('dialog').getByRole('button', { name: '结束', exact: true }).click()
  await page.getByText('登录已失效，请重新登录。').waitFor()
  assert.deepEqual(
    errors.filter((line) => !line.includes('401')),
    [],
  )
  await context.close()
})

test('the console is served under a policy that lets nothing inline or foreign run', async () => {
  const { url } = world.demo.host
  const page = await fetch(`${url}/console/merchants/wx123/domains`)
  assert.equal(page.status, 200, 'every address is a page of the console')
  const policy = page.headers.get('content-security-policy') ?? ''
  assert.match(policy, /default-src 'none'; script-src 'self'; style-src 'self'; /)
  assert.doesNotMatch(policy, /unsafe/)
  assert.equal(page.headers.get('x-frame-options'), 'DENY')
  const html = await page.text()
  assert.match(html, /http-equiv="Content-Security-Policy"/, 'also where a host sends no headers')
  const [script = ''] = /\/console\/assets\/main-[\w-]+\.js/.exec(html) ?? []
  const asset = await fetch(`${url}${script}`)
  assert.equal(asset.headers.get('cache-control'), 'public, max-age=31536000, immutable')
  assert.equal((await fetch(`${url}/console/assets/..%2findex.html`)).status, 404)
})
