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
  assert.deepEqual(await accessProblems(page), [])
  await takePicture(page, 'console-sign-in')

  await page.getByLabel('API 密钥').fill('mf_wrong')
  await page.getByRole('button', { name: '登录控制台' }).click()
  const refusal = page.getByRole('alert')
  await refusal.getByText('API 密钥缺失、不存在、已吊销或已过期').waitFor()
  assert.match(await refusal.innerText(), /UNAUTHENTICATED[\s\S]+请求编号 [\w-]{8,}/)

  const { keyId, key } = await createKey()
  await page.getByLabel('API 密钥').fill(key)
  await page.getByRole('button', { name: '登录控制台' }).click()
  await page.getByRole('heading', { name: '概览' }).waitFor()
  const kept = 'JSON.stringify({ local: { ...localStorage }, session: { ...sessionStorage }, cookie: document.cookie })'
  assert.deepEqual(JSON.parse(await page.evaluate(kept)), {
    local: { 'minifleet.language': 'zh' },
    session: { 'minifleet.apiKey': key },
    cookie: '',
  })
  await page.reload()
  await page.getByRole('heading', { name: '概览' }).waitFor()

  await world.demo.host.invoke('manage', { operation: 'apiKeys.revoke', input: { keyId } }, { openid: 'demo-owner' })
  // Instances remember a key for a minute.
  await killInstances(world.demo)
  await page.getByText('密钥已失效，请重新登录。').waitFor()
  assert.equal(await page.evaluate('sessionStorage.length'), 0)
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
